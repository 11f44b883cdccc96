import { Module } from '@nestjs/common';
import { HealthModule } from '../core/health/health.module.js';
import { JsonRpcModule } from '../surfaces/json-rpc/json-rpc.module.js';
import { AccountActivation } from './account-activation.js';
import { ActivationRpc } from './activation.rpc.js';
import { AttributesRpc } from './attributes.rpc.js';
import { CertificatesRpc } from './certificates.rpc.js';
import { DirectorySearch } from './directory-search.js';
import { EventLogs } from './event-logs.js';
import { PeopleRpc } from './people.rpc.js';
import { SearchRpc } from './search.rpc.js';
import { ServerRpc } from './server.rpc.js';
import { ServerStatus } from './server-status.js';
import { SettingsRpc } from './settings.rpc.js';
import { UnlockRpc } from './unlock.rpc.js';

/** Methods for help desks beside the links: people, domains, messages and the server (manager-json-rpc section 12). */
@Module({
  imports: [HealthModule, JsonRpcModule],
  providers: [
    AccountActivation,
    ActivationRpc,
    AttributesRpc,
    CertificatesRpc,
    DirectorySearch,
    EventLogs,
    PeopleRpc,
    SearchRpc,
    ServerRpc,
    ServerStatus,
    SettingsRpc,
    UnlockRpc,
  ],
})
export class HelpDeskModule {}
