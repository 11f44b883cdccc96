import { isUuid } from '../../database/uuid.js';
import type { PlainSecret } from '../../crypto/secret-types.js';
import { DomainError } from '../../errors/domain-error.js';
import type { Finding, PasswordCheck, Person } from '../directory.js';
import type { LdapConnection } from '../ldap/ldap-connection.js';
import { LdapDirectory, type LdapTools, type LdapTraits } from '../ldap/ldap-directory.js';
import type { LdapEntry } from '../ldap/ldap-entry.js';
import type { LdapReply } from '../ldap/ldap-reply.js';
import { equals, type LdapFilter } from '../ldap/ldap-filters.js';
import { type LdapControl, modifyRequest, passwordModifyRequest } from '../ldap/ldap-requests.js';
import type { LdapSettings } from '../ldap/ldap-settings.js';
import { describedPerson } from '../ldap/person-of.js';
import { describe, expectSuccess, refusalOf } from '../ldap/refusals.js';
import { RESULT } from '../ldap/result-codes.js';
import { judgeUserBind } from '../ldap/user-bind.js';
import type { PasswordRules } from '../password-rules.js';
import { CHANGE_ATTRIBUTES, expectAllowed } from './change-checks.js';
import { openLdapGroups } from './openldap-groups.js';
import { openLdapSwitch } from './openldap-switch.js';
import { rulesOf } from './password-policy-entry.js';
import { isLockedForGood, personState, STATE_ATTRIBUTES } from './person-state.js';
import { PolicyFinder } from './policy-finder.js';
import { BIND_CODES, CHANGE_CODES } from './ppolicy-codes.js';
import { ppolicyErrorOf, ppolicyRequest } from './ppolicy-control.js';
import { OpenLdapRightsProof } from './rights-proof.js';

const TRAITS: LdapTraits = {
  dnAttribute: 'entryDN',
  keyAttribute: 'entryUUID',
  stateAttributes: STATE_ATTRIBUTES,
  groups: openLdapGroups,
  accounts: openLdapSwitch,
};

/**
 * OpenLDAP, with or without the ppolicy overlay. People are told apart by entryUUID (RFC 4530); passwords are changed
 * by the extended operation of RFC 3062, so that slapd hashes them as it is configured to.
 *
 * The service account should have `write` access to `userPassword`: slapd then enforces history, quality, length and
 * age by itself. With `manage` access it does not, and what can be read is enforced here, see `expectAllowed`.
 */
export class OpenLdapDirectory extends LdapDirectory {
  readonly kind = 'openldap';
  private readonly policies: PolicyFinder;

  constructor(settings: LdapSettings, tools: LdapTools) {
    super(settings, tools, TRAITS);
    this.policies = new PolicyFinder(settings, tools.clock);
  }

  async passwordRules(person: Person): Promise<PasswordRules> {
    return this.pool.read(async (connection) => {
      const policy = await this.policies.policyOf(await this.entryOf(person, connection), connection);
      return policy ? rulesOf(policy) : {};
    });
  }

  async unlock(person: Person): Promise<void> {
    await this.pool.write(async (connection, changing) => {
      const entry = await this.entryOf(person, connection);
      // What an administrator locked for good is not undone by way of failed log-ons.
      if (entry.text('pwdAccountLockedTime') === undefined || isLockedForGood(entry)) return;
      // slapd drops pwdFailureTime with it, which it lets nobody else touch.
      const change = { operation: 'replace', attribute: 'pwdAccountLockedTime', values: [] } as const;
      changing();
      expectSuccess(await connection.send(modifyRequest(entry.dn, [change])), 'lifting the lock');
    });
  }

  protected override readonly changeAttributes = CHANGE_ATTRIBUTES;

  protected async prepareChange(
    entry: LdapEntry,
    password: PlainSecret,
    connection: LdapConnection,
  ): Promise<() => Promise<void>> {
    const policy = await this.policies.policyOf(entry, connection);
    expectAllowed(entry, password, policy, this.tools.clock.now());
    return async () => {
      expectChanged(await connection.send(passwordModifyRequest(entry.dn, password, [ppolicyRequest()])));
      if (policy?.mustChangeAfterReset !== false) await this.clearReset(entry, connection);
    };
  }

  protected proveRights(sample: readonly LdapEntry[], connection: LdapConnection): Promise<Finding[]> {
    return new OpenLdapRightsProof(this.policies, this.tools.random).findings(sample, connection);
  }

  protected keyFilter(key: string): LdapFilter | undefined {
    return isUuid(key) ? equals('entryUUID', key) : undefined;
  }

  protected keyOf(entry: LdapEntry): string | undefined {
    return entry.text('entryUUID')?.toLowerCase();
  }

  protected async toPerson(entry: LdapEntry, connection: LdapConnection): Promise<Person> {
    const key = this.keyOf(entry);
    if (key === undefined) {
      throw new DomainError('directory-misconfigured', { detail: 'the service account cannot read entryUUID' });
    }
    const policy = await this.policies.policyOf(entry, connection);
    return { key, ...describedPerson(entry, this.settings), ...personState(entry, policy, this.tools.clock.now()) };
  }

  protected override bindControls(): LdapControl[] {
    return [ppolicyRequest()];
  }

  protected judgeBind(reply: LdapReply): PasswordCheck {
    const error = ppolicyErrorOf(reply);
    const code = error && BIND_CODES[error];
    return code ? { ok: false, code } : judgeUserBind(reply);
  }

  /**
   * Takes back "must change", which slapd sets when a password administrator changed a password: here the person chose
   * it. Without success the person is asked once more at the next log-on; the password is changed all the same, so
   * nothing is thrown.
   */
  private async clearReset({ dn }: LdapEntry, connection: LdapConnection): Promise<void> {
    const change = { operation: 'replace', attribute: 'pwdReset', values: [] } as const;
    await connection.send(modifyRequest(dn, [change])).catch(() => undefined);
  }
}

function expectChanged(reply: LdapReply): void {
  const doing = 'setting a password';
  const error = ppolicyErrorOf(reply);
  if (reply.status === RESULT.success) return;
  const detail = describe(reply, doing);
  if (error) throw new DomainError(CHANGE_CODES[error], { detail });
  if (reply.status === RESULT.noSuchObject) throw new DomainError('account-not-found', { detail });
  if (reply.status === RESULT.constraintViolation) throw new DomainError('password-refused', { detail });
  throw refusalOf(reply, doing);
}
