import { Injectable } from '@nestjs/common';
import type { PlainSecret } from '../crypto/secret-types.js';
import type { PasswordCheck } from '../directory/directory.js';
import { DomainError } from '../errors/domain-error.js';
import { Throttle } from '../throttle/throttle.js';
import type { ThrottleRule } from '../throttle/throttle-rule.js';
import type { Client } from '../web/clients.js';
import { RequestAttempts } from './request-attempts.js';
import { type HeldRequest, personAt } from './request-sessions.js';

/** How an attempt at a step ended. */
export type StepOutcome =
  | { readonly kind: 'passed' }
  | { readonly kind: 'wrong'; /** Further tries until the request is locked. */ readonly left: number }
  /** Not judged, and not counted: `account-locked`, `account-disabled`, `account-expired`, `too-many-attempts`. */
  | { readonly kind: 'refused'; readonly problem: DomainError }
  /** The request is over; the last wrong try locks it. */
  | { readonly kind: 'ended' };

/** Wrong passwords of one person over all their requests, so that a new link gives no new tries for ever (attack 27). */
const PER_PERSON: ThrottleRule = { name: 'request-password', limit: 10, window: 3_600 };

/**
 * The step `password` of an opened request: the person proves the password they have now (manager-json-rpc section 10.1,
 * *Require Password*; section 10.2 "asking the old password too"; section 8: five wrong ones lock the request).
 *
 * A password that has run out or must be changed is the right one all the same. Whoever is locked, switched off or
 * expired is told so where the directory tells; that is no wrong try, because the password was not judged.
 */
@Injectable()
export class PasswordStep {
  constructor(
    private readonly attempts: RequestAttempts,
    private readonly throttle: Throttle,
  ) {}

  /**
   * Counts the attempt and asks the directory. Not to be called inside a transaction.
   *
   * @throws DomainError `directory-unavailable`, `directory-misconfigured`, `database-unavailable`; the attempt does not
   *   count then, and the request stays as it is
   */
  async prove(held: HeldRequest, password: PlainSecret, client: Client): Promise<StepOutcome> {
    const { account, directory, person } = held.found;
    const counted = await this.throttle.hit(PER_PERSON, account.id);
    if (!counted.allowed) return refused('too-many-attempts', { retryAfter: counted.retryAfter });
    let wrong = false;
    try {
      const step = { counter: 'code', passes: 'password' } as const;
      const attempt = await this.attempts.attempt(held.request, step, personAt(held, client), async () => {
        const right = isRight(await directory.verifyPassword(person, password));
        wrong = !right;
        return right;
      });
      if (attempt.kind === 'right') return { kind: 'passed' };
      return attempt.kind === 'wrong' ? attempt : { kind: 'ended' };
    } catch (error) {
      if (DomainError.is(error) && error.category === 'refused') return { kind: 'refused', problem: error };
      throw error;
    } finally {
      if (!wrong) await this.throttle.refund(PER_PERSON, account.id, counted);
    }
  }
}

/** @throws DomainError when the directory has not judged the password */
function isRight(check: PasswordCheck): boolean {
  if (check.ok || check.code === 'password-expired' || check.code === 'password-must-change') return true;
  if (check.code === 'credentials-invalid') return false;
  throw new DomainError(check.code);
}

function refused(code: 'too-many-attempts', params: { retryAfter: number }): StepOutcome {
  return { kind: 'refused', problem: new DomainError(code, { params }) };
}
