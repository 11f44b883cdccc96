import { Command, Option } from 'nest-commander';
import { LogonDiagnosis } from '../auth/why/logon-diagnosis.js';
import { CommandLine } from './command-line.js';
import { CommandFailed } from './exit-code.js';
import { LatchkeyCommand } from './latchkey-command.js';
import { onMigratedWorkbench } from './migrated-workbench.js';
import { Terminal } from './terminal.js';
import { onOneLine } from './text-table.js';

interface Options {
  readonly application?: string;
  readonly domain?: string;
  readonly address?: string;
  readonly json?: boolean;
}

@Command({
  name: 'why',
  arguments: '<login>',
  argsDescription: { login: 'login of the person' },
  description: 'Say why a person cannot log on to an application, and what to do; reads only',
})
export class WhyCommand extends LatchkeyCommand {
  constructor(
    private readonly commandLine: CommandLine,
    private readonly terminal: Terminal,
  ) {
    super();
  }

  override async run([login = '']: string[], options: Options = {}): Promise<void> {
    const { application = '', domain, address, json = false } = options;
    const { obstacle } = await onMigratedWorkbench(this.commandLine, (workbench) =>
      workbench.get(LogonDiagnosis).run({ person: { login, domain }, application, address }),
    );
    if (json) this.terminal.print(JSON.stringify({ able: obstacle === undefined, ...obstacle }));
    if (!obstacle) {
      if (!json) this.terminal.print('nothing stands in the way, as far as can be seen without a credential');
      return;
    }
    if (json) throw new CommandFailed(obstacle.reason);
    this.terminal.print(onOneLine(obstacle.text));
    this.terminal.print(`  ${onOneLine(obstacle.advice)}`);
    for (const { authenticator, text, advice } of 'findings' in obstacle ? obstacle.findings : []) {
      this.terminal.print(`  ${authenticator}: ${onOneLine(text)} ${onOneLine(advice)}`);
    }
    throw new CommandFailed(`${obstacle.reason} (code ${obstacle.code})`);
  }

  @Option({ flags: '--application <name>', required: true, description: 'Name or identifier of the application' })
  application(value: string): string {
    return value;
  }

  @Option({
    flags: '--domain <name>',
    description: 'Domain of the person; the whole realm of the application when absent',
  })
  domain(value: string): string {
    return value;
  }

  @Option({
    flags: '--address <ip>',
    description: 'Address of the person, for applications with a filter of addresses',
  })
  address(value: string): string {
    return value;
  }

  @Option({ flags: '--json', description: 'One JSON object' })
  json(): boolean {
    return true;
  }
}
