import { Command } from 'nest-commander';
import { serve } from '../serve.js';
import { CommandLine } from './command-line.js';
import { LatchkeyCommand } from './latchkey-command.js';

@Command({ name: 'serve', description: 'Run the server' })
export class ServeCommand extends LatchkeyCommand {
  constructor(private readonly commandLine: CommandLine) {
    super();
  }

  /** Returns when the server listens; it goes on until the process is told to end. */
  override async run(): Promise<void> {
    await serve(this.commandLine.environment(), this.commandLine.variables);
  }
}
