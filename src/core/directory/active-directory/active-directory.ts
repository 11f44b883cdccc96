import type { PlainSecret } from '../../crypto/secret-types.js';
import { DomainError } from '../../errors/domain-error.js';
import type { Finding, PasswordCheck, Person } from '../directory.js';
import type { LdapConnection } from '../ldap/ldap-connection.js';
import { LdapDirectory, type LdapTools, type LdapTraits } from '../ldap/ldap-directory.js';
import type { LdapEntry } from '../ldap/ldap-entry.js';
import type { LdapReply } from '../ldap/ldap-reply.js';
import { equals, type LdapFilter } from '../ldap/ldap-filters.js';
import { modifyRequest } from '../ldap/ldap-requests.js';
import type { LdapSettings } from '../ldap/ldap-settings.js';
import { describedPerson } from '../ldap/person-of.js';
import { expectSuccess } from '../ldap/refusals.js';
import { RESULT } from '../ldap/result-codes.js';
import type { PasswordRules } from '../password-rules.js';
import { policyOf, rulesOf } from './account-policy.js';
import { activeDirectoryGroups } from './active-directory-groups.js';
import { activeDirectorySwitch } from './active-directory-switch.js';
import { judgeActiveDirectoryBind } from './bind-codes.js';
import { changeRefusal, isTooYoung, type RefusedChange } from './change-refusal.js';
import { guidOctets, guidText } from './object-guid.js';
import { hasLockoutTime, lockNeedsPolicy, personState, STATE_ATTRIBUTES } from './person-state.js';
import { activeDirectoryRights } from './rights-proof.js';
import { readRootDse, type RootDse } from './root-dse.js';
import { unicodePwd } from './unicode-pwd.js';

const TRAITS: LdapTraits = {
  dnAttribute: 'distinguishedName',
  keyAttribute: 'objectGUID',
  stateAttributes: STATE_ATTRIBUTES,
  groups: activeDirectoryGroups,
  accounts: activeDirectorySwitch,
};

/**
 * Active Directory, Microsoft's or Samba's, always through TLS. People are told apart by objectGUID; passwords are set
 * by replacing `unicodePwd` (MS-ADTS 3.1.1.3.1.5.1).
 *
 * The directory checks length and complexity of a password set by somebody else. History it checks only where it knows
 * the policy hints control; the age of the last change is checked here as well, since it can be read.
 *
 * A former password may be taken for right for another hour after a change: Windows and Samba do so by default, to
 * spare computers that still hold it (`OldPasswordAllowedPeriod` in Windows, `old password allowed period` in Samba; 0
 * ends it). A bind does not tell the two apart.
 */
export class ActiveDirectory extends LdapDirectory {
  readonly kind = 'active-directory';

  constructor(settings: LdapSettings, tools: LdapTools) {
    super(settings, tools, TRAITS);
  }

  async passwordRules(person: Person): Promise<PasswordRules> {
    return this.pool.read(async (connection) => {
      const root = await readRootDse(connection);
      const policy = await policyOf(await this.entryOf(person, connection), root, connection);
      return policy ? rulesOf(policy, root) : {};
    });
  }

  async unlock(person: Person): Promise<void> {
    await this.pool.write(async (connection, changing) => {
      const entry = await this.entryOf(person, connection);
      if (!hasLockoutTime(entry)) return;
      const change = { operation: 'replace', attribute: 'lockoutTime', values: ['0'] } as const;
      changing();
      expectSuccess(await connection.send(modifyRequest(entry.dn, [change])), 'lifting the lock');
    });
  }

  protected async prepareChange(
    entry: LdapEntry,
    password: PlainSecret,
    connection: LdapConnection,
  ): Promise<() => Promise<void>> {
    const now = this.tools.clock.now();
    const root = await readRootDse(connection);
    const policy = await policyOf(entry, root, connection);
    const state = personState(entry, policy, now);
    if (state.disabled) throw new DomainError('account-disabled');
    if (!state.mayChangePassword) throw new DomainError('password-change-forbidden');
    if (policy && isTooYoung(entry, policy, now)) {
      throw new DomainError('password-too-young', { params: { minAge: policy.minAge } });
    }
    const change = { password, entry, policy, heedsHistory: root.policyHints !== undefined, now };
    return () => replacePassword(change, root, connection);
  }

  /** The account is switched off until it has one, and has no history to heed. */
  protected override async firstPassword(
    entry: LdapEntry,
    password: PlainSecret,
    connection: LdapConnection,
  ): Promise<void> {
    const root = { ...(await readRootDse(connection)), policyHints: undefined };
    const policy = await policyOf(entry, root, connection);
    const change = { password, entry, policy, heedsHistory: false, now: this.tools.clock.now() };
    await replacePassword(change, root, connection);
  }

  protected proveRights(sample: readonly LdapEntry[], connection: LdapConnection): Promise<Finding[]> {
    return activeDirectoryRights(sample, connection);
  }

  protected keyFilter(key: string): LdapFilter | undefined {
    const octets = guidOctets(key);
    return octets && equals('objectGUID', octets);
  }

  protected keyOf(entry: LdapEntry): string | undefined {
    return guidText(entry.bytes('objectGUID'));
  }

  protected async toPerson(entry: LdapEntry, connection: LdapConnection): Promise<Person> {
    const key = this.keyOf(entry);
    if (key === undefined) {
      throw new DomainError('directory-misconfigured', { detail: 'the service account cannot read objectGUID' });
    }
    const policy = lockNeedsPolicy(entry)
      ? await policyOf(entry, await readRootDse(connection), connection)
      : undefined;
    const state = personState(entry, policy, this.tools.clock.now());
    return { key, ...describedPerson(entry, this.settings), ...state };
  }

  protected judgeBind(reply: LdapReply): PasswordCheck {
    return judgeActiveDirectoryBind(reply);
  }
}

/** The directory sets pwdLastSet to now, which ends "must change". */
async function replacePassword(change: RefusedChange, root: RootDse, connection: LdapConnection): Promise<void> {
  const { entry, password } = change;
  const replacement = { operation: 'replace', attribute: 'unicodePwd', values: [unicodePwd(password)] } as const;
  const request = modifyRequest(entry.dn, [replacement], root.policyHints ? [root.policyHints] : []);
  const reply = await connection.send(request);
  if (reply.status !== RESULT.success) throw changeRefusal(reply, change);
}
