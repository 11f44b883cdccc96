import { Option, SubCommand } from 'nest-commander';
import { type InventoryFilter, type ListedToken, TokenInventory } from '../../tokens/administration/token-inventory.js';
import { CommandLine } from '../command-line.js';
import { LatchkeyCommand } from '../latchkey-command.js';
import { onMigratedWorkbench } from '../migrated-workbench.js';
import { Terminal } from '../terminal.js';
import { onOneLine, textTable } from '../text-table.js';

type Options = Omit<InventoryFilter, 'serial'> & { readonly json?: boolean };

const HEADING = ['serial', 'kind', 'product', 'status', 'owner', 'slot', 'last used'];

/** Rows that are lined up together; a table of everything would be held in memory. */
const ROWS_AT_ONCE = 500;

@SubCommand({
  name: 'list',
  arguments: '[serial]',
  argsDescription: { serial: 'only the token with this serial number' },
  description: 'List tokens: what they are, whose they are, and when they were used',
})
export class TokensListCommand extends LatchkeyCommand {
  constructor(
    private readonly commandLine: CommandLine,
    private readonly terminal: Terminal,
  ) {
    super();
  }

  override async run([serial]: string[], { json = false, ...filter }: Options = {}): Promise<void> {
    await onMigratedWorkbench(this.commandLine, async (workbench) => {
      let rows: string[][] = [HEADING];
      for await (const token of workbench.get(TokenInventory).list({ ...filter, serial })) {
        if (json) {
          this.terminal.print(JSON.stringify(token));
          continue;
        }
        rows.push(columns(token));
        if (rows.length < ROWS_AT_ONCE) continue;
        this.print(rows);
        rows = [];
      }
      if (!json) this.print(rows);
    });
  }

  private print(rows: string[][]): void {
    for (const line of textTable(rows)) this.terminal.print(line);
  }

  @Option({ flags: '--domain <name>', description: 'Only tokens that people of this domain have' })
  domain(value: string): string {
    return value;
  }

  @Option({ flags: '--login <login>', description: 'Only tokens that people with this login have' })
  login(value: string): string {
    return value;
  }

  @Option({ flags: '--product <codes>', description: 'Only tokens of this product, as MANUFACTURER/PRODUCT' })
  product(value: string): string {
    return value;
  }

  @Option({ flags: '--json', description: 'One JSON object a line' })
  json(): boolean {
    return true;
  }
}

function columns({ serial, kind, product, status, owner, slot, assignmentStatus, lastUsedAt }: ListedToken): string[] {
  const state = status === 'ACTIVE' && assignmentStatus !== null ? assignmentStatus : status;
  return [serial, kind, product, state, owner ?? '', slot ?? '', lastUsedAt?.toISOString() ?? ''].map(onOneLine);
}
