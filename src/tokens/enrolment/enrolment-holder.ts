import type { FoundPerson } from '../../core/directory/people.js';
import type { AttemptContext } from '../verification/passcodes.js';

/** For whom an authenticator is enrolled, and who does it through what. */
export interface EnrolmentHolder {
  readonly found: FoundPerson;
  /** The one-time request that allows it; undefined when an administrator, or the person signed in, does it. */
  readonly requestId: string | undefined;
  /** For the audit. */
  readonly context: AttemptContext;
}
