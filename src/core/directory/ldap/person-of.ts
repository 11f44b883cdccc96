import type { Person } from '../directory.js';
import type { LdapEntry } from './ldap-entry.js';
import type { LdapSettings } from './ldap-settings.js';

/** The part of a person that the attribute map of the configuration gives. */
export type DescribedPerson = Pick<
  Person,
  'dn' | 'login' | 'logins' | 'displayName' | 'firstName' | 'lastName' | 'mail' | 'mobile' | 'language'
>;

/** Reads name and addresses by the configured attribute names. */
export function describedPerson(entry: LdapEntry, { attributes, loginAttributes }: LdapSettings): DescribedPerson {
  const logins = loginAttributes.flatMap((name) => entry.texts(name)).filter((value) => value !== '');
  const login = logins[0] ?? entry.dn;
  return {
    dn: entry.dn,
    login,
    logins: [...new Set(logins)],
    displayName: entry.text(attributes.displayName) ?? login,
    firstName: entry.text(attributes.firstName),
    lastName: entry.text(attributes.lastName),
    mail: entry.text(attributes.mail),
    mobile: entry.text(attributes.mobile),
    language: entry.text(attributes.language),
  };
}
