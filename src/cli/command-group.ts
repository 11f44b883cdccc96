import { LatchkeyCommand } from './latchkey-command.js';

/** A command that is a family of others: called by itself, it shows what there is and counts as wrong use. */
export abstract class CommandGroup extends LatchkeyCommand {
  override async run(): Promise<void> {
    this.command.help({ error: true });
  }
}
