import { beforeEach, describe, expect, it } from 'vitest';
import { JANES_PASSWORD } from '../auth-world.js';
import { Authenticators } from '../authenticators.js';
import { worldOfSuite } from '../world-of-suite.js';

const ODD = [
  '\0',
  'a\0b',
  '\ud800',
  '\udfff'.repeat(3),
  'x'.repeat(50_000),
  '%',
  '*',
  "' OR 1=1 --",
  '\u202e',
  ' ',
  '{}',
  '[]',
];
const TYPES = [null, 0, -1, 1e300, true, [], [[]], {}, { id: {} }, ['x']];

const METHODS: Readonly<Record<string, Record<string, unknown>>> = {
  verify: { user: { loginName: 'jane' }, token: { serial: 'x' }, credential: { method: 'OTP', otp: '123456' } },
  verifyResponse: { user: { loginName: 'jane' }, token: { id: 'x' }, credential: { otp: '123456', cc: '40715926' } },
  getChallengeCode: { user: { loginName: 'jane', 'domain.name': 'HARBOUR' }, token: { 'product.method': 'GridGo' } },
  sendOTP: { user: { id: 'x' }, options: { channel: 'SMS', template: 'x' }, credential: { password: 'x' } },
  changePassword: {
    user: { loginName: 'jane' },
    oldPassword: JANES_PASSWORD,
    newPassword: 'x',
    credential: { password: 'x' },
  },
  logon: {
    application: { name: 'mail' },
    user: { loginName: 'jane', 'domain.id': 'x' },
    token: { serial: 'x' },
    credential: { method: 'QNA', otp: 'x', cc: 'x', pin: 'x', tokenId: 'x', answers: [{ id: 'q1', answer: 'x' }] },
    remoteIp: '203.0.113.20',
  },
  listApplications: { match: [['name', '=', 'x']], sort: 'x', order: 'asc', return: ['x', { x: ['x'] }] },
  listDomains: { application: { id: 'x', name: 'x' }, sort: 'x' },
  getLogonSteps: { application: { name: 'mail' }, user: { id: 'x', loginName: 'jane' }, return: ['x'] },
  listAuthenticators: { application: { name: 'mail' }, step: 1, user: { loginName: 'jane' } },
  getPolicy: { category: { name: 'logon' }, application: { name: 'mail' }, user: { loginName: 'jane' } },
  listSiteStamps: { user: { loginName: 'jane', 'domain.name': 'HARBOUR' }, return: ['text'] },
  listTokens: { user: { loginName: 'jane' }, token: { serial: 'x', 'product.method': 'x', 'product.functions': 'x' } },
  listTokenAssignments: { application: { name: 'mail' }, user: { loginName: 'jane' }, return: [{ token: ['serial'] }] },
  downloadToken: {
    user: { loginName: 'jane' },
    token: { serial: 'x' },
    acHash: 'gbbncKqwtAvyX0TkBapdfag2qzI=',
    credential: { method: 'SPASS', password: 'x' },
    device: { model: 'x', type: 'x', id: 'x' },
  },
  sendActivationCode: {
    tokenAssignment: { id: 'x' },
    user: { loginName: 'jane' },
    token: { serial: 'x' },
    channel: 'SMTP',
    provisioningUrl: 'https://example.test/',
  },
  activateTokenAssignment: {
    user: { loginName: 'jane' },
    token: { serial: 'x' },
    acHash: 'gbbncKqwtAvyX0TkBapdfag2qzI=',
  },
  syncToken: { user: { loginName: 'jane' }, token: { serial: 'x' }, credential: '123456,654321' },
  verifyPin: { user: { loginName: 'jane' }, token: { serial: 'x' }, tokenAssignment: { id: 'x' }, pin: '1234' },
};

/** The body with each of its values in turn replaced. */
function variants(body: Record<string, unknown>, odd: unknown): object[] {
  return Object.entries(body).flatMap(([key, value]) => [
    { ...body, [key]: odd },
    ...(typeof value === 'object' && value !== null && !Array.isArray(value)
      ? variants(value as Record<string, unknown>, odd).map((inner) => ({ ...body, [key]: inner }))
      : []),
  ]);
}

describe('attack 63: odd input is never a fault', () => {
  const world = worldOfSuite({ settings: { authenticator_max_failures: 100 } });

  beforeEach(async () => {
    await new Authenticators(world()).totp();
  });

  it.each(Object.entries(METHODS))('to %s', { timeout: 120_000 }, async (method, body) => {
    for (const odd of [...ODD, ...TYPES]) {
      for (const variant of variants(body, odd)) {
        const { status, error } = await world().call(method, variant);
        expect({ variant, error, status }).not.toMatchObject({ error: 1 });
        expect(status).toBeLessThan(500);
      }
    }
  });

  it('of more than a body may hold', async () => {
    for (const method of Object.keys(METHODS)) {
      expect(await world().call(method, { remoteIp: 'x'.repeat(100_000) })).toMatchObject({ status: 413, error: 100 });
    }
  });

  it('in a cookie', async () => {
    for (const cookie of ['"', '%00', 'x'.repeat(5_000), 'a=b', '%F0%9F%98%80']) {
      for (const method of ['logout', 'resetLogon']) expect(await world().code(method, {}, { cookie })).toBe(0);
      expect(await world().code('logon', METHODS['logon'] ?? {}, { cookie })).not.toBe(1);
    }
  });
});
