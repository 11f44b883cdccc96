import { describe, expect, it } from 'vitest';
import type { Policy } from '../../core/policies/policy.js';
import { addressVerdict, logonPolicyFor } from './logon-policy.js';

const policy = (options: Record<string, string>) =>
  logonPolicyFor({ options: new Map(Object.entries(options)) } as Partial<Policy> as Policy);

describe('the logon policy', () => {
  it('asks everybody for everything when nobody says otherwise', () => {
    expect(logonPolicyFor(undefined)).toMatchObject({ mfa: 'REQUIRED', pendingTimeoutSeconds: 300 });
    expect(addressVerdict(logonPolicyFor(undefined), undefined, [])).toBe('plain');
  });

  it.each([
    ['ALLOW', '198.51.100.7', 'plain'],
    ['ALLOW', '198.51.100.8', 'denied'],
    ['DENY', '198.51.100.7', 'denied'],
    ['DENY', '198.51.100.8', 'plain'],
    ['MFA_EXEMPT', '198.51.100.7', 'exempt'],
    ['MFA_EXEMPT', '198.51.100.8', 'plain'],
  ])('%s: %s is %s', (ipFilterMode, address, verdict) => {
    expect(addressVerdict(policy({ ipFilter: '198.51.100.7', ipFilterMode }), address, [])).toBe(verdict);
  });

  it.each([
    ['ALLOW', 'denied'],
    ['DENY', 'denied'],
    ['MFA_EXEMPT', 'plain'],
  ])('attack 33: %s without an address is %s', (ipFilterMode, verdict) => {
    expect(addressVerdict(policy({ ipFilter: '198.51.100.7', ipFilterMode }), undefined, [])).toBe(verdict);
  });

  it.each([
    ['ALLOW', 'denied'],
    ['DENY', 'denied'],
    ['MFA_EXEMPT', 'plain'],
  ])('attack 33: %s by a stored filter that cannot be read is %s', (ipFilterMode, verdict) => {
    expect(addressVerdict(policy({ ipFilter: '198.51.100.0/33', ipFilterMode }), '198.51.100.7', [])).toBe(verdict);
  });

  it('takes addresses behind a proxy for what they are only by way of it', () => {
    const behind = policy({ ipFilter: '198.51.100.7[192.0.2.1]', ipFilterMode: 'ALLOW' });
    expect(addressVerdict(behind, '198.51.100.7', ['192.0.2.1'])).toBe('plain');
    expect(addressVerdict(behind, '198.51.100.7', ['192.0.2.2'])).toBe('denied');
  });

  it('has no filter where the list is empty, whatever the mode', () => {
    for (const ipFilterMode of ['ALLOW', 'DENY', 'MFA_EXEMPT']) {
      expect(addressVerdict(policy({ ipFilter: '', ipFilterMode }), undefined, [])).toBe('plain');
    }
  });
});
