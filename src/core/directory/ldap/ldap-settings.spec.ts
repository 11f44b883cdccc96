import { describe, expect, it } from 'vitest';
import { plainSecret } from '../../crypto/secret-types.js';
import { ldapSettings, type LdapSpec } from './ldap-settings.js';

const spec: LdapSpec = {
  name: 'corp',
  kind: 'openldap',
  urls: ['ldaps://ldap.example.test'],
  bindDn: 'cn=latchkey,dc=example,dc=test',
  bindPassword: plainSecret('a-Secret-1'),
  baseDn: 'dc=example,dc=test',
};

describe('settings of an LDAP directory', () => {
  it('are safe where nothing is said', () => {
    expect(ldapSettings(spec)).toMatchObject({
      startTls: false,
      allowInsecure: false,
      tlsRejectUnauthorized: true,
      caFile: null,
      userFilter: '(objectClass=inetOrgPerson)',
      loginAttributes: ['uid'],
    });
    expect(ldapSettings({ ...spec, kind: 'active-directory' })).toMatchObject({
      userFilter: '(&(objectCategory=person)(objectClass=user))',
      loginAttributes: ['sAMAccountName', 'userPrincipalName'],
    });
  });

  it('keep what is said, and take null for nothing said', () => {
    const settings = ldapSettings({ ...spec, userFilter: null, poolSize: 2, loginAttributes: ['mail'] });
    expect(settings).toMatchObject({
      userFilter: '(objectClass=inetOrgPerson)',
      poolSize: 2,
      loginAttributes: ['mail'],
    });
  });

  it('add to the usual attribute names, and drop those set to null', () => {
    const { attributes } = ldapSettings({ ...spec, attributes: { mobile: 'telephoneNumber', language: null } });
    expect(attributes).toEqual({
      displayName: 'cn',
      mail: 'mail',
      mobile: 'telephoneNumber',
      firstName: 'givenName',
      lastName: 'sn',
      language: null,
    });
  });

  it('cannot be changed', () => {
    const settings = ldapSettings(spec);
    expect(Object.isFrozen(settings) && Object.isFrozen(settings.attributes)).toBe(true);
  });
});
