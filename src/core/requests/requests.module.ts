import { Global, Module } from '@nestjs/common';
import { ContactChanges } from './contact-changes.js';
import { InterruptedSubmissions } from './interrupted-submissions.js';
import { OneTimeRequestRepository } from './one-time-request.repository.js';
import { OneTimeRequests } from './one-time-requests.js';
import { OverdueRequestRepository } from './overdue-request.repository.js';
import { PasswordStep } from './password-step.js';
import { RequestAttachment } from './request-attachment.js';
import { RequestAttachmentRepository } from './request-attachment.repository.js';
import { RequestAttemptRepository } from './request-attempt.repository.js';
import { RequestAttempts } from './request-attempts.js';
import { RequestAudit } from './request-audit.js';
import { RequestCancellation } from './request-cancellation.js';
import { RequestCancellationRepository } from './request-cancellation.repository.js';
import { RequestCreation } from './request-creation.js';
import { RequestCreationRepository } from './request-creation.repository.js';
import { RequestExpiry } from './request-expiry.js';
import { RequestHolder } from './request-holder.js';
import { RequestLedger } from './request-ledger.js';
import { RequestSecrets } from './request-secrets.js';
import { RequestSessions } from './request-sessions.js';
import { RequestTransitionRepository } from './request-transition.repository.js';
import { StaleClaimRepository } from './stale-claim.repository.js';

@Global()
@Module({
  providers: [
    OneTimeRequestRepository,
    RequestTransitionRepository,
    RequestAttemptRepository,
    RequestCancellationRepository,
    RequestCreationRepository,
    OverdueRequestRepository,
    RequestSecrets,
    RequestAudit,
    RequestCreation,
    RequestCancellation,
    OneTimeRequests,
    RequestAttempts,
    RequestAttachmentRepository,
    RequestAttachment,
    PasswordStep,
    RequestHolder,
    RequestSessions,
    RequestLedger,
    RequestExpiry,
    StaleClaimRepository,
    InterruptedSubmissions,
    ContactChanges,
  ],
  exports: [
    OneTimeRequests,
    RequestAttempts,
    RequestAttachment,
    PasswordStep,
    RequestHolder,
    RequestSessions,
    RequestLedger,
    RequestExpiry,
    InterruptedSubmissions,
    ContactChanges,
  ],
})
export class RequestsModule {}
