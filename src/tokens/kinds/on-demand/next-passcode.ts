import { Injectable } from '@nestjs/common';
import { Audit } from '../../../core/audit/audit.js';
import { Database } from '../../../core/database/database.js';
import type { FoundPerson } from '../../../core/directory/people.js';
import { Configuration } from '../../../core/domains/configuration.js';
import { Clock } from '../../../core/time/clock.js';
import { Outbox } from '../../../delivery/outbox.js';
import type { TokenChallenge } from '../../token-challenge.entity.js';
import type { TokenRules } from '../../token-rules.js';
import type { AttemptContext } from '../../verification/attempts.js';
import { allowedChannels, routesOf } from './passcode-channels.js';
import { PasscodeCreation } from './passcode-creation.js';
import { passcodeMessage } from './passcode-message.js';
import { PasscodeSends } from './passcode-sends.repository.js';

/** Somebody who has just shown a passcode, and will need another one the next time. */
export interface NextPasscodeWish {
  /** Read from the directory a moment ago. */
  readonly found: FoundPerson;
  readonly rules: TokenRules;
  /** Who took the passcode, and may take the next one. */
  readonly boundTo: string;
  readonly context: AttemptContext;
}

/**
 * *Pre-delivery* (authentication methods, section 6.7): the passcode of the next log-on, sent ahead to people who have
 * used one. It works for hours, so it does not meet the bound of ten minutes (NIST SP 800-63B, section 5.1.3.2), and
 * is sent only where the policy T-Pass says so.
 */
@Injectable()
export class NextPasscode {
  constructor(
    private readonly sends: PasscodeSends,
    private readonly creation: PasscodeCreation,
    private readonly outbox: Outbox,
    private readonly configuration: Configuration,
    private readonly database: Database,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /**
   * Writes the message, which leaves with the next run of the worker: whoever logs on does not wait for a gateway. It goes
   * the way of the passcode that was used, for the same token. Nothing is sent to who has no address any more, or whose token
   * cannot be used. They are counted apart from those that people ask for, so that nobody loses one of these, and as many are
   * sent: whoever logs on with one after the other must not have messages sent without end (attack class 67).
   *
   * @throws DomainError `passcode-sent-recently` when as many were sent ahead lately
   */
  async send({ found, rules, boundTo, context }: NextPasscodeWish): Promise<void> {
    const { domain, account, person } = found;
    const { onDemand } = rules;
    const { aheadSeconds } = onDemand;
    if (aheadSeconds === undefined) return;
    const snapshot = await this.configuration.snapshot();
    const routes = routesOf(person, allowedChannels(snapshot, domain.id, 'logon', onDemand));
    await this.database.transaction(async (tx) => {
      const used = await this.sends.lastUsed(tx, { accountId: account.id, boundTo, now: this.clock.now() });
      const route = routes.find(({ channel }) => channel === used?.channel) ?? routes[0];
      if (!used || !route) return;
      const made = await this.creation.create(tx, {
        accountId: account.id,
        boundTo,
        tokenId: used.tokenId ?? undefined,
        route,
        digits: onDemand.digits,
        seconds: aheadSeconds,
        resendSeconds: 0,
        ahead: true,
      });
      const { channel, recipient } = route;
      const detail = { ...context.detail, channel, recipient, ahead: true };
      await this.audit.record(tx, {
        ...context,
        event: 'passcode.sent',
        outcome: 'success',
        accountId: account.id,
        detail,
      });
      await this.outbox.enqueue(tx, passcodeMessage('next-passcode', { found, person, route, ...made }));
    });
  }
}

/**
 * Whether a passcode that was sent ahead is too old by the rules of this moment: those of another application, or a policy
 * that was made stricter meanwhile.
 */
export function isSentTooEarly({ payload, starts }: TokenChallenge, { onDemand }: TokenRules, now: Date): boolean {
  if (payload['ahead'] !== true) return false;
  const seconds = onDemand.aheadSeconds ?? onDemand.seconds;
  return now.getTime() >= starts.getTime() + seconds * 1_000;
}
