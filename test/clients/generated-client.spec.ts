import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { LatchkeyProcess } from '../support/latchkey-process.js';
import { sharedService } from '../support/shared-service.js';
import { DemoPerson } from './demo-person.js';
import { GeneratedAgent } from './generated-agent.js';

// The server is built and the client compiled when no spec file has asked for them before.
vi.setConfig({ hookTimeout: 300_000 });

const NUMBER: unknown = expect.any(Number);
const APPLICATION = { id: 'aid1' };
const USER = { loginName: DemoPerson.LOGIN };
const SPASS = { method: 'SPASS', password: DemoPerson.PASSWORD };

describe('a client generated from openapi.json', () => {
  let server: LatchkeyProcess;
  let agent: GeneratedAgent;
  let jane: DemoPerson;

  beforeAll(async () => {
    server = await LatchkeyProcess.start();
    jane = new DemoPerson(server.url);
  });
  beforeEach(async () => {
    agent = await GeneratedAgent.connect(server.url);
  });
  afterAll(() => server.stop());

  it('compiles under strict TypeScript, with the documented program and calls of every method', async () => {
    const { problems } = await sharedService('generated-client');
    expect(problems).toBe('');
  });

  it('reaches every method by both forms of its path', async () => {
    const calls = await agent.everyCall();
    const paths = [...new Set(calls.map(({ path }) => path))];
    const methods = (prefix: string) =>
      paths.filter((path) => path.startsWith(prefix)).map((path) => path.slice(prefix.length));
    expect(methods('/auth/')).toEqual(expect.arrayContaining(['logon', 'logout', 'resetLogon', 'getChallengeCode']));
    expect(methods('/auth/')).toHaveLength(22);
    expect(methods('/das5/rest/auth/')).toEqual(methods('/auth/').filter((name) => name !== 'oauth/token'));
    for (const { path, status, answer } of calls) {
      if (path.endsWith('oauth/token')) continue;
      expect([path, status, answer]).toEqual([path, 200, expect.objectContaining({ error: NUMBER })]);
    }
  });

  it('asks what there is', async () => {
    const rows = async (method: string, body: object) =>
      (await agent.result<{ rows: Record<string, unknown>[] }>(method, body)).rows;
    const names = async (method: string, body: object) => (await rows(method, body)).map(({ name }) => name);
    expect(await names('listApplications', {})).toEqual(['application 1', 'application 2']);
    expect(await names('listDomains', { application: APPLICATION })).toEqual(['RCDEVSDOCS', 'domain 1']);
    expect(await names('getLogonSteps', { application: APPLICATION, user: USER })).toEqual(['step 1', 'step 2']);
    const second = await rows('listAuthenticators', { application: APPLICATION, step: 2 });
    expect(second.map(({ code }) => code)).toEqual(['OTP', 'OTPoD', 'OOBA', 'GRID', 'FIDO']);
    const tokens = await rows('listTokens', { user: USER, token: { 'product.method': 'GridCard' } });
    expect(tokens).toMatchObject([{ serial: '77003456' }]);
  });

  describe('takes Jane through a two-step logon', () => {
    const first = () => agent.present({ application: APPLICATION, user: USER, credential: SPASS });
    const second = (credential: object) => agent.present({ application: APPLICATION, credential });
    const challenge = (token: object) =>
      agent.result<{ id: string; code: string }>('getChallengeCode', { user: USER, token });

    it('with the code of her app', async () => {
      expect(await first()).toBe(false);
      expect(await second({ otp: jane.code() })).toBe(true);
    });

    it('with a passcode by mail', async () => {
      expect(await first()).toBe(false);
      await agent.result('sendOTP', { user: USER });
      expect(await second({ method: 'OTPoD', otp: await jane.passcode() })).toBe(true);
    });

    it('with her grid card', async () => {
      expect(await first()).toBe(false);
      const { id, code } = await challenge({ 'product.method': 'GridCard' });
      expect(await second({ method: 'GRID', otp: await jane.readCard(code), cc: id })).toBe(true);
    });

    it('with a FIDO key', async () => {
      const key = await jane.fidoKey();
      expect(await first()).toBe(false);
      const { id, code } = await challenge({ 'product.method': 'FIDO' });
      const assertion = key.get(JSON.parse(code) as Parameters<typeof key.get>[0]);
      expect(await second({ method: 'FIDO', otp: JSON.stringify(assertion), cc: id })).toBe(true);
    });

    it('with an approval on her phone', async () => {
      const phone = await jane.pushDevice();
      expect(await first()).toBe(false);
      const [complete] = await Promise.all([second({ method: 'OOBA' }), phone.approve()]);
      expect(complete).toBe(true);
    });

    it('by the other form of the path', async () => {
      const logon = (body: object) => agent.call('logon', { application: APPLICATION, ...body }, 'das5');
      expect(await logon({ user: USER, credential: SPASS })).toEqual({ error: 0 });
      expect(await logon({ credential: { otp: jane.code(1) }, return: ['completed'] })).toEqual({
        error: 0,
        result: { completed: true },
      });
    });

    it('and tells why not', async () => {
      await first();
      await expect(second({ otp: '000000' })).rejects.toThrow('300: Incorrect credentials');
      await expect(second(SPASS)).rejects.toThrow('232: ');
    });
  });

  describe('ends a logon, by the cookie', () => {
    const logon = async (body: object) => (await agent.call('logon', { application: APPLICATION, ...body })).error;
    /** Shows the password; the session is at the second step then, which takes none, for a person that it knows. */
    const begin = async () => {
      expect(await logon({ user: USER, credential: SPASS })).toBe(0);
      expect(await logon({ credential: SPASS })).toBe(232);
    };

    it('with resetLogon, which lets somebody else begin', async () => {
      await begin();
      expect(await agent.call('resetLogon', {})).toEqual({ error: 0 });
      const john = { user: { loginName: 'john' }, credential: { method: 'SPASS', password: 'correct horse 2' } };
      expect(await logon({ credential: SPASS })).toBe(101);
      expect(await logon(john)).toBe(0);
    });

    it('with logout, after which the second step has no session', async () => {
      await begin();
      expect(await agent.call('logout', {})).toEqual({ error: 0 });
      expect(await logon({ credential: { otp: jane.code(2) } })).toBe(101);
      expect(await agent.call('logout', {})).toEqual({ error: 0 });
    });
  });
});
