import { createHmac, randomBytes } from 'node:crypto';
import type { PasswordHasher } from '../../crypto/password-hasher.js';
import type { PlainSecret } from '../../crypto/secret-types.js';
import type { Configuration } from '../../domains/configuration.js';
import type { Domain } from '../../domains/domain.entity.js';
import { foldName } from '../../domains/fold-name.js';
import { DomainError } from '../../errors/domain-error.js';
import type { Throttle, ThrottleRule } from '../../throttle/throttle.js';
import type { Clock } from '../../time/clock.js';
import type { Directory, Finding, PasswordCheck, PasswordWrite, Person } from '../directory.js';
import { passwordPolicy } from '../password-policy.js';
import type { PasswordRules } from '../password-rules.js';
import { builtinDn, loginOfBuiltinDn } from './builtin-dn.js';
import type { BuiltinPerson } from './builtin-person.entity.js';
import type { BuiltinPersonRepository } from './builtin-person.repository.js';
import { lockAfter, lockMinutes } from './builtin-settings.js';

/** What the directories of all built-in domains share. */
export interface BuiltinDirectoryParts {
  readonly people: BuiltinPersonRepository;
  readonly hasher: PasswordHasher;
  readonly configuration: Configuration;
  readonly throttle: Throttle;
  readonly clock: Clock;
}

/** Counts checks for people who do not exist, so that they cost the same durable write as for those who do. */
const NOBODY: ThrottleRule = { name: 'password-of-nobody', limit: 1, window: 60 };

/** Our own tables as a domain's directory: argon2id, own lock and own password history. */
export class BuiltinDirectory implements Directory {
  readonly kind = 'builtin';
  private readonly processKey = randomBytes(32);
  private readonly running = new Map<string, Promise<PasswordCheck>>();

  constructor(
    private readonly domain: Domain,
    private readonly parts: BuiltinDirectoryParts,
  ) {}

  async findByLogin(login: string): Promise<Person | undefined> {
    if (login.includes('\0') || !login.isWellFormed()) return undefined;
    return this.person(await this.parts.people.byLogin(this.domain.id, foldName(login)));
  }

  async findByKey(key: string): Promise<Person | undefined> {
    return this.person(await this.parts.people.byId(this.domain.id, key));
  }

  async findByDn(dn: string): Promise<Person | undefined> {
    const login = loginOfBuiltinDn(dn, this.domain.name);
    return login === undefined ? undefined : this.findByLogin(login);
  }

  /**
   * Counts first, then looks. The same guess for the same person at the same moment is one attempt, so that a portal
   * with many calls under way does not lock itself out.
   */
  verifyPassword(person: Person | undefined, password: PlainSecret): Promise<PasswordCheck> {
    if (password === '') return Promise.resolve({ ok: false, code: 'credentials-invalid' });
    const guess = createHmac('sha256', this.processKey)
      .update(person?.key ?? '')
      .update('\0')
      .update(password)
      .digest('base64');
    const running = this.running.get(guess);
    if (running) return running;
    const check = this.check(person, password).finally(() => this.running.delete(guess));
    this.running.set(guess, check);
    return check;
  }

  async passwordRules(_person: Person): Promise<PasswordRules> {
    // Everything that this directory demands is our own policy, which the caller knows.
    return {};
  }

  async setPassword(person: Person, password: PlainSecret): Promise<PasswordWrite> {
    const { people, hasher, clock } = this.parts;
    const history = await this.historyLength();
    const stored = await people.byId(this.domain.id, person.key);
    if (!stored)
      throw new DomainError('account-not-found', { params: { domain: this.domain.name, login: person.login } });
    if (stored.disabled) throw new DomainError('account-disabled');
    if (history > 0) {
      const earlier = await people.history(person.key, history - 1);
      for (const hash of stored.passwordHash ? [stored.passwordHash, ...earlier] : earlier) {
        if (await hasher.verify(hash, password))
          throw new DomainError('password-in-history', { params: { count: history } });
      }
    }
    const hash = await hasher.hash(password);
    return (tx) => people.replacePassword(tx, person.key, hash, clock.now(), Math.max(0, history - 1));
  }

  async unlock(person: Person): Promise<void> {
    await this.parts.people.clearAttempts(person.key);
  }

  async probe(): Promise<void> {
    // Its tables are in the database, which has a sign of life of its own.
  }

  async examine(): Promise<Finding[]> {
    return [
      {
        ok: true,
        subject: `directory of ${this.domain.name}`,
        text: 'Built in; people and passwords are in the database.',
      },
    ];
  }

  async close(): Promise<void> {
    // Holds nothing open.
  }

  private async check(person: Person | undefined, password: PlainSecret): Promise<PasswordCheck> {
    const { people, hasher, throttle, configuration, clock } = this.parts;
    const stored = person && (await people.byId(this.domain.id, person.key));
    if (!stored) {
      await throttle.hit(NOBODY, this.domain.id);
      await hasher.verifyNobody(password);
      return { ok: false, code: 'credentials-invalid' };
    }
    const snapshot = await configuration.snapshot();
    const limit = snapshot.setting(lockAfter, this.domain.id);
    const lockedSince = lockEnd(snapshot.setting(lockMinutes, this.domain.id), clock);
    const counted = await people.countAttempt(stored.id, { now: clock.now(), limit, lockedSince });
    const matches =
      stored.passwordHash && counted
        ? await hasher.verify(stored.passwordHash, password)
        : await hasher.verifyNobody(password);
    if (!counted) return { ok: false, code: 'account-locked' };
    if (!matches) return { ok: false, code: 'credentials-invalid' };
    await people.clearAttempts(stored.id);
    if (stored.disabled) return { ok: false, code: 'account-disabled' };
    if (stored.mustChangePassword) return { ok: false, code: 'password-must-change' };
    return { ok: true };
  }

  private async historyLength(): Promise<number> {
    const policy = (await this.parts.configuration.snapshot()).setting(passwordPolicy, this.domain.id);
    return policy === 'directory' ? 0 : policy.history;
  }

  private async person(stored: BuiltinPerson | null): Promise<Person | undefined> {
    if (!stored) return undefined;
    const minutes = (await this.parts.configuration.snapshot()).setting(lockMinutes, this.domain.id);
    return {
      key: stored.id,
      dn: builtinDn(stored.login, this.domain.name),
      login: stored.login,
      displayName: stored.displayName,
      firstName: stored.firstName ?? undefined,
      lastName: stored.lastName ?? undefined,
      mail: stored.mail ?? undefined,
      mobile: stored.mobile ?? undefined,
      language: stored.language ?? undefined,
      disabled: stored.disabled,
      locked: stored.lockedAt !== null && stored.lockedAt > lockEnd(minutes, this.parts.clock),
      expired: false,
      mustChangePassword: stored.mustChangePassword,
      mayChangePassword: true,
      passwordChangedAt: stored.passwordChangedAt ?? undefined,
    };
  }
}

/** The moment before which a lock must have begun to be over now; the beginning of time when locks do not end. */
function lockEnd(minutes: number, clock: Clock): Date {
  return minutes === 0 ? new Date(0) : clock.in(-60 * minutes);
}
