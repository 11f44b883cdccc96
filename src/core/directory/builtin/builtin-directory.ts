import type { PlainSecret } from '../../crypto/secret-types.js';
import type { Domain } from '../../domains/domain.entity.js';
import { foldName } from '../../domains/fold-name.js';
import { DomainError } from '../../errors/domain-error.js';
import { keepAccount } from '../accounts-read.js';
import type { ObjectSearch } from '../capabilities/object-search.js';
import type { PasswordExpiry } from '../capabilities/password-expiry.js';
import type { PeopleList } from '../capabilities/people-list.js';
import type { PersonAttributes } from '../capabilities/person-attributes.js';
import type { PersonGroups } from '../capabilities/person-groups.js';
import type { PersonRegistry } from '../capabilities/person-registry.js';
import type { Directory, Finding, PasswordCheck, PasswordGuard, PasswordWrite, Person } from '../directory.js';
import { ownPasswordPolicy } from '../../policies/own-password-policy.js';
import { policySubject } from '../../policies/policy-subject.js';
import type { PasswordRules } from '../password-rules.js';
import { BuiltinAttributes } from './builtin-attributes.js';
import type { BuiltinDirectoryParts } from './builtin-directory-parts.js';
import { builtinDn, loginOfBuiltinDn } from './builtin-dn.js';
import { BuiltinEntryRepository } from './builtin-entry.repository.js';
import { BuiltinGroupRepository } from './builtin-group.repository.js';
import { BuiltinGroups } from './builtin-groups.js';
import type { BuiltinIdentity, IdentityWithAccount } from './builtin-identity.js';
import { BuiltinList } from './builtin-list.js';
import { BuiltinPasswordCheck } from './builtin-password-check.js';
import { BuiltinPasswordExpiry } from './builtin-password-expiry.js';
import { BuiltinRegistry } from './builtin-registry.js';
import { BuiltinSearch } from './builtin-search.js';
import { lockEnd, lockMinutes } from './builtin-settings.js';

/** Our own tables as a domain's directory: argon2id, own lock and own password history. */
export class BuiltinDirectory implements Directory {
  readonly kind = 'builtin';
  readonly attributes: PersonAttributes;
  readonly groups: PersonGroups;
  readonly search: ObjectSearch;
  readonly registry: PersonRegistry;
  readonly list: PeopleList;
  readonly passwordExpiry: PasswordExpiry;
  private readonly check: BuiltinPasswordCheck;

  constructor(
    private readonly domain: Domain,
    private readonly parts: BuiltinDirectoryParts,
  ) {
    this.check = new BuiltinPasswordCheck(domain, parts);
    const { people, database, clock } = parts;
    const entries = new BuiltinEntryRepository(database);
    this.attributes = new BuiltinAttributes(domain, people, entries);
    this.groups = new BuiltinGroups(domain, people, new BuiltinGroupRepository(database), clock);
    this.search = new BuiltinSearch(domain, people, entries);
    const describe = (stored: BuiltinIdentity) => this.describe(stored);
    this.registry = new BuiltinRegistry(domain, parts, describe);
    this.list = new BuiltinList(domain, database, describe);
    this.passwordExpiry = new BuiltinPasswordExpiry(people);
  }

  async findByLogin(login: string): Promise<Person | undefined> {
    if (login.includes('\0') || !login.isWellFormed()) return undefined;
    return this.withAccount(await this.parts.people.identityByLogin(this.domain.id, foldName(login)));
  }

  async findByKey(key: string): Promise<Person | undefined> {
    return this.withAccount(await this.parts.people.identityById(this.domain.id, key));
  }

  async findByDn(dn: string): Promise<Person | undefined> {
    const login = loginOfBuiltinDn(dn, this.domain.name);
    return login === undefined ? undefined : this.findByLogin(login);
  }

  async findByMail(mail: string): Promise<Person | undefined> {
    if (mail === '' || mail.includes('\0') || !mail.isWellFormed()) return undefined;
    const [found, another] = await this.parts.people.byMail(this.domain.id, mail);
    if (another) throw new DomainError('account-ambiguous', { detail: `several people of ${this.domain.name} match` });
    return found && this.describe(found);
  }

  verifyPassword(person: Person | undefined, password: PlainSecret, guard?: PasswordGuard): Promise<PasswordCheck> {
    return this.check.verify(person, password, guard);
  }

  async passwordRules(_person: Person): Promise<PasswordRules> {
    // Everything that this directory demands is our own policy, which the caller knows.
    return {};
  }

  async setPassword(person: Person, password: PlainSecret): Promise<PasswordWrite> {
    const { people, hasher, clock } = this.parts;
    const history = await this.historyLength(person);
    const stored = await people.byId(this.domain.id, person.key);
    if (!stored) throw this.gone(person);
    if (stored.disabled) throw new DomainError('account-disabled');
    if (history > 0) {
      const earlier = await people.history(person.key, history - 1);
      for (const hash of stored.passwordHash ? [stored.passwordHash, ...earlier] : earlier) {
        if (await hasher.verify(hash, password))
          throw new DomainError('password-in-history', { params: { count: history } });
      }
    }
    const hash = await hasher.hash(password);
    return async (tx) => {
      const keep = Math.max(0, history - 1);
      if (!(await people.replacePassword(tx, person.key, hash, clock.now(), keep))) throw this.gone(person);
    };
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

  private gone(person: Person): DomainError {
    return new DomainError('account-not-found', { params: { domain: this.domain.name, login: person.login } });
  }

  private async historyLength(person: Person): Promise<number> {
    const snapshot = await this.parts.configuration.snapshot();
    const subject = await policySubject(snapshot, { domain: this.domain, directory: this, person });
    const policy = ownPasswordPolicy(snapshot, subject);
    return policy === 'directory' ? 0 : policy.history;
  }

  private async withAccount(found: IdentityWithAccount | undefined): Promise<Person | undefined> {
    if (!found) return undefined;
    const person = await this.describe(found.identity);
    if (found.account) keepAccount(person, found.account);
    return person;
  }

  private async describe(stored: BuiltinIdentity): Promise<Person> {
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
