import { SingleFlight } from '../../crypto/single-flight.js';
import type { PlainSecret } from '../../crypto/secret-types.js';
import type { Place } from '../../crypto/work-line.js';
import type { Domain } from '../../domains/domain.entity.js';
import type { ThrottleRule } from '../../throttle/throttle-rule.js';
import type { PasswordCheck, PasswordGuard, Person } from '../directory.js';
import type { BuiltinDirectoryParts } from './builtin-directory-parts.js';
import type { BuiltinPerson } from './builtin-person.entity.js';
import { lockAfter, lockEnd, lockMinutes } from './builtin-settings.js';

/** The key of nobody (RFC 9562 section 5.9). */
const NOBODY = '00000000-0000-0000-0000-000000000000';

/**
 * Where checks that count on nobody are written down, so that they cost the same durable write as those that do. Out of
 * reach, because a counter at its limit is not written.
 */
const NOBODYS_ATTEMPTS: ThrottleRule = { name: 'password-of-nobody', limit: 2_000_000_000, window: 60 };

/** Rows over which such checks are spread, so that they do not queue up behind one another. */
const SPREAD = 16;

const WRONG: PasswordCheck = { ok: false, code: 'credentials-invalid' };

/**
 * Checks passwords of the built-in people of one domain. An attempt is counted and committed before the password is
 * looked at (attack class 26), and every attempt makes one read, one durable write and one hash, whether the person
 * exists, is locked, has no password, or neither (attack class 46). One from an unfamiliar address whose caller has
 * counted it makes the read and the hash.
 */
export class BuiltinPasswordCheck {
  private readonly underWay = new SingleFlight<PasswordCheck>();
  private turn = 0;

  constructor(
    private readonly domain: Domain,
    private readonly parts: BuiltinDirectoryParts,
  ) {}

  /**
   * The same guess for the same person at the same moment is one attempt, so that a portal with many calls under way
   * does not lock itself out. So it is for nobody: several spellings of one name at once would otherwise take longer
   * when nobody has it. A caller that counts by itself has merged what it wants merged.
   */
  verify(person: Person | undefined, password: PlainSecret, guard?: PasswordGuard): Promise<PasswordCheck> {
    if (password === '') return Promise.resolve(WRONG);
    const key = person?.key ?? NOBODY;
    if (guard) return this.check(key, password, guard);
    return this.underWay.run([key, password], () => this.check(key, password, undefined));
  }

  private async check(key: string, password: PlainSecret, guard: PasswordGuard | undefined): Promise<PasswordCheck> {
    const stored = await this.parts.people.byId(this.domain.id, key);
    return this.parts.hasher.forStranger(stored?.passwordHash, password, (place) =>
      this.judge(stored, password, guard, place),
    );
  }

  private async judge(
    stored: BuiltinPerson | null,
    password: PlainSecret,
    guard: PasswordGuard | undefined,
    place: Place | undefined,
  ): Promise<PasswordCheck> {
    const { people, hasher } = this.parts;
    const countedByCaller = guard?.familiar === false;
    const open = countedByCaller ? await this.isOpen(stored) : await this.count(stored);
    const matches =
      stored?.passwordHash && open
        ? await hasher.verify(stored.passwordHash, password, place)
        : await hasher.verifyNobody(password, place);
    if (!stored) return WRONG;
    if (!open) return { ok: false, code: 'account-locked' };
    if (!matches) return WRONG;
    if (!countedByCaller || stored.failedLogins > 0 || stored.lockedAt !== null) await people.clearAttempts(stored.id);
    if (stored.disabled) return { ok: false, code: 'account-disabled' };
    return stored.mustChangePassword ? { ok: false, code: 'password-must-change' } : { ok: true };
  }

  /** Counts the attempt. Returns whether the password may be looked at. */
  private async count(stored: BuiltinPerson | null): Promise<boolean> {
    const { people, configuration, clock } = this.parts;
    const counted = await people.countAttempt(stored?.id ?? NOBODY, {
      now: clock.now(),
      limit: (await configuration.snapshot()).setting(lockAfter, this.domain.id),
      lockedSince: await this.lockedSince(),
    });
    if (!counted) await this.countNobody();
    return counted;
  }

  /** Whether the password may be looked at in an attempt that somebody else has counted: nobody is locked by it. */
  private async isOpen(stored: BuiltinPerson | null): Promise<boolean> {
    const lockedSince = await this.lockedSince();
    return stored !== null && (stored.lockedAt === null || stored.lockedAt <= lockedSince);
  }

  /** A lock that began later than this is in force. */
  private async lockedSince(): Promise<Date> {
    const { configuration, clock } = this.parts;
    return lockEnd((await configuration.snapshot()).setting(lockMinutes, this.domain.id), clock);
  }

  private async countNobody(): Promise<void> {
    this.turn = (this.turn + 1) % SPREAD;
    await this.parts.throttle.hit(NOBODYS_ATTEMPTS, `${this.domain.id}:${this.turn}`);
  }
}
