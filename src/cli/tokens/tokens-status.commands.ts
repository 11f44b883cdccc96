import { Injectable } from '@nestjs/common';
import { SubCommand } from 'nest-commander';
import { TokenInventory } from '../../tokens/administration/token-inventory.js';
import { CommandLine } from '../command-line.js';
import { LatchkeyCommand } from '../latchkey-command.js';
import { onMigratedWorkbench } from '../migrated-workbench.js';
import { Terminal } from '../terminal.js';
import { onOneLine } from '../text-table.js';

const SERIAL = { arguments: '<serial>', argsDescription: { serial: 'serial number of the token' } };

/** What is done to one token, and said then. */
@Injectable()
abstract class TokenChangeCommand extends LatchkeyCommand {
  constructor(
    private readonly commandLine: CommandLine,
    private readonly terminal: Terminal,
  ) {
    super();
  }

  /** @returns whether anything changed */
  protected abstract change(inventory: TokenInventory, serial: string): Promise<boolean>;
  protected abstract readonly words: { readonly done: string; readonly already: string };

  override async run([serial = '']: string[]): Promise<void> {
    const changed = await onMigratedWorkbench(this.commandLine, (workbench) =>
      this.change(workbench.get(TokenInventory), serial),
    );
    this.terminal.print(`${onOneLine(serial)}: ${changed ? this.words.done : this.words.already}`);
  }
}

@SubCommand({ name: 'disable', ...SERIAL, description: 'Switch a token off, whoever has it' })
export class TokensDisableCommand extends TokenChangeCommand {
  protected readonly words = { done: 'disabled', already: 'was not active' };

  protected change(inventory: TokenInventory, serial: string): Promise<boolean> {
    return inventory.setStatus(serial, 'DISABLED');
  }
}

@SubCommand({ name: 'enable', ...SERIAL, description: 'Switch a token on again' })
export class TokensEnableCommand extends TokenChangeCommand {
  protected readonly words = { done: 'enabled', already: 'was not disabled' };

  protected change(inventory: TokenInventory, serial: string): Promise<boolean> {
    return inventory.setStatus(serial, 'ACTIVE');
  }
}

@SubCommand({ name: 'unassign', ...SERIAL, description: 'Take a token back from whoever has it' })
export class TokensUnassignCommand extends TokenChangeCommand {
  protected readonly words = { done: 'unassigned', already: 'was not assigned' };

  protected change(inventory: TokenInventory, serial: string): Promise<boolean> {
    return inventory.unassign(serial);
  }
}
