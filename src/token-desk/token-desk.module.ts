import { Module } from '@nestjs/common';
import { JsonRpcModule } from '../surfaces/json-rpc/json-rpc.module.js';
import { ActivationDesk } from './activation-desk.js';
import { ActivationsRpc } from './activations.rpc.js';
import { AppKeysRpc } from './app-keys.rpc.js';
import { AuthenticatorReports } from './authenticator-reports.js';
import { BlocksRpc } from './blocks.rpc.js';
import { CardPaths } from './card-paths.js';
import { CertificateRequestsRpc } from './certificate-requests.rpc.js';
import { EmergencyCodesRpc } from './emergency-codes.rpc.js';
import { ExpiryRpc } from './expiry.rpc.js';
import { FidoRpc } from './fido.rpc.js';
import { InventoryLinks } from './inventory-links.js';
import { InventoryRegistrations } from './inventory-registrations.js';
import { InventoryRpc } from './inventory.rpc.js';
import { MobileRpc } from './mobile.rpc.js';
import { OathKeys } from './oath-keys.js';
import { OathRpc } from './oath.rpc.js';
import { OathToolsRpc } from './oath-tools.rpc.js';
import { OtpListsRpc } from './otp-lists.rpc.js';
import { PinCodesRpc } from './pin-codes.rpc.js';
import { ReportsRpc } from './reports.rpc.js';
import { SlotRegistrations } from './slot-registrations.js';
import { SlotSwitch } from './slot-switch.js';
import { SshKeyChanges } from './ssh-key-changes.js';
import { SshKeysRpc } from './ssh-keys.rpc.js';
import { TokenPins } from './token-pins.js';
import { TokenPinsRpc } from './token-pins.rpc.js';
import { TokenSlots } from './token-slots.js';
import { TokensRpc } from './tokens.rpc.js';
import { YubikeysRpc } from './yubikeys.rpc.js';

/** Methods for administrators about authenticators: `OpenOTP.*`, `SpanKey.*` and what signs certificates (manager-json-rpc section 12). */
@Module({
  imports: [JsonRpcModule],
  providers: [
    ActivationDesk,
    AuthenticatorReports,
    CardPaths,
    InventoryLinks,
    InventoryRegistrations,
    OathKeys,
    SlotRegistrations,
    SlotSwitch,
    SshKeyChanges,
    TokenPins,
    TokenSlots,

    ActivationsRpc,
    AppKeysRpc,
    BlocksRpc,
    CertificateRequestsRpc,
    EmergencyCodesRpc,
    ExpiryRpc,
    FidoRpc,
    InventoryRpc,
    MobileRpc,
    OathRpc,
    OathToolsRpc,
    OtpListsRpc,
    PinCodesRpc,
    ReportsRpc,
    SshKeysRpc,
    TokenPinsRpc,
    TokensRpc,
    YubikeysRpc,
  ],
})
export class TokenDeskModule {}
