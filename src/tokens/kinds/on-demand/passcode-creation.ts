import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { KeyRing } from '../../../core/crypto/key-ring.js';
import { RandomSource } from '../../../core/crypto/random-source.js';
import { plainSecret, type PlainSecret } from '../../../core/crypto/secret-types.js';
import type { Tx } from '../../../core/database/database.js';
import { Accounts } from '../../../core/directory/accounts.js';
import { DomainError } from '../../../core/errors/domain-error.js';
import { Clock } from '../../../core/time/clock.js';
import { Challenges } from '../../challenges/challenges.js';
import type { TokenChallenge } from '../../token-challenge.entity.js';
import { answerPurpose } from '../../token-secrets.js';
import type { PasscodeRoute } from './passcode-channels.js';
import { PasscodeSends } from './passcode-sends.repository.js';

/** Attempts that are examined for one passcode. */
const ATTEMPTS = 5;

/** Passcodes that one person may be sent in {@link WINDOW_SECONDS} (authentication methods, section 6.7). */
const MOST_SENDS = 5;
const WINDOW_SECONDS = 900;

/** A passcode to be made. */
export interface NewPasscode {
  readonly accountId: string;
  /** Who may answer it, e.g. `request <id>`. */
  readonly boundTo: string;
  /** The person's token that it is sent for, where there is one. */
  readonly tokenId: string | undefined;
  readonly route: PasscodeRoute;
  readonly digits: number;
  /** How long it works. */
  readonly seconds: number;
  /** How long no other one is sent. */
  readonly resendSeconds: number;
  /** Whether nobody asked for it; such ones do not count among those that people may ask for. */
  readonly ahead?: boolean;
}

/** Makes passcodes, one at a time for a person: a new one voids the old. */
@Injectable()
export class PasscodeCreation {
  constructor(
    private readonly accounts: Accounts,
    private readonly sends: PasscodeSends,
    private readonly challenges: Challenges,
    private readonly keyRing: KeyRing,
    private readonly random: RandomSource,
    private readonly clock: Clock,
  ) {}

  /**
   * Locks the account until the transaction ends, so that rivals are counted one after the other.
   *
   * @throws DomainError `passcode-sent-recently` with `retryAfter` seconds
   */
  async create(tx: Tx, order: NewPasscode): Promise<{ passcode: PlainSecret; challenge: TokenChallenge }> {
    const { accountId, boundTo, tokenId, route, seconds, ahead = false } = order;
    await this.accounts.lock(tx, accountId);
    await this.refuseTooMany(tx, order);
    await this.challenges.withdraw(tx, { accountId, purpose: 'passcode' });
    const id = randomUUID();
    const passcode = this.random.digits(order.digits);
    const challenge = await this.challenges.create(tx, {
      id,
      purpose: 'passcode',
      scope: 'account',
      accountId,
      boundTo,
      seconds,
      attemptLimit: ATTEMPTS,
      answerDigest: this.keyRing.digest(passcode, answerPurpose(id)),
      payload: {
        channel: route.channel,
        recipient: route.recipient,
        address: this.keyRing.digest(plainSecret(route.to), answerPurpose(id)),
        ...(ahead && { ahead }),
      },
      ...(tokenId !== undefined && { tokenId }),
    });
    return { passcode, challenge };
  }

  /** Voids a passcode that did not reach the person. */
  async withdraw(tx: Tx, accountId: string, boundTo: string): Promise<void> {
    await this.challenges.withdraw(tx, { accountId, purpose: 'passcode', boundTo });
  }

  private async refuseTooMany(tx: Tx, { accountId, resendSeconds, ahead = false }: NewPasscode): Promise<void> {
    const since = this.clock.in(-WINDOW_SECONDS);
    const { count, first, last } = await this.sends.recent(tx, accountId, { since, ahead });
    const waits = [
      last ? secondsUntil(last, resendSeconds, this.clock.now()) : 0,
      count >= MOST_SENDS && first ? secondsUntil(first, WINDOW_SECONDS, this.clock.now()) : 0,
    ];
    const retryAfter = Math.max(...waits);
    if (retryAfter > 0) throw new DomainError('passcode-sent-recently', { params: { retryAfter } });
  }
}

/** Whole seconds from `now` until `seconds` after `start`; not above 0 when that is over. */
function secondsUntil(start: Date, seconds: number, now: Date): number {
  return Math.ceil((start.getTime() + seconds * 1_000 - now.getTime()) / 1_000);
}
