import { SubCommand } from 'nest-commander';
import { KeyRing } from '../../core/crypto/key-ring.js';
import { KeyRotation } from '../../core/crypto/rotation/key-rotation.js';
import { KeyUsage } from '../../core/crypto/rotation/key-usage.js';
import { CommandLine } from '../command-line.js';
import { CommandFailed } from '../exit-code.js';
import { LatchkeyCommand } from '../latchkey-command.js';
import { onMigratedWorkbench } from '../migrated-workbench.js';
import { progressBar } from '../progress-bar.js';
import { Terminal } from '../terminal.js';
import { remainingUses } from './remaining-uses.js';

@SubCommand({
  name: 'rotate',
  description: 'Seal everything with the first key of LATCHKEY_MASTER_KEYS, while the servers run',
})
export class KeysRotateCommand extends LatchkeyCommand {
  constructor(
    private readonly commandLine: CommandLine,
    private readonly terminal: Terminal,
  ) {
    super();
  }

  override async run(): Promise<void> {
    const ring = this.commandLine.environment().masterKeys.map(({ id }) => id);
    await onMigratedWorkbench(this.commandLine, async (workbench) => {
      const rotation = workbench.get(KeyRotation);
      const current = workbench.get(KeyRing).currentKeyId;
      const total = await rotation.stale();
      const { resealed, lost } = await rotation
        .run((done) => this.terminal.progress(progressBar(done, total, `${done} of ${total} rows`)))
        .finally(() => this.terminal.progress(undefined));
      const left = await rotation.stale();
      this.terminal.print(`${resealed} ${resealed === 1 ? 'row' : 'rows'} sealed with key ${current}`);
      for (const line of remainingUses(await workbench.get(KeyUsage).uses(), current, ring)) this.terminal.print(line);
      if (lost > 0) {
        throw new CommandFailed(
          `${lost} ${lost === 1 ? 'row has a value' : 'rows have values'} that no key of LATCHKEY_MASTER_KEYS opens; ` +
            'put the key back, or restore what they belong to',
        );
      }
      if (left > 0) {
        throw new CommandFailed(
          `${left} ${left === 1 ? 'row was' : 'rows were'} sealed with an older key in the meantime; restart every server ` +
            'with the new key in front, and run this again',
        );
      }
    });
  }
}
