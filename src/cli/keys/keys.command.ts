import { Command } from 'nest-commander';
import { CommandGroup } from '../command-group.js';
import { KeysRotateCommand } from './keys-rotate.command.js';
import { KeysStatusCommand } from './keys-status.command.js';

@Command({
  name: 'keys',
  description: 'Look after the master keys of LATCHKEY_MASTER_KEYS',
  subCommands: [KeysStatusCommand, KeysRotateCommand],
})
export class KeysCommand extends CommandGroup {}
