import { Injectable } from '@nestjs/common';
import { printable } from '../../core/audit/printable.js';
import type { FoundPerson } from '../../core/directory/people.js';
import { Configuration } from '../../core/domains/configuration.js';
import { DomainError } from '../../core/errors/domain-error.js';
import { Clock } from '../../core/time/clock.js';
import { tokenRules, type TokenRules } from '../token-rules.js';
import type { UsableToken } from '../usable-token.js';
import { AttemptRepository } from '../verification/attempt.repository.js';
import type { PushOrder, PushResult } from './push-order.js';
import { PushRequestBook } from './push-request-book.js';
import { type EndedPushRequest, PushRequestRepository } from './push-request.repository.js';
import { pushNumberMatch, pushPauseMinutes, pushRequestSeconds, pushUnansweredLimit } from './push-request-settings.js';
import { OUTCOME_OF, type PushOutcome } from './push-request-states.js';
import { PushSignals } from './push-signals.js';
import { PushWaiting } from './push-waiting.js';

const LONGEST_APPLICATION = 100;
const LONGEST_ADDRESS = 64;
const MINUTE = 60;

/** Asks people on their push devices (authentication methods, sections 4.6 and 6.11), in any number of processes. */
@Injectable()
export class PushRequests {
  constructor(
    private readonly book: PushRequestBook,
    private readonly waiting: PushWaiting,
    private readonly repository: PushRequestRepository,
    private readonly attempts: AttemptRepository,
    private readonly signals: PushSignals,
    private readonly configuration: Configuration,
    private readonly clock: Clock,
  ) {}

  /** As {@link request}, for callers to whom it is the same which device answered. */
  async ask(found: FoundPerson, order: PushOrder): Promise<PushOutcome> {
    return (await this.request(found, order)).outcome;
  }

  /**
   * Puts a request to the person's devices and waits for their answer, at most as long as the order says. A newer
   * request of the same person ends the waiting, as `no-answer`. Never call it inside a transaction.
   *
   * @throws DomainError `authenticator-locked`; `no-usable-token`, also for who has no PIN code where one is asked for; `challenge-not-valid` when a number has to be shown and
   *   there is none; `too-many-attempts` with `retryAfter` seconds when too many requests in a row were not approved;
   *   `overloaded` when the server stops meanwhile
   */
  async request(found: FoundPerson, order: PushOrder): Promise<PushResult> {
    const { account, domain } = found;
    const snapshot = await this.configuration.snapshot();
    const match = snapshot.setting(pushNumberMatch, domain.id);
    if (match === 'REQUIRED' && order.number === undefined) throw new DomainError('challenge-not-valid');
    const devices = await this.devices(account.id, order, order.rules ?? tokenRules(snapshot, domain.id));
    const { id, expiresAt } = await this.book.put({
      request: {
        accountId: account.id,
        tokenId: order.tokenId ?? null,
        application: printable(order.applicationName, LONGEST_APPLICATION),
        remoteAddress: order.remoteIp === undefined ? null : printable(order.remoteIp, LONGEST_ADDRESS),
        number: match === 'OFF' ? null : (order.number ?? null),
        localAuth: order.localAuth ?? 'NONE',
        session: order.session ?? null,
      },
      timeout: order.timeoutSeconds ?? snapshot.setting(pushRequestSeconds, domain.id),
      limit: snapshot.setting(pushUnansweredLimit, domain.id),
      pause: snapshot.setting(pushPauseMinutes, domain.id) * MINUTE,
      context: order.context ?? { actor: 'system', domain: domain.name, target: found.person.dn },
    });
    const ended = this.waiting.ended({ id, expiresAt });
    this.signals.wake(devices.map(({ tokenId }) => tokenId));
    const { state, token } = await this.until(ended, id, order.signal);
    return { outcome: OUTCOME_OF[state], token };
  }

  /** Ends what is open of a logon session. @returns how many requests were open */
  withdraw(session: string): Promise<number> {
    return this.repository.withdraw({ session });
  }

  private async devices(
    accountId: string,
    { tokenId, localAuth }: PushOrder,
    { maxFailures, lockSeconds }: TokenRules,
  ): Promise<UsableToken[]> {
    const now = this.clock.now();
    const unlockedBefore = lockSeconds === undefined ? undefined : this.clock.in(-lockSeconds);
    const counted = { accountId, authenticator: 'OOBA', now, limit: maxFailures, unlockedBefore } as const;
    if (await this.attempts.locked(counted)) throw new DomainError('authenticator-locked');
    const devices = await this.attempts.usable({ accountId, kinds: ['Push'], tokenId, now });
    if (devices.length === 0) throw new DomainError('no-usable-token');
    if (localAuth !== 'PIN') return devices;
    if (await this.attempts.locked({ ...counted, authenticator: 'PIN' })) throw new DomainError('authenticator-locked');
    const pins = await this.attempts.usable({ accountId, kinds: ['PINCode'], now, tokenId: undefined });
    if (pins.length === 0) throw new DomainError('no-usable-token');
    return devices;
  }

  private async until(
    ended: Promise<EndedPushRequest>,
    id: string,
    signal: AbortSignal | undefined,
  ): Promise<EndedPushRequest> {
    const withdraw = (): void => void this.repository.withdraw({ ids: [id] }).catch(() => undefined);
    if (signal?.aborted) withdraw();
    signal?.addEventListener('abort', withdraw, { once: true });
    try {
      return await ended;
    } finally {
      signal?.removeEventListener('abort', withdraw);
    }
  }
}
