import { expect, it } from 'vitest';
import { controlWithValue } from '../ldap/ldap-requests.js';
import { type AccountPolicy, rulesOf } from './account-policy.js';

const policy: AccountPolicy = {
  minLength: 12,
  history: 24,
  complex: true,
  minAge: 86_400,
  maxAge: 3_628_800,
  lockoutDuration: 1800,
};

it('shows the policy as rules, history only where the server compares', () => {
  const domainDn = 'DC=corp,DC=example,DC=test';
  const policyHints = controlWithValue('1.2.840.113556.1.4.2239', true, Buffer.from('3003020101', 'hex'));
  const rules = { minLength: 12, classes: 3, notName: true, minAge: 86_400, maxAge: 3_628_800 };
  expect(rulesOf(policy, { domainDn, policyHints })).toEqual({ ...rules, history: 24 });
  expect(rulesOf(policy, { domainDn, policyHints: undefined })).toEqual(rules);
});
