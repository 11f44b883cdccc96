import { Module } from '@nestjs/common';
import { PasswordsModule } from '../passwords/passwords.module.js';
import { JsonRpcModule } from '../surfaces/json-rpc/json-rpc.module.js';
import { Applications } from './applications/applications.js';
import { CATALOG_PROVIDERS } from './catalog/catalog.providers.js';
import { CREDENTIAL_PROVIDERS } from './credentials/credentials.providers.js';
import { LOGON_PROVIDERS } from './logon/logon.providers.js';
import { AuthPeople } from './people/auth-people.js';
import { PROCEDURE_PROVIDERS } from './procedures/procedure.providers.js';
import { TOKEN_PROVIDERS } from './tokens-of-people/tokens-of-people.providers.js';
import { VERIFICATION_PROVIDERS } from './verification/verification.providers.js';
import { LogonCheckRpc } from './why/logon-check.rpc.js';
import { WhyModule } from './why/why.module.js';

/** The authentication methods: applications, people, policies, logon and verification. */
@Module({
  imports: [JsonRpcModule, PasswordsModule, WhyModule],
  providers: [
    Applications,
    AuthPeople,
    ...PROCEDURE_PROVIDERS,
    ...CATALOG_PROVIDERS,
    ...CREDENTIAL_PROVIDERS,
    ...VERIFICATION_PROVIDERS,
    ...TOKEN_PROVIDERS,
    ...LOGON_PROVIDERS,
    LogonCheckRpc,
  ],
})
export class AuthModule {}
