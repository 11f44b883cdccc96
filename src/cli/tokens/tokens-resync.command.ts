import { SubCommand } from 'nest-commander';
import { plainSecret } from '../../core/crypto/secret-types.js';
import { type ResyncOutcome, TokenResync } from '../../tokens/administration/token-resync.js';
import { CommandLine } from '../command-line.js';
import { CommandFailed } from '../exit-code.js';
import { LatchkeyCommand } from '../latchkey-command.js';
import { onMigratedWorkbench } from '../migrated-workbench.js';
import { readInput } from '../secret-files.js';
import { Terminal } from '../terminal.js';
import { onOneLine } from '../text-table.js';

const FAILURES: Readonly<Record<Exclude<ResyncOutcome['outcome'], 'synchronised'>, string>> = {
  wrong: 'these are not two or three codes in a row of this token, within the window of the domain',
  ambiguous: 'these codes stand in more than one place; give one more',
  raced: 'a code was used in the meantime; begin anew with the next ones',
};

@SubCommand({
  name: 'resync',
  arguments: '<serial>',
  argsDescription: { serial: 'serial number of the token' },
  description: 'Find a token again by two or three codes in a row, read from standard input',
})
export class TokensResyncCommand extends LatchkeyCommand {
  constructor(
    private readonly commandLine: CommandLine,
    private readonly terminal: Terminal,
  ) {
    super();
  }

  override async run([serial = '']: string[]): Promise<void> {
    this.terminal.progress('two or three codes in a row, then Ctrl-D: ');
    const codes = (await readInput(this.terminal)).toString('utf8').split(/\s+/).filter(Boolean).map(plainSecret);
    const result = await onMigratedWorkbench(this.commandLine, (workbench) =>
      workbench.get(TokenResync).run(serial, codes),
    );
    if (result.outcome !== 'synchronised') throw new CommandFailed(FAILURES[result.outcome]);
    this.terminal.print(`${onOneLine(serial)}: synchronised, ${result.driftSteps} steps off the clock`);
  }
}
