import { describe, expect, it } from 'vitest';
import { DOMAIN_ERRORS, type DomainErrorCode } from '../../core/errors/domain-error.js';
import { RPC_OUTCOMES } from './rpc-outcomes.js';

const PARAMS = { domain: 'ACME', login: 'jane', dn: 'cn=jane,dc=acme' };

function answered(code: DomainErrorCode, params: Record<string, string> = PARAMS): [number, string] | false {
  const outcome = RPC_OUTCOMES[code];
  return outcome && [outcome.code, outcome.data(params)];
}

describe('RPC_OUTCOMES', () => {
  it('knows every refusal of the core', () => {
    expect(Object.keys(RPC_OUTCOMES).toSorted()).toEqual(Object.keys(DOMAIN_ERRORS).toSorted());
  });

  it('uses the texts of the error table', () => {
    expect(answered('domain-missing')).toEqual([-32602, 'Parameter domain missing']);
    expect(answered('domain-not-found')).toEqual([-32603, "Domain 'ACME' not existing"]);
    expect(answered('account-not-found', { domain: 'ACME', login: 'jane' })).toEqual([
      -32603,
      'User not found ACME\\jane',
    ]);
    expect(answered('account-not-found', { dn: PARAMS.dn })).toEqual([
      -32603,
      "LDAP object 'cn=jane,dc=acme' does not exist",
    ]);
    for (const code of ['account-not-activated', 'account-disabled', 'account-expired'] as const) {
      expect(answered(code)).toEqual([-32603, "Object 'cn=jane,dc=acme' is not an activated user or group"]);
    }
    expect(answered('access-denied')).toEqual([-32603, 'Access denied']);
    expect(answered('credentials-invalid')).toEqual([-32600, 'Invalid username or password']);
    expect(answered('client-address-not-allowed')).toEqual([-32600, 'Client address not allowed']);
  });

  it.each([
    'value-out-of-range',
    'unknown-word',
    'no-address',
    'delivery-failed',
    'send-limit-reached',
    'second-factor-unavailable',
    'password-change-forbidden',
  ] as const)('answers %s with false', (code) => {
    expect(answered(code)).toBe(false);
  });

  it('answers with -32000 and a text whenever a service is down', () => {
    const unavailable = Object.entries(DOMAIN_ERRORS).filter(([, category]) => category === 'unavailable');
    for (const [code] of unavailable) {
      expect(answered(code as DomainErrorCode)).toEqual([-32000, expect.stringMatching(/^[A-Z][a-z ]+$/)]);
    }
    expect(unavailable.length).toBeGreaterThan(0);
  });

  it('leaves no error without a text', () => {
    for (const code of Object.keys(DOMAIN_ERRORS)) {
      expect(answered(code as DomainErrorCode)).not.toEqual([expect.anything(), '']);
    }
  });
});
