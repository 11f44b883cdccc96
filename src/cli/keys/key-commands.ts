import { KeysRotateCommand } from './keys-rotate.command.js';
import { KeysStatusCommand } from './keys-status.command.js';
import { KeysCommand } from './keys.command.js';

/** `latchkey keys …`. */
export const KEY_COMMANDS = [KeysCommand, KeysRotateCommand, KeysStatusCommand];
