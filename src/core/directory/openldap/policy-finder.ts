import type { Clock } from '../../time/clock.js';
import type { LdapConnection } from '../ldap/ldap-connection.js';
import type { LdapEntry } from '../ldap/ldap-entry.js';
import { equals, present } from '../ldap/ldap-filters.js';
import { searchRequest } from '../ldap/ldap-requests.js';
import type { LdapSettings } from '../ldap/ldap-settings.js';
import { namingContextsAbove } from '../ldap/naming-context.js';
import { type PasswordPolicyEntry, POLICY_ATTRIBUTES, readPolicy } from './password-policy-entry.js';

/** Seconds for which the default policy's name is not looked for again. */
const REMEMBERED_SECONDS = 60;

/**
 * Finds the policy in force for a person: the one the entry names, else the configured default, else the only one in
 * the directory. slapd does not tell its default policy (it is in cn=config, which a service account seldom may read);
 * with several policies and none configured, the default stays unknown.
 */
export class PolicyFinder {
  /** Remembered between calls, also that there is none. */
  private discovered: { readonly dn: string | undefined; readonly until: Date } | undefined;

  constructor(
    private readonly settings: LdapSettings,
    private readonly clock: Clock,
  ) {}

  /** The policy; undefined when there is none or the service account cannot see it. */
  async policyOf(person: LdapEntry, connection: LdapConnection): Promise<PasswordPolicyEntry | undefined> {
    const own = person.text('pwdPolicySubentry') ?? this.settings.ppolicyDn;
    if (own !== null) return this.read(own, connection);
    const dn = await this.defaultPolicy(connection);
    return dn === undefined ? undefined : this.read(dn, connection);
  }

  private async defaultPolicy(connection: LdapConnection): Promise<string | undefined> {
    if (!this.discovered || this.discovered.until <= this.clock.now()) {
      this.discovered = { dn: await this.discover(connection), until: this.clock.in(REMEMBERED_SECONDS) };
    }
    return this.discovered.dn;
  }

  private async read(dn: string, connection: LdapConnection): Promise<PasswordPolicyEntry | undefined> {
    const filter = present('objectClass');
    const request = searchRequest({ base: dn, scope: 'base', filter, attributes: POLICY_ATTRIBUTES, sizeLimit: 1 });
    const [entry] = (await connection.send(request)).entries;
    return entry && readPolicy(entry);
  }

  private async discover(connection: LdapConnection): Promise<string | undefined> {
    for (const base of await namingContextsAbove(this.settings.baseDn, connection)) {
      const filter = equals('objectClass', 'pwdPolicy');
      const request = searchRequest({ base, scope: 'subtree', filter, attributes: ['1.1'], sizeLimit: 2 });
      const { entries } = await connection.send(request);
      if (entries.length === 1) return entries[0]?.dn;
    }
    return undefined;
  }
}
