import { Command } from 'nest-commander';
import { CommandGroup } from '../command-group.js';
import { TokensExportCommand } from './tokens-export.command.js';
import { TokensImportCommand } from './tokens-import.command.js';
import { TokensListCommand } from './tokens-list.command.js';
import { TokensResyncCommand } from './tokens-resync.command.js';
import { TokensDisableCommand, TokensEnableCommand, TokensUnassignCommand } from './tokens-status.commands.js';

@Command({
  name: 'tokens',
  description: 'Bring tokens in and out, and look after them',
  subCommands: [
    TokensImportCommand,
    TokensExportCommand,
    TokensListCommand,
    TokensDisableCommand,
    TokensEnableCommand,
    TokensUnassignCommand,
    TokensResyncCommand,
  ],
})
export class TokensCommand extends CommandGroup {}
