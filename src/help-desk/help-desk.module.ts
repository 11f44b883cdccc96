import { Module } from '@nestjs/common';
import { HealthModule } from '../core/health/health.module.js';
import { PasswordsModule } from '../passwords/passwords.module.js';
import { PeopleModule } from '../people/people.module.js';
import { JsonRpcModule } from '../surfaces/json-rpc/json-rpc.module.js';
import { ActivationRpc } from './activation.rpc.js';
import { AttributesRpc } from './attributes.rpc.js';
import { CertificatesRpc } from './certificates.rpc.js';
import { DirectorySearch } from './directory-search.js';
import { EventLogs } from './event-logs.js';
import { Letters } from './letters.js';
import { MessagesRpc } from './messages.rpc.js';
import { PasswordsRpc } from './passwords.rpc.js';
import { PasswordTrial } from './password-trial.js';
import { PeopleRpc } from './people.rpc.js';
import { QrCodeRpc } from './qr-code.rpc.js';
import { SearchRpc } from './search.rpc.js';
import { ServerRpc } from './server.rpc.js';
import { ServerStatus } from './server-status.js';
import { SettingsRpc } from './settings.rpc.js';
import { UnlockRpc } from './unlock.rpc.js';

/** Methods for help desks beside the links: people, domains, messages and the server (manager-json-rpc section 12). */
@Module({
  imports: [HealthModule, JsonRpcModule, PasswordsModule, PeopleModule],
  providers: [
    DirectorySearch,
    EventLogs,
    Letters,
    PasswordTrial,
    ServerStatus,

    ActivationRpc,
    AttributesRpc,
    CertificatesRpc,
    MessagesRpc,
    PasswordsRpc,
    PeopleRpc,
    QrCodeRpc,
    SearchRpc,
    ServerRpc,
    SettingsRpc,
    UnlockRpc,
  ],
})
export class HelpDeskModule {}
