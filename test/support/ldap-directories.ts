import { SystemRandomSource } from '../../src/core/crypto/random-source.js';
import { plainSecret } from '../../src/core/crypto/secret-types.js';
import { ActiveDirectory } from '../../src/core/directory/active-directory/active-directory.js';
import type { Directory, Person } from '../../src/core/directory/directory.js';
import type { LdapTools } from '../../src/core/directory/ldap/ldap-directory.js';
import { ldapSettings, type LdapSpec } from '../../src/core/directory/ldap/ldap-settings.js';
import { OpenLdapDirectory } from '../../src/core/directory/openldap/openldap-directory.js';
import { type Clock, SystemClock } from '../../src/core/time/clock.js';
import type { Samba } from './samba.js';
import type { Slapd } from './slapd.js';

/** The adapter for a private OpenLDAP, with StartTLS unless asked for otherwise. */
export function openLdapOf(slapd: Slapd, more: Partial<LdapSpec> = {}, clock?: Clock): OpenLdapDirectory {
  const settings = ldapSettings({
    name: 'corp',
    kind: 'openldap',
    urls: [slapd.url],
    startTls: true,
    caFile: slapd.caFile,
    bindDn: slapd.bindDn,
    bindPassword: plainSecret(slapd.bindPassword),
    baseDn: slapd.baseDn,
    loginAttributes: ['uid', 'cn'],
    ...more,
  });
  return new OpenLdapDirectory(settings, tools(clock));
}

/** The adapter for a private Active Directory. */
export function activeDirectoryOf(samba: Samba, more: Partial<LdapSpec> = {}, clock?: Clock): ActiveDirectory {
  const settings = ldapSettings({
    name: 'ad',
    kind: 'active-directory',
    urls: [samba.url],
    caFile: samba.caFile,
    bindDn: samba.bindDn,
    bindPassword: plainSecret(samba.bindPassword),
    baseDn: samba.baseDn,
    loginAttributes: ['sAMAccountName', 'userPrincipalName', 'cn'],
    ...more,
  });
  return new ActiveDirectory(settings, tools(clock));
}

/** The person with this login, who must exist. */
export async function personOf(directory: Directory, login: string): Promise<Person> {
  const person = await directory.findByLogin(login);
  if (!person) throw new Error(`nobody found with the login ${login}`);
  return person;
}

function tools(clock: Clock = new SystemClock()): LdapTools {
  return { clock, random: new SystemRandomSource() };
}
