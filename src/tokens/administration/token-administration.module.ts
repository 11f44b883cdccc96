import { Module } from '@nestjs/common';
import { ActivationCodes } from '../activation/activation-codes.js';
import { AssignedTokens } from '../activation/assigned-tokens.js';
import { TokenBatches } from '../import-export/token-batches.js';
import { TokenExport } from '../import-export/token-export.js';
import { TokenImport } from '../import-export/token-import.js';
import { TokenOwners } from '../import-export/token-owners.js';
import { TokenPlaces } from '../token-places.js';
import { TokenStore } from '../token-store.js';
import { TokenInventory } from './token-inventory.js';
import { TokenResync } from './token-resync.js';

/** What an operator does with tokens from outside the server: the command line has no surfaces and no schedules. */
@Module({
  providers: [
    ActivationCodes,
    AssignedTokens,
    TokenBatches,
    TokenExport,
    TokenImport,
    TokenInventory,
    TokenOwners,
    TokenResync,
    TokenPlaces,
    TokenStore,
  ],
  exports: [TokenExport, TokenImport, TokenInventory, TokenResync],
})
export class TokenAdministrationModule {}
