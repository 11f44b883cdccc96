import { type DynamicModule, Module } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { AccountModule } from './account/account.module.js';
import { AgentsModule } from './auth/agents/agents.module.js';
import { AdministratorsModule } from './core/administrators/administrators.module.js';
import { AuditModule } from './core/audit/audit.module.js';
import { ConfigModule } from './core/config/config.module.js';
import type { Environment } from './core/config/environment.js';
import { CryptoModule } from './core/crypto/crypto.module.js';
import { DatabaseModule } from './core/database/database.module.js';
import { DirectoryModule } from './core/directory/directory.module.js';
import { ApplyModule } from './core/domains/apply/apply.module.js';
import { DomainsModule } from './core/domains/domains.module.js';
import { HealthModule } from './core/health/health.module.js';
import { LoggingModule } from './core/logging/logging.module.js';
import { MetricsModule } from './core/metrics/metrics.module.js';
import { OrdersModule } from './core/orders/orders.module.js';
import { RequestsModule } from './core/requests/requests.module.js';
import { ThrottleModule } from './core/throttle/throttle.module.js';
import { TimeModule } from './core/time/time.module.js';
import { WebModule } from './core/web/web.module.js';
import { WebappsModule } from './core/webapps/webapps.module.js';
import { AuthModule } from './auth/auth.module.js';
import { DeliveryModule } from './delivery/delivery.module.js';
import { DemoModule } from './demo/demo.module.js';
import { DeviceModule } from './device/device.module.js';
import { HelpDeskModule } from './help-desk/help-desk.module.js';
import { IamModule } from './iam/iam.module.js';
import { PasswordResetModule } from './pwreset/pwreset.module.js';
import { schema } from './schema.js';
import { EnrolmentModule } from './selfreg/selfreg.module.js';
import { StartPageModule } from './start-page/start-page.module.js';
import { AuthEnvelopeModule } from './surfaces/auth-envelope/auth-envelope.module.js';
import { IamRestModule } from './surfaces/iam-rest/iam-rest.module.js';
import { JsonRpcModule } from './surfaces/json-rpc/json-rpc.module.js';
import { OAuth1Module } from './surfaces/oauth1/oauth1.module.js';
import { TokenDeskModule } from './token-desk/token-desk.module.js';
import { TokensModule } from './tokens/tokens.module.js';
import { UserRequestsModule } from './user-requests/user-requests.module.js';

/** The plan of the house: what it is made of, from the ground up. */
@Module({})
export class AppModule {
  static forRoot(environment: Environment): DynamicModule {
    return {
      module: AppModule,
      imports: [
        LoggingModule.forRoot(environment),
        ScheduleModule.forRoot(),

        ConfigModule.forRoot(environment),
        TimeModule,
        CryptoModule,
        DatabaseModule.forRoot(schema),
        AuditModule,
        ThrottleModule,
        DomainsModule,
        DirectoryModule,
        AdministratorsModule,
        RequestsModule,
        OrdersModule,
        WebModule,
        WebappsModule,
        HealthModule,
        MetricsModule,
        ApplyModule,

        DeliveryModule.forRoot(environment),
        TokensModule,
        JsonRpcModule,
        IamRestModule,
        OAuth1Module,
        AuthEnvelopeModule,
        AgentsModule,
        HelpDeskModule,
        TokenDeskModule,
        PasswordResetModule,
        EnrolmentModule,
        IamModule,
        AccountModule,
        UserRequestsModule,
        DeviceModule,
        AuthModule,
        StartPageModule,

        ...(environment.embedded ? [DemoModule] : []),
      ],
    };
  }
}
