import { describe, expect, it } from 'vitest';
import { transportOf } from './ldap-transport.js';

const OPENLDAP = { kind: 'openldap', startTls: false, allowInsecure: false } as const;
const ACTIVE_DIRECTORY = { ...OPENLDAP, kind: 'active-directory' } as const;

describe('the way a server is spoken to', () => {
  it('is TLS for ldaps, with the usual ports', () => {
    expect(transportOf('ldaps://a.test', OPENLDAP)).toEqual({ host: 'a.test', port: 636, security: 'tls' });
    expect(transportOf('ldaps://[::1]:1636', OPENLDAP)).toEqual({ host: '::1', port: 1636, security: 'tls' });
    expect(transportOf('ldap://a.test', { ...OPENLDAP, startTls: true })).toEqual({
      host: 'a.test',
      port: 389,
      security: 'starttls',
    });
  });

  it('is clear text only where that is allowed and StartTLS is off', () => {
    const refused = expect.objectContaining({ code: 'directory-misconfigured' }) as Error;
    expect(() => transportOf('ldap://a.test', OPENLDAP)).toThrow(refused);
    expect(transportOf('ldap://a.test', { ...OPENLDAP, allowInsecure: true }).security).toBe('clear');
    expect(transportOf('ldap://a.test', { ...OPENLDAP, allowInsecure: true, startTls: true }).security).toBe(
      'starttls',
    );
    expect(() => transportOf('ldap://a.test', { ...ACTIVE_DIRECTORY, allowInsecure: true })).toThrow(refused);
    expect(transportOf('ldap://a.test', { ...ACTIVE_DIRECTORY, startTls: true }).security).toBe('starttls');
  });

  it.each(['', 'a.test', 'http://a.test', 'ldapi:///run/slapd', 'ldap://'])('is none for %j', (url) => {
    expect(() => transportOf(url, { ...OPENLDAP, allowInsecure: true })).toThrow(
      expect.objectContaining({ code: 'directory-misconfigured' }) as Error,
    );
  });
});
