import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainSecret } from '../../crypto/secret-types.js';
import type { NewPerson } from '../capabilities/person-registry.js';
import { parseDn } from '../distinguished-name.js';
import { ldapSettings, type LdapSpec } from './ldap-settings.js';
import { newEntry } from './registration-template.js';

const SPEC: LdapSpec = {
  name: 'corp',
  kind: 'openldap',
  urls: ['ldaps://ldap.example.test'],
  bindDn: 'cn=latchkey,dc=example,dc=test',
  bindPassword: plainSecret('a-Secret-1'),
  baseDn: 'ou=people,dc=example,dc=test',
};

const JANE: NewPerson = { login: 'jane', displayName: 'Jane Doe', mail: 'jane@example.test' };

function entry(person: NewPerson, spec: Partial<LdapSpec> = {}) {
  return newEntry(person, ldapSettings({ ...SPEC, ...spec }));
}

describe('the entry of a new person', () => {
  it('is an inetOrgPerson in OpenLDAP, with a last name even when nobody said one', () => {
    expect(entry(JANE)).toEqual({
      dn: 'uid=jane,ou=people,dc=example,dc=test',
      attributes: {
        objectClass: ['top', 'person', 'organizationalPerson', 'inetOrgPerson'],
        uid: ['jane'],
        cn: ['Jane Doe'],
        givenName: ['Jane'],
        sn: ['Doe'],
        mail: ['jane@example.test'],
      },
    });
    expect(entry({ login: 'x', displayName: 'Madonna' }).attributes).toMatchObject({ sn: ['Madonna'] });
  });

  it('is a user in Active Directory, with the names that one logs on with', () => {
    expect(
      entry({ ...JANE, lastName: 'Roe' }, { kind: 'active-directory', baseDn: 'OU=People,DC=corp,DC=test' }),
    ).toEqual({
      dn: 'cn=jane,OU=People,DC=corp,DC=test',
      attributes: {
        objectClass: ['top', 'person', 'organizationalPerson', 'user'],
        cn: ['jane'],
        displayName: ['Jane Doe'],
        givenName: ['Jane'],
        sn: ['Roe'],
        mail: ['jane@example.test'],
        sAMAccountName: ['jane'],
        userPrincipalName: ['jane@corp.test'],
      },
    });
  });

  it('is what the configuration says', () => {
    const registration = {
      dn: 'mail={mail}+uid={login},ou=new,{baseDn}',
      objectClasses: ['inetOrgPerson', 'extensibleObject'],
      attributes: { cn: '{displayName}', sn: '{lastName}', employeeType: 'self {login}', pager: 'm {mobile}' },
    };
    expect(entry(JANE, { registration })).toEqual({
      dn: String.raw`mail=jane@example.test+uid=jane,ou=new,ou=people,dc=example,dc=test`,
      attributes: {
        objectClass: ['inetOrgPerson', 'extensibleObject'],
        uid: ['jane'],
        cn: ['Jane Doe'],
        givenName: ['Jane'],
        sn: ['Doe'],
        mail: ['jane@example.test'],
        employeeType: ['self jane'],
      },
    });
  });

  it.each([
    'uid={login},dc=elsewhere',
    'uid={login}',
    '{baseDn}',
    'uid={login},{baseDn},dc=x',
    '{login}',
    'cn={mobile},{baseDn}',
  ])('is none when the template leads elsewhere: %s', (dn) => {
    expect(() => entry(JANE, { registration: { dn } })).toThrow(
      expect.objectContaining({ code: 'directory-misconfigured' }),
    );
  });

  it('attack 49: lies right below the base, whatever the person is called', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1 }),
      fc.string({ unit: fc.constantFrom(...Array.from(' #+,;<=>"\\*()\0{}a=ou')), minLength: 1 }),
    );
    fc.assert(
      fc.property(hostile, hostile, (login, displayName) => {
        fc.pre(login.isWellFormed());
        const { dn, attributes } = entry({ login, displayName });
        expect(parseDn(dn)).toEqual([[{ type: 'uid', value: login }], ...(parseDn(SPEC.baseDn) ?? [])]);
        expect(attributes['uid']).toEqual([login]);
      }),
    );
  });
});
