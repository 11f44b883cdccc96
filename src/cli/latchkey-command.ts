import { CommandRunner } from 'nest-commander';

/** What all commands share: wrong use is thrown, never ends the process by itself. */
export abstract class LatchkeyCommand extends CommandRunner {
  override setCommand(command: CommandRunner['command']): this {
    return super.setCommand(command.exitOverride().allowExcessArguments(false).showHelpAfterError());
  }
}
