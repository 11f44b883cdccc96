import { Injectable } from '@nestjs/common';
import { KeyRing } from '../crypto/key-ring.js';
import { plainSecret } from '../crypto/secret-types.js';
import type { Tx } from '../database/database.js';
import { foldName } from '../domains/fold-name.js';
import { DomainError } from '../errors/domain-error.js';
import { addressBucket } from '../web/client-address.js';
import { type AttemptCounter, AttemptCounters, type AttemptPlace, type FamiliarMark } from './attempt-counters.js';
import type { Allowances } from './attempt-settings.js';
import { keyOf } from './throttle.js';
import type { ThrottleRule } from './throttle-rule.js';
import { type Look, WaitingLines } from './waiting-lines.js';

/** An attempt at a person's secret from an address. */
export interface GuardedAttempt {
  /** Which secret, e.g. `password`: the same word wherever it is asked for, so that all surfaces count together. */
  readonly secret: string;
  /**
   * Whom it is for, the same for all names of one person (attack class 28), e.g. the directory's name and its id for
   * them; undefined when it is for nobody whose secret may be looked at.
   */
  readonly person: string | undefined;
  /** What was typed for a name. It tells nobodies apart, so that they are counted as people are. */
  readonly name: string;
  readonly allowances: Allowances;
  /** Failures of one address, whoever they are for. */
  readonly perAddress: ThrottleRule;
  readonly clientAddress: string;
}

/** How an attempt may go on. */
export interface AttemptTerms {
  /** False: do the same work as for nobody, and do not look at the person's secret. */
  readonly examine: boolean;
  /** Whether the address was right for this person in the last 30 days. */
  readonly familiar: boolean;
}

export interface AttemptFinding<T> {
  readonly right: boolean;
  readonly value: T;
}

interface Reservation extends AttemptTerms {
  readonly places: readonly AttemptPlace[];
}

type Tried = Reservation | { readonly waitFor: string };

const FAMILIAR_SECONDS = 30 * 86_400;

/** How long an attempt waits for others under way to give their places back. */
const PATIENCE_MS = 10_000;

/**
 * Bounds the attempts at people's secrets, without giving strangers a way to lock anybody out (attack class 31). After
 * OWASP's "device cookies", with addresses in place of cookies: all addresses that were never right for a person share
 * one small allowance; each that was right in the last 30 days has an allowance of its own. IPv6 counts by /64 (attack
 * class 32).
 *
 * An attempt is counted and committed before the secret is looked at, and given back when it was right (attack class
 * 26). Those that find only attempts under way in their way wait for them, ten seconds at most. Beyond an allowance the
 * answer and the work are those of a wrong secret, so that nobody learns whom a name means (attack classes 45 and 46).
 */
@Injectable()
export class GuardedAttempts {
  private readonly lines = new WaitingLines();

  constructor(
    private readonly counters: AttemptCounters,
    private readonly keyRing: KeyRing,
  ) {}

  /**
   * Turns an address away that has failed too often, at the cost of one read. Call it before anything is looked up.
   *
   * @throws DomainError `too-many-attempts` with `retryAfter` seconds
   */
  async requireRoom(perAddress: ThrottleRule, clientAddress: string): Promise<void> {
    const exhausted = await this.counters.exhausted({ rule: perAddress, subject: addressBucket(clientAddress) });
    if (exhausted) throw this.tooMany(exhausted);
  }

  /** Counts a failure of an address that is at nobody's secret, e.g. a session that was never given out. */
  async countFailure(perAddress: ThrottleRule, clientAddress: string): Promise<void> {
    const counter: AttemptCounter = { rule: perAddress, subject: addressBucket(clientAddress) };
    const { places } = await this.counters.reserve([counter], NO_MARK);
    await this.counters.settle(places, 'wrong');
  }

  /** When an attempt is looked at again; undefined when one would be now. Counts nothing. */
  async looksAgainAt(attempt: GuardedAttempt): Promise<Date | undefined> {
    const [unfamiliar, familiar] = this.atPerson(attempt);
    const full = await this.counters.exhausted((await this.counters.isMarked(markOf(attempt))) ? familiar : unfamiliar);
    return full?.endsAt;
  }

  /**
   * Forgets the wrong attempts at a person's secret, from wherever they came; what an address has done wrong stays
   * counted.
   */
  forgive(tx: Tx, secret: string, person: string): Promise<void> {
    return this.counters.forget(
      tx,
      [keyOf({ name: `${secret} unfamiliar` }, person)],
      keyOf({ name: `${secret} familiar` }, `${person} `),
    );
  }

  /**
   * Counts the attempt, then has `look` make it. An error of the category `unavailable` says nothing about the secret and
   * gives the attempt back; any other leaves it counted.
   *
   * @throws DomainError `too-many-attempts` with `retryAfter` seconds when the address has failed too often, or waited
   *   in vain
   */
  async run<T>(attempt: GuardedAttempt, look: (terms: AttemptTerms) => Promise<AttemptFinding<T>>): Promise<T> {
    const { places, examine, familiar } = await this.reserve(attempt);
    let outcome: 'right' | 'wrong' | 'unknown' = 'wrong';
    try {
      const { right, value } = await look({ examine, familiar });
      if (right && examine) outcome = 'right';
      return value;
    } catch (error) {
      if (DomainError.is(error) && error.category === 'unavailable') outcome = 'unknown';
      throw error;
    } finally {
      await this.counters.settle(places, outcome, attempt.person === undefined ? undefined : markOf(attempt));
      for (const { key } of places) this.lines.wake(key);
    }
  }

  private async reserve(attempt: GuardedAttempt): Promise<Reservation> {
    const atAddress: AttemptCounter = { rule: attempt.perAddress, subject: addressBucket(attempt.clientAddress) };
    const addressKey = keyOf(atAddress.rule, atAddress.subject);
    const patience = AbortSignal.timeout(PATIENCE_MS);
    let tried: Tried | undefined = this.lines.has(addressKey)
      ? { waitFor: addressKey }
      : await this.tryOnce(attempt, atAddress);
    while (tried && 'waitFor' in tried) {
      const { waitFor }: { waitFor: string } = tried;
      tried = await this.lines.wait(waitFor, patience, async (): Promise<Look<Tried>> => {
        const result = await this.tryOnce(attempt, atAddress);
        const waiting = 'waitFor' in result;
        if (waiting && result.waitFor === waitFor) return { busy: true };
        return { busy: false, result, othersMayGo: waiting || !result.examine };
      });
    }
    if (!tried) throw new DomainError('too-many-attempts', { params: { retryAfter: 1 }, detail: 'waited in vain' });
    return tried;
  }

  private async tryOnce(attempt: GuardedAttempt, atAddress: AttemptCounter): Promise<Tried> {
    const [unfamiliar, familiar] = this.atPerson(attempt);
    const mark = markOf(attempt);
    const { places, full } = await this.counters.reserve([atAddress, unfamiliar, familiar], mark);
    const ownKey = keyOf(familiar.rule, familiar.subject);
    if (full.length === 0) return { places, examine: true, familiar: places.some(({ key }) => key === ownKey) };
    const addressKey = keyOf(atAddress.rule, atAddress.subject);
    const banned = full.find(({ key, mayFree }) => key === addressKey && !mayFree);
    if (banned) throw this.tooMany(banned);
    const busy = full.find(({ mayFree }) => mayFree);
    if (busy) return { waitFor: busy.key };
    const alone = await this.counters.reserve([atAddress], mark);
    const [refused] = alone.full;
    if (refused && !refused.mayFree) throw this.tooMany(refused);
    return refused ? { waitFor: refused.key } : { places: alone.places, examine: false, familiar: false };
  }

  private atPerson(attempt: GuardedAttempt): [AttemptCounter, AttemptCounter] {
    const { secret, allowances, clientAddress } = attempt;
    // Typed names are not kept: people type passwords there.
    const subject = attempt.person ?? `nobody ${this.keyRing.digest(plainSecret(foldName(attempt.name)), NOBODY)}`;
    return [
      { rule: { name: `${secret} unfamiliar`, ...allowances.unfamiliar }, subject, familiar: false },
      {
        rule: { name: `${secret} familiar`, ...allowances.familiar },
        subject: `${subject} ${addressBucket(clientAddress)}`,
        familiar: true,
      },
    ];
  }

  private tooMany(exhausted: AttemptPlace): DomainError {
    return new DomainError('too-many-attempts', { params: { retryAfter: this.counters.secondsLeft(exhausted) } });
  }
}

/** The mark of nobody's address, which is never set. */
const NO_MARK: FamiliarMark = { key: 'nobody', window: 0 };

/** What the digest of a name that means nobody is for. */
const NOBODY = 'attempt at nobody';

/** Nobody's address is never marked, so the key that is looked for is always a person's or leads nowhere. */
function markOf({ secret, person, clientAddress }: GuardedAttempt): FamiliarMark {
  const subject = `${person ?? 'nobody'} ${addressBucket(clientAddress)}`;
  return { key: keyOf({ name: `${secret} known` }, subject), window: FAMILIAR_SECONDS };
}
