import { Option, SubCommand } from 'nest-commander';
import { KeyRing } from '../../core/crypto/key-ring.js';
import { KeyUsage } from '../../core/crypto/rotation/key-usage.js';
import { CommandLine } from '../command-line.js';
import { LatchkeyCommand } from '../latchkey-command.js';
import { onMigratedWorkbench } from '../migrated-workbench.js';
import { Terminal } from '../terminal.js';
import { onOneLine, textTable } from '../text-table.js';
import { remainingUses } from './remaining-uses.js';

@SubCommand({ name: 'status', description: 'Say how many stored values lie under which key' })
export class KeysStatusCommand extends LatchkeyCommand {
  constructor(
    private readonly commandLine: CommandLine,
    private readonly terminal: Terminal,
  ) {
    super();
  }

  override async run(_: string[], { json = false }: { json?: boolean } = {}): Promise<void> {
    const ring = this.commandLine.environment().masterKeys.map(({ id }) => id);
    await onMigratedWorkbench(this.commandLine, async (workbench) => {
      const uses = await workbench.get(KeyUsage).uses();
      const current = workbench.get(KeyRing).currentKeyId;
      if (json) return this.terminal.print(JSON.stringify({ current, ring, uses }));
      this.terminal.print(`key ${current} seals and digests`);
      const rows = uses.map(({ keyId, column, kind, count }) => [onOneLine(keyId), column, kind, String(count)]);
      for (const line of textTable([['key', 'column', 'kind', 'values'], ...rows])) this.terminal.print(line);
      for (const line of remainingUses(uses, current, ring)) this.terminal.print(line);
    });
  }

  @Option({ flags: '--json', description: 'One JSON object: current, ring, uses' })
  json(): boolean {
    return true;
  }
}
