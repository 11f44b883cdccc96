import { type DynamicModule, Module } from '@nestjs/common';
// The registry of settings is complete once the whole house is loaded.
import '../app.module.js';
import { WhyModule } from '../auth/why/why.module.js';
import { AdministratorsModule } from '../core/administrators/administrators.module.js';
import { AuditModule } from '../core/audit/audit.module.js';
import { ConfigModule } from '../core/config/config.module.js';
import type { Environment } from '../core/config/environment.js';
import { CryptoModule } from '../core/crypto/crypto.module.js';
import { KeyRotation } from '../core/crypto/rotation/key-rotation.js';
import { KeyUsage } from '../core/crypto/rotation/key-usage.js';
import { DatabaseModule } from '../core/database/database.module.js';
import { DirectoryModule } from '../core/directory/directory.module.js';
import { ApplyModule } from '../core/domains/apply/apply.module.js';
import { DomainsModule } from '../core/domains/domains.module.js';
import { ThrottleModule } from '../core/throttle/throttle.module.js';
import { TimeModule } from '../core/time/time.module.js';
import { schema } from '../schema.js';
import { TokenAdministrationModule } from '../tokens/administration/token-administration.module.js';

/** The core, the token store and the diagnosis of logons without surfaces, schedules and workers: what commands other than `serve` need. */
@Module({})
export class WorkbenchModule {
  static forRoot(environment: Environment): DynamicModule {
    return {
      module: WorkbenchModule,
      imports: [
        ConfigModule.forRoot(environment),
        TimeModule,
        CryptoModule,
        DatabaseModule.forRoot(schema),
        AuditModule,
        ThrottleModule,
        DomainsModule,
        DirectoryModule,
        AdministratorsModule,
        ApplyModule,
        TokenAdministrationModule,
        WhyModule,
      ],
      providers: [KeyRotation, KeyUsage],
    };
  }
}
