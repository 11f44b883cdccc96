import { Option, SubCommand } from 'nest-commander';
import { Configuration } from '../../core/domains/configuration.js';
import { SeedFileProducts } from '../../tokens/import-export/seed-file-products.js';
import { type ImportCounts, type ImportRemark, TokenImport } from '../../tokens/import-export/token-import.js';
import { SeedFileError } from '../../tokens/seed-files/problems.js';
import type { PskcSecrets } from '../../tokens/seed-files/pskc-keys.js';
import { SEED_FILE_FORMATS, type SeedFileFormat } from '../../tokens/seed-files/seed-file-format.js';
import { CommandLine } from '../command-line.js';
import { CommandFailed } from '../exit-code.js';
import { LatchkeyCommand } from '../latchkey-command.js';
import { onMigratedWorkbench } from '../migrated-workbench.js';
import { progressBar } from '../progress-bar.js';
import { readKey, readPassphrase, STANDARD_INPUT } from '../secret-files.js';
import { Terminal } from '../terminal.js';
import { onOneLine } from '../text-table.js';
import { openSeedFile } from './seed-source.js';

interface Options {
  readonly format?: SeedFileFormat;
  readonly domain?: string;
  readonly product?: string;
  readonly passphraseFile?: string;
  readonly keyFile?: string;
  readonly dryRun?: boolean;
  readonly resume?: boolean;
}

@SubCommand({
  name: 'import',
  arguments: '<file>',
  argsDescription: { file: 'PSKC (RFC 6030), OATH CSV or the XML of the vendor; - is standard input' },
  description: 'Read the tokens of a seed file into the store',
})
export class TokensImportCommand extends LatchkeyCommand {
  constructor(
    private readonly commandLine: CommandLine,
    private readonly terminal: Terminal,
  ) {
    super();
  }

  override async run([path = '']: string[], options: Options = {}): Promise<void> {
    const secrets = await this.secrets(path, options);
    await onMigratedWorkbench(this.commandLine, async (workbench) => {
      const snapshot = await workbench.get(Configuration).snapshot();
      this.refuseUnknown(options, new SeedFileProducts(snapshot), (name) => snapshot.domain(name) !== undefined);
      const { source, position } = await openSeedFile(path, this.terminal);
      let counts: Readonly<ImportCounts> | undefined;
      const observer = {
        remark: (remark: ImportRemark) => this.terminal.complain(`${path}:${sentence(remark)}`),
        progress: (sofar: Readonly<ImportCounts>) => {
          counts = sofar;
          const at = position();
          this.terminal.progress(at ? progressBar(at.read, at.size, summary(sofar)) : summary(sofar));
        },
      };
      try {
        counts = await workbench.get(TokenImport).run(source, { ...options, secrets }, observer);
      } catch (error) {
        if (counts) this.conclude(counts, options);
        if (error instanceof SeedFileError) throw new CommandFailed(`${path}: ${error.message}`, { cause: error });
        throw error;
      } finally {
        this.terminal.progress(undefined);
      }
      this.conclude(counts, options);
      if (counts.refused > 0) {
        throw new CommandFailed(
          counts.refused === 1 ? 'one token was refused' : `${counts.refused} tokens were refused`,
        );
      }
    });
  }

  private conclude(counts: Readonly<ImportCounts>, { dryRun }: Options): void {
    this.terminal.print(summary(counts));
    if (dryRun) this.terminal.print('nothing was written (--dry-run)');
  }

  private refuseUnknown(
    { product, domain }: Options,
    products: SeedFileProducts,
    hasDomain: (name: string) => boolean,
  ) {
    if (product !== undefined && !products.knows(product)) {
      throw new CommandFailed(`--product: there is no product ${onOneLine(product)}; name it as MANUFACTURER/PRODUCT`);
    }
    if (domain !== undefined && !hasDomain(domain)) {
      throw new CommandFailed(`--domain: there is no domain ${onOneLine(domain)}`);
    }
  }

  private async secrets(path: string, { passphraseFile, keyFile }: Options): Promise<PskcSecrets> {
    if ([path, passphraseFile, keyFile].filter((file) => file === STANDARD_INPUT).length > 1) {
      throw new CommandFailed('only one thing can come from standard input');
    }
    return {
      ...(passphraseFile !== undefined && { passphrase: await readPassphrase(passphraseFile, this.terminal) }),
      ...(keyFile !== undefined && { key: await readKey(keyFile, this.terminal) }),
    };
  }

  @Option({
    flags: '--format <format>',
    choices: [...SEED_FILE_FORMATS],
    description: 'Format of the file; told from how it begins where it is left out',
  })
  format(value: string): string {
    return value;
  }

  @Option({ flags: '--domain <name>', description: 'Domain of owners whom the file names by their login alone' })
  domain(value: string): string {
    return value;
  }

  @Option({
    flags: '--product <codes>',
    description: 'Product of all tokens, as MANUFACTURER/PRODUCT, whatever the file says',
  })
  product(value: string): string {
    return value;
  }

  @Option({ flags: '--passphrase-file <file>', description: 'Passphrase of a key container; - is standard input' })
  passphraseFile(value: string): string {
    return value;
  }

  @Option({ flags: '--key-file <file>', description: 'Pre-shared key of a key container; - is standard input' })
  keyFile(value: string): string {
    return value;
  }

  @Option({ flags: '--dry-run', description: 'Read and check everything, write nothing' })
  dryRun(): boolean {
    return true;
  }

  @Option({
    flags: '--resume',
    description: 'Go on with a file: tokens that are there already with the same seed count as done',
  })
  resume(): boolean {
    return true;
  }
}

function sentence({ line, serial, text }: ImportRemark): string {
  return `${line}: ${serial === undefined ? '' : `${onOneLine(serial)}: `}${text}`;
}

/** E.g. `3 stored (1 assigned), 2 there already, 1 refused, 0 skipped`. */
function summary({ stored, assigned, present, refused, skipped }: Readonly<ImportCounts>): string {
  return `${stored} stored${assigned > 0 ? ` (${assigned} assigned)` : ''}, ${present} there already, ${refused} refused, ${skipped} skipped`;
}
