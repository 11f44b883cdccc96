import { Command } from 'nest-commander';
import { migrate } from './migrate.js';
import { CommandLine } from './command-line.js';
import { LatchkeyCommand } from './latchkey-command.js';
import { Terminal } from './terminal.js';

@Command({ name: 'migrate', description: 'Bring the tables of the database up to this version' })
export class MigrateCommand extends LatchkeyCommand {
  constructor(
    private readonly commandLine: CommandLine,
    private readonly terminal: Terminal,
  ) {
    super();
  }

  override async run(): Promise<void> {
    const applied = await migrate(this.commandLine.environment());
    for (const name of applied) this.terminal.print(`applied ${name}`);
    this.terminal.print(applied.length > 0 ? 'the database is up to date now' : 'the database was up to date');
  }
}
