import type { LdapConnection } from '../ldap/ldap-connection.js';
import type { LdapEntry } from '../ldap/ldap-entry.js';
import { equals, present } from '../ldap/ldap-filters.js';
import { searchRequest } from '../ldap/ldap-requests.js';
import type { LdapSettings } from '../ldap/ldap-settings.js';
import { type PasswordPolicyEntry, POLICY_ATTRIBUTES, readPolicy } from './password-policy-entry.js';

/**
 * Finds the policy in force for a person: the one the entry names, else the configured default, else the only one in
 * the directory. slapd does not tell its default policy (it is in cn=config, which a service account seldom may read);
 * with several policies and none configured, the default stays unknown.
 */
export class PolicyFinder {
  /** Remembered between calls; looked for again when it is gone. */
  private discovered: string | undefined;

  constructor(private readonly settings: LdapSettings) {}

  /** The policy; undefined when there is none or the service account cannot see it. */
  async policyOf(person: LdapEntry, connection: LdapConnection): Promise<PasswordPolicyEntry | undefined> {
    const own = person.text('pwdPolicySubentry') ?? this.settings.ppolicyDn;
    if (own !== null) return this.read(own, connection);
    const dn = (this.discovered ??= await this.discover(connection));
    const policy = dn === undefined ? undefined : await this.read(dn, connection);
    if (!policy) this.discovered = undefined;
    return policy;
  }

  private async read(dn: string, connection: LdapConnection): Promise<PasswordPolicyEntry | undefined> {
    const filter = present('objectClass');
    const request = searchRequest({ base: dn, scope: 'base', filter, attributes: POLICY_ATTRIBUTES, sizeLimit: 1 });
    const [entry] = (await connection.send(request)).entries;
    return entry && readPolicy(entry);
  }

  private async discover(connection: LdapConnection): Promise<string | undefined> {
    for (const base of await this.namingContexts(connection)) {
      const filter = equals('objectClass', 'pwdPolicy');
      const request = searchRequest({ base, scope: 'subtree', filter, attributes: ['1.1'], sizeLimit: 2 });
      const { entries } = await connection.send(request);
      if (entries.length === 1) return entries[0]?.dn;
    }
    return undefined;
  }

  /** The suffixes above the people. */
  private async namingContexts(connection: LdapConnection): Promise<string[]> {
    const filter = present('objectClass');
    const request = searchRequest({ base: '', scope: 'base', filter, attributes: ['namingContexts'], sizeLimit: 1 });
    const [root] = (await connection.send(request)).entries;
    const base = this.settings.baseDn.toLowerCase().replaceAll(/\s/g, '');
    return (root?.texts('namingContexts') ?? []).filter((context) =>
      base.endsWith(context.toLowerCase().replaceAll(/\s/g, '')),
    );
  }
}
