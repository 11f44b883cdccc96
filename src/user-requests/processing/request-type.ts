import type { FoundPerson } from '../../core/directory/people.js';
import type { OneTimeRequest } from '../../core/requests/one-time-request.entity.js';
import type { ShownCode } from '../../core/requests/request-attempts.js';
import type { RequestPurpose } from '../../core/requests/request-purpose.js';
import type { RequestType } from '../request-types.js';
import type { Outcome } from './outcome.js';
import type { ProcessingCall } from './processing-call.js';

/** A live request that the caller has proved every secret of, and its person as the directory knows them now. */
export interface ProvenRequest {
  readonly type: RequestType;
  readonly purpose: RequestPurpose;
  readonly request: OneTimeRequest;
  readonly found: FoundPerson;
  readonly shown: ShownCode;
}

/** What processing does for one type of user request, or two that differ in words (user-requests section 3). */
export interface ProcessedType {
  /**
   * Takes the next step with a proven request.
   *
   * @throws FormError, DomainError, with the request as it was
   */
  process(proven: ProvenRequest, call: ProcessingCall): Promise<Outcome>;
}
