import { SingleFlight } from '../../crypto/single-flight.js';
import type { PlainSecret } from '../../crypto/secret-types.js';
import type { Domain } from '../../domains/domain.entity.js';
import type { ThrottleRule } from '../../throttle/throttle.js';
import type { PasswordCheck, Person } from '../directory.js';
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
 * exists, is locked, has no password, or neither (attack class 46).
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
   * when nobody has it.
   */
  verify(person: Person | undefined, password: PlainSecret): Promise<PasswordCheck> {
    if (password === '') return Promise.resolve(WRONG);
    const key = person?.key ?? NOBODY;
    return this.underWay.run([key, password], () => this.check(key, password));
  }

  private async check(key: string, password: PlainSecret): Promise<PasswordCheck> {
    const stored = await this.parts.people.byId(this.domain.id, key);
    return this.parts.hasher.forStranger(stored?.passwordHash, password, () => this.judge(stored, password));
  }

  private async judge(stored: BuiltinPerson | null, password: PlainSecret): Promise<PasswordCheck> {
    const { people, hasher, configuration, clock } = this.parts;
    const snapshot = await configuration.snapshot();
    const counted = await people.countAttempt(stored?.id ?? NOBODY, {
      now: clock.now(),
      limit: snapshot.setting(lockAfter, this.domain.id),
      lockedSince: lockEnd(snapshot.setting(lockMinutes, this.domain.id), clock),
    });
    if (!counted) await this.countNobody();
    const matches =
      stored?.passwordHash && counted
        ? await hasher.verify(stored.passwordHash, password)
        : await hasher.verifyNobody(password);
    if (!stored) return WRONG;
    if (!counted) return { ok: false, code: 'account-locked' };
    if (!matches) return WRONG;
    await people.clearAttempts(stored.id);
    if (stored.disabled) return { ok: false, code: 'account-disabled' };
    return stored.mustChangePassword ? { ok: false, code: 'password-must-change' } : { ok: true };
  }

  private async countNobody(): Promise<void> {
    this.turn = (this.turn + 1) % SPREAD;
    await this.parts.throttle.hit(NOBODYS_ATTEMPTS, `${this.domain.id}:${this.turn}`);
  }
}
