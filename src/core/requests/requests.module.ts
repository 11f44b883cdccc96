import { Global, Module } from '@nestjs/common';
import { OneTimeRequestRepository } from './one-time-request.repository.js';
import { OneTimeRequests } from './one-time-requests.js';
import { OverdueRequestRepository } from './overdue-request.repository.js';
import { RequestExpiry } from './request-expiry.js';
import { RequestHolder } from './request-holder.js';
import { RequestLedger } from './request-ledger.js';
import { RequestSecrets } from './request-secrets.js';

@Global()
@Module({
  providers: [
    OneTimeRequestRepository,
    OverdueRequestRepository,
    RequestSecrets,
    OneTimeRequests,
    RequestHolder,
    RequestLedger,
    RequestExpiry,
  ],
  exports: [OneTimeRequests, RequestHolder, RequestLedger, RequestExpiry],
})
export class RequestsModule {}
