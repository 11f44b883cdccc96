import { Module } from '@nestjs/common';
import { JsonRpcModule } from '../surfaces/json-rpc/json-rpc.module.js';
import { AccountBlocks } from '../tokens/blocking/account-blocks.js';
import { AuthenticatorSwitch } from '../tokens/enrolment/authenticator-switch.js';
import { AttemptRepository } from '../tokens/verification/attempt.repository.js';
import { TokenResync } from '../tokens/verification/token-resync.js';
import { AuthenticatorReports } from './authenticator-reports.js';
import { BlocksRpc } from './blocks.rpc.js';
import { OathKeys } from './oath-keys.js';
import { OathRpc } from './oath.rpc.js';
import { OathToolsRpc } from './oath-tools.rpc.js';
import { ReportsRpc } from './reports.rpc.js';
import { SlotRegistrations } from './slot-registrations.js';
import { SlotSwitch } from './slot-switch.js';
import { TokenSlots } from './token-slots.js';
import { TokensRpc } from './tokens.rpc.js';

/** Methods for administrators about authenticators: `OpenOTP.*` and `SpanKey.*` (manager-json-rpc section 12). */
@Module({
  imports: [JsonRpcModule],
  providers: [
    AccountBlocks,
    AttemptRepository,
    AuthenticatorReports,
    AuthenticatorSwitch,
    OathKeys,
    SlotRegistrations,
    SlotSwitch,
    TokenResync,
    TokenSlots,

    BlocksRpc,
    OathRpc,
    OathToolsRpc,
    ReportsRpc,
    TokensRpc,
  ],
})
export class TokenDeskModule {}
