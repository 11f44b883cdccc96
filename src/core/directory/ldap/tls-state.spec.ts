import { describe, expect, it } from 'vitest';
import { plainSecret } from '../../crypto/secret-types.js';
import { ldapSettings } from './ldap-settings.js';
import { certificateAdvice } from './tls-state.js';

const NOW = new Date('2026-08-03T09:00:00Z');
const REMOTE = 'ldaps://ldap.example.test';
const settings = ldapSettings({
  name: 'corp',
  kind: 'openldap',
  urls: [REMOTE],
  bindDn: 'cn=latchkey',
  bindPassword: plainSecret('a-Secret-1'),
  baseDn: 'dc=example,dc=test',
});

describe('advice about the security of a server', () => {
  it('is content with a certificate that lasts', () => {
    const state = { version: 'TLSv1.3', certificateExpires: new Date('2027-01-01T00:00:00Z') };
    expect(certificateAdvice(state, settings, REMOTE, NOW)).toEqual({
      ok: true,
      text: 'answers with TLSv1.3; its certificate is valid until 2027-01-01',
    });
  });

  it('warns of one that soon ends', () => {
    const state = { version: 'TLSv1.3', certificateExpires: new Date('2026-08-10T00:00:00Z') };
    expect(certificateAdvice(state, settings, REMOTE, NOW)).toMatchObject({
      ok: false,
      text: expect.stringMatching(/renew it$/) as string,
    });
  });

  it('warns of clear text and of certificates that are not checked, except on the machine itself', () => {
    const lab = ldapSettings({ ...settings, tlsRejectUnauthorized: false });
    const state = { version: 'TLSv1.3', certificateExpires: undefined };
    expect(certificateAdvice(undefined, settings, 'ldap://ldap.example.test', NOW).ok).toBe(false);
    expect(certificateAdvice(undefined, settings, 'ldap://127.0.0.1:1389', NOW).ok).toBe(true);
    expect(certificateAdvice(state, lab, REMOTE, NOW).ok).toBe(false);
    expect(certificateAdvice(state, lab, 'ldaps://[::1]', NOW).ok).toBe(true);
  });
});
