import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Option, SubCommand } from 'nest-commander';
import { type ExportForm, TokenExport } from '../../tokens/import-export/token-export.js';
import { CommandLine } from '../command-line.js';
import { CommandFailed } from '../exit-code.js';
import { LatchkeyCommand } from '../latchkey-command.js';
import { onMigratedWorkbench } from '../migrated-workbench.js';
import { progressBar } from '../progress-bar.js';
import { readKey, readPassphrase } from '../secret-files.js';
import { Terminal } from '../terminal.js';

interface Options {
  readonly format?: string;
  readonly out?: string;
  readonly product?: string;
  readonly passphraseFile?: string;
  readonly keyFile?: string;
  readonly keyName?: string;
}

const OWNER_ONLY = 0o600;
const KEY_BYTES = 16;

@SubCommand({ name: 'export', description: 'Write the tokens that have seeds (TOTP, HOTP, OCRA) to a seed file' })
export class TokensExportCommand extends LatchkeyCommand {
  constructor(
    private readonly commandLine: CommandLine,
    private readonly terminal: Terminal,
  ) {
    super();
  }

  override async run(_: string[], options: Options = {}): Promise<void> {
    const { out = '', product } = options;
    const form = await this.form(options);
    if (form.format === 'csv') {
      this.terminal.complain('beware: the seeds lie in clear in this file; whoever reads it has the tokens');
    }
    const written = await onMigratedWorkbench(this.commandLine, async (workbench) => {
      const tokens = workbench.get(TokenExport);
      const total = await tokens.count({ product });
      let count = 0;
      const pieces = tokens.write(form, { product }, (done) => {
        count = done;
        if (done % 500 === 0) this.terminal.progress(progressBar(done, total, `${done} of ${total}`));
      });
      await this.writeNew(out, pieces).finally(() => this.terminal.progress(undefined));
      return count;
    });
    this.terminal.print(`${written} ${written === 1 ? 'token' : 'tokens'} written to ${out}`);
  }

  /** A file that is not there yet, readable for its owner only; half a file is taken away again. */
  private async writeNew(path: string, pieces: AsyncIterable<string>): Promise<void> {
    try {
      await pipeline(Readable.from(pieces), createWriteStream(path, { flags: 'wx', mode: OWNER_ONLY }));
    } catch (error) {
      const { code, syscall } = error as NodeJS.ErrnoException;
      if (syscall === 'open') throw new CommandFailed(`${path}: cannot be made (${code})`, { cause: error });
      await rm(path, { force: true });
      throw error;
    }
  }

  private async form({ format = 'pskc', passphraseFile, keyFile, keyName }: Options): Promise<ExportForm> {
    if (format === 'csv') {
      if (passphraseFile !== undefined || keyFile !== undefined) {
        throw new CommandFailed('CSV is not encrypted; leave the passphrase or key away, or take --format pskc');
      }
      return { format };
    }
    if ((passphraseFile === undefined) === (keyFile === undefined)) {
      throw new CommandFailed('a key container needs one of --passphrase-file and --key-file');
    }
    if (passphraseFile !== undefined) {
      const passphrase = await readPassphrase(passphraseFile, this.terminal);
      return { format: 'pskc', sealing: { passphrase, keyName: keyName ?? 'passphrase' } };
    }
    const key = await readKey(keyFile ?? '', this.terminal);
    if (key.length !== KEY_BYTES) throw new CommandFailed('--key-file: the key of a key container has 128 bit');
    return { format: 'pskc', sealing: { key, keyName: keyName ?? 'pre-shared key' } };
  }

  @Option({ flags: '--out <file>', required: true, description: 'File to make; it must not be there yet' })
  out(value: string): string {
    return value;
  }

  @Option({
    flags: '--format <format>',
    choices: ['csv', 'pskc'],
    description: 'pskc (encrypted, RFC 6030; the default) or csv (OATH CSV, in clear)',
  })
  format(value: string): string {
    return value;
  }

  @Option({ flags: '--product <codes>', description: 'Only tokens of this product, as MANUFACTURER/PRODUCT' })
  product(value: string): string {
    return value;
  }

  @Option({ flags: '--passphrase-file <file>', description: 'Encrypt with this passphrase; - is standard input' })
  passphraseFile(value: string): string {
    return value;
  }

  @Option({ flags: '--key-file <file>', description: 'Encrypt with this key of 128 bit; - is standard input' })
  keyFile(value: string): string {
    return value;
  }

  @Option({ flags: '--key-name <name>', description: 'How the receiver knows the key or passphrase' })
  keyName(value: string): string {
    return value;
  }
}
