import { Injectable } from '@nestjs/common';
import { Audit } from '../../core/audit/audit.js';
import { Database } from '../../core/database/database.js';
import { GuardedAttempts } from '../../core/throttle/guarded-attempt.js';
import type { ThrottleRule } from '../../core/throttle/throttle-rule.js';
import type { Client } from '../../core/web/clients.js';
import type { OAuthProblem } from '../../surfaces/oauth1/oauth-problem.js';
import type { Consumer } from './consumers.js';

/** Unknown consumers and tokens and wrong signatures of one address: after that many nothing is looked at. */
const PER_ADDRESS: ThrottleRule = { name: 'oauth-failures', limit: 30, window: 180 };

/** Calls that show something that nobody has, which may be guesses: counted by address, and written down. */
@Injectable()
export class CallFailures {
  constructor(
    private readonly attempts: GuardedAttempts,
    private readonly audit: Audit,
    private readonly database: Database,
  ) {}

  /** Turns an address away that has failed too often. @throws DomainError `too-many-attempts` with `retryAfter` seconds */
  requireRoom({ address }: Client): Promise<void> {
    return this.attempts.requireRoom(PER_ADDRESS, address);
  }

  /** @throws OAuthProblem the one given, always */
  async refuse(client: Client, problem: OAuthProblem, consumer?: Consumer): Promise<never> {
    await this.attempts.countFailure(PER_ADDRESS, client.address);
    await this.audit.record(this.database.manager, {
      event: 'oauth-call.refused',
      outcome: 'refused',
      actor: 'anonymous',
      clientAddress: client.address,
      correlationId: client.correlationId,
      domain: consumer?.domain.name,
      // A key that nobody has is not kept: it may be a secret in the wrong field.
      detail: { problem: problem.problem, consumer: consumer?.key ?? '(unknown)' },
    });
    throw problem;
  }
}
