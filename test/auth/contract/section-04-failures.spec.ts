import { describe, expect, it } from 'vitest';
import { AuthMethodRegistry } from '../../../src/surfaces/auth-envelope/auth-method-registry.js';
import { worldOfSuite } from '../world-of-suite.js';

const range = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

const OF_A_CREDENTIAL = [...range(200, 205), 242, ...range(250, 257), ...range(300, 303), 320, 321, 340, 380, 381];

/** The methods of section 4, with what stands behind "Failures:". */
const FAILURES: Readonly<Record<string, readonly number[]>> = {
  listApplications: [],
  listDomains: [220, 221, 240],
  listAuthenticators: [220, 221, 230, 231, 200, 242],
  getLogonSteps: [220, 221, 230, 200, 201, 242],
  listTokenAssignments: [200, 201, 242, 220, 221],
  logon: [...OF_A_CREDENTIAL, 220, 221, 230, ...range(232, 236)],
  logout: [],
  verify: OF_A_CREDENTIAL,
  verifyResponse: [...range(200, 204), 242, ...range(250, 257), 300, 320, 321],
  sendOTP: [...range(200, 204), 242, ...range(251, 257), 300, 303, ...range(341, 344)],
  sendActivationCode: [200, 242, 250, 252, 258, 352, ...range(341, 344)],
  syncToken: [...range(200, 204), 242, 250, ...range(252, 256), 310, 303],
  downloadToken: [...range(200, 204), 242, 250, 252, 253, 255, 350, 351, 353, 300],
  activateTokenAssignment: [200, 242, 250, 252, 258, 253, 255, 350, 351, 352],
  getPolicy: [370, 200, 242, 220, 221],
  listSiteStamps: [242],
  getChallengeCode: [...range(200, 204), 242, ...range(250, 257), 321],
  listTokens: [200, 201, 242],
  changePassword: [200, ...range(202, 204), 242, 300, 360, 361, 362],
  verifyPin: [...range(200, 204), 242, 250, ...range(252, 256), 258, 300],
  resetLogon: [],
};

describe('section 4: what is declared of the methods', () => {
  const world = worldOfSuite();
  const methods = () => world().get(AuthMethodRegistry);

  it('is each of them, and no other one', () => {
    expect(
      methods()
        .all()
        .map(({ name }) => name),
    ).toEqual(Object.keys(FAILURES).toSorted());
  });

  it.each(Object.entries(FAILURES))('%s: every failure of the contract', (name, failures) => {
    expect(methods().get(name)?.codes).toEqual(expect.arrayContaining([...failures]));
  });

  it.each(['verify', 'verifyResponse'])('%s: nothing of applications, steps and logons', (name) => {
    expect(
      methods()
        .get(name)
        ?.codes.filter((code) => code >= 220 && code < 240),
    ).toEqual([]);
  });

  it.each(Object.keys(FAILURES))('%s: examples that it takes, and parameters with a meaning', (name) => {
    const method = methods().get(name);
    expect(method?.examples?.length).toBeGreaterThan(0);
    for (const { request } of method?.examples ?? []) {
      expect(() =>
        method?.read(JSON.parse(JSON.stringify(request)) as Parameters<typeof method.read>[0]),
      ).not.toThrow();
    }
  });
});
