import { TokensExportCommand } from './tokens-export.command.js';
import { TokensImportCommand } from './tokens-import.command.js';
import { TokensListCommand } from './tokens-list.command.js';
import { TokensResyncCommand } from './tokens-resync.command.js';
import { TokensDisableCommand, TokensEnableCommand, TokensUnassignCommand } from './tokens-status.commands.js';
import { TokensCommand } from './tokens.command.js';

/** `latchkey tokens …`. */
export const TOKEN_COMMANDS = [
  TokensCommand,
  TokensDisableCommand,
  TokensEnableCommand,
  TokensExportCommand,
  TokensImportCommand,
  TokensListCommand,
  TokensResyncCommand,
  TokensUnassignCommand,
];
