import { beforeEach, describe, expect, it, vi } from 'vitest';
import { LogonSessions } from '../../../src/auth/logon/logon-sessions.js';
import { ANSWERS, Authenticators } from '../authenticators.js';
import { type AuthReply, JANES_PASSWORD, JOHNS_PASSWORD } from '../auth-world.js';
import { worldOfSuite } from '../world-of-suite.js';

const SPASS = { method: 'SPASS', password: JANES_PASSWORD };
const USER = { loginName: 'jane' };
const MAIL = { name: 'mail' };

describe('section 4.6: logon', () => {
  const world = worldOfSuite();
  let give: Authenticators;

  beforeEach(() => {
    give = new Authenticators(world());
  });

  const logon = (body: object, cookie?: string, agent = 'vpn'): Promise<AuthReply> =>
    world().call('logon', { application: MAIL, return: ['*'], ...body }, { cookie, agent });
  const first = (body: object = {}) => logon({ user: USER, credential: SPASS, ...body });
  const otp = (steps = 0) => ({ otp: world().tokens.code(steps) });

  /** The cookie of jane's session with the password shown. */
  async function begun(body: object = {}): Promise<string> {
    const { error, cookie = '' } = await first(body);
    expect(error).toBe(0);
    return cookie;
  }

  describe('goes step by step', () => {
    it('and says where it stands only when it is asked', async () => {
      await give.totp();
      expect(await first()).toMatchObject({ error: 0, result: { step: 2, steps: 2, completed: false } });
      const cookie = await begun();
      expect(await logon({ credential: otp() }, cookie)).toMatchObject({
        error: 0,
        result: { step: 2, steps: 2, completed: true },
      });
      const silent = await world().call('logon', { application: MAIL, user: USER, credential: SPASS });
      expect({ ...silent, cookie: '', setCookie: '' }).toEqual({
        status: 200,
        error: 0,
        cookie: '',
        setCookie: '',
        retryAfter: undefined,
      });
    });

    it('for both forms of the path, with the cookie of the form that was called', async () => {
      await give.totp();
      const body = { application: MAIL, user: USER, credential: SPASS };
      const old = await world().call('logon', body, { path: '/das5/rest/auth' });
      expect(old.setCookie).toMatch(/^JSESSIONID=[\w-]{43}; Path=\/das5; HttpOnly; SameSite=Strict$/);
      expect((await world().call('logon', body)).setCookie).toMatch(/Path=\/auth;/);
      const done = await world().call(
        'logon',
        { application: MAIL, credential: otp() },
        { cookie: old.cookie, path: '/das5/rest/auth' },
      );
      expect(done.error).toBe(0);
    });

    it('in one, where the procedure has one', async () => {
      await give.totp();
      const door = { application: { id: 'app-door' }, user: USER, credential: otp(), return: ['*'] };
      expect(await world().call('logon', door)).toMatchObject({
        error: 0,
        result: { step: 1, steps: 1, completed: true },
      });
    });

    it('with the person named again, or not', async () => {
      await give.totp();
      const { account } = await world().person();
      const cookie = await begun();
      expect((await logon({ user: { id: account.id }, credential: { otp: '000000' } }, cookie)).error).toBe(300);
      expect((await logon({ user: { loginName: 'HARBOUR\\Jane' }, credential: otp() }, cookie)).error).toBe(0);
    });

    it('and keeps the step when a credential is refused', async () => {
      await give.totp();
      const cookie = await begun();
      const refused = await logon({ credential: { otp: '000000' } }, cookie);
      expect(refused).toMatchObject({ error: 300, cookie: undefined });
      expect((await logon({ credential: otp() }, cookie)).error).toBe(0);
    });

    it('205 does not take it on', async () => {
      await world().database.query('UPDATE builtin_people SET must_change_password = true');
      expect(await first()).toMatchObject({ error: 205, severity: 'WARNING', cookie: undefined });
      const newPassword = 'seven grey herons wade';
      expect(await world().code('changePassword', { user: USER, oldPassword: JANES_PASSWORD, newPassword })).toBe(0);
      expect((await first({ credential: { ...SPASS, password: newPassword } })).error).toBe(0);
    });
  });

  describe('with each authenticator', () => {
    const second = async (credential: object, body: object = {}): Promise<number> =>
      (await logon({ credential, ...body }, await begun())).error;
    const challenge = async (token: object): Promise<{ id: string; code: string }> => {
      const { result } = await world().call('getChallengeCode', { user: USER, token });
      return result as { id: string; code: string };
    };

    it('OTPoD', async () => {
      const cookie = await begun();
      expect(await world().code('sendOTP', { user: USER })).toBe(0);
      const [message] = await world().mailbox();
      const code = /\b\d{6}\b/.exec(message?.text ?? '')?.[0];
      expect((await logon({ credential: { method: 'OTPoD', otp: code } }, cookie)).error).toBe(0);
    });

    it('GRID', async () => {
      await give.gridCard();
      const { id, code } = await challenge({ 'product.method': 'GridCard' });
      expect(await second({ method: 'GRID', otp: give.readCard(code), cc: id })).toBe(0);
    });

    it('EMCODE', async () => {
      expect(await second({ method: 'EMCODE', otp: await give.emergencyCode() })).toBe(0);
    });

    it('QNA, beside a password', async () => {
      await give.questions();
      const { code } = await challenge({ 'product.method': 'Questions' });
      const { questions } = JSON.parse(code) as { questions: { id: string; question: string }[] };
      const answers = questions.map(({ id, question }) => ({ id, answer: ANSWERS[question] }));
      expect(await second({ method: 'QNA', answers })).toBe(0);
    });

    it('FIDO', async () => {
      const { port } = world().app.getHttpServer().address() as { port: number };
      const key = await give.fido(`http://localhost:${port}`);
      const { id, code } = await challenge({ 'product.method': 'FIDO' });
      const assertion = key.get(JSON.parse(code) as Parameters<typeof key.get>[0]);
      expect(await second({ method: 'FIDO', otp: JSON.stringify(assertion), cc: id })).toBe(0);
    });

    it('section 6.12: never an emergency code or questions alone', async () => {
      const files = { application: { name: 'files' }, user: USER };
      const code = await give.emergencyCode();
      expect(await world().code('logon', { ...files, credential: { method: 'EMCODE', otp: code } })).toBe(232);
      expect(await world().code('logon', { ...files, credential: { method: 'QNA', answers: [] } })).toBe(232);
      expect(await world().code('logon', { ...files, credential: SPASS })).toBe(0);
      expect(await second({ method: 'EMCODE', otp: code })).toBe(0);
    });
  });

  describe('refuses', () => {
    it('220, 221, 230: applications that there are not, that are not for the agent, or without a procedure', async () => {
      expect((await first({ application: { name: 'none' } })).error).toBe(220);
      expect((await first({ application: { id: 'app-mail', name: 'door' } })).error).toBe(220);
      expect((await first({ application: { name: 'closed' } })).error).toBe(230);
      await world().database.query(
        `UPDATE declared_objects SET spec = jsonb_set(spec, '{applications}', '["door"]') WHERE kind = 'agent'`,
      );
      await world().reread();
      expect((await first()).error).toBe(221);
    });

    it('101 without an application, a person in the first step, or a credential', async () => {
      expect((await first({ application: undefined })).error).toBe(101);
      expect((await first({ user: undefined })).error).toBe(101);
      expect((await first({ credential: undefined })).error).toBe(101);
    });

    it('attack 35: 232 for what the step does not ask, which is not looked at or counted', async () => {
      await give.totp();
      expect((await first({ credential: otp() })).error).toBe(232);
      const cookie = await begun();
      expect((await logon({ credential: SPASS }, cookie)).error).toBe(232);
      expect((await logon({ credential: { pin: '1234' } }, cookie)).error).toBe(232);
      expect((await logon({ credential: otp() }, cookie)).error).toBe(0);
      expect(await world().audit('logon.refused')).toMatchObject([
        { actor: 'agent vpn', domain: 'HARBOUR', detail: { application: 'mail', code: 232 } },
        { detail: { code: 232 } },
        { detail: { code: 232 } },
      ]);
    });

    it('a static password in a step that does not have it checked', async () => {
      const steps = [{ name: 'any', authenticators: ['SPASS', 'OTP'], checkStaticPass: false }];
      await world().apply({ steps });
      await give.totp();
      const files = { application: { name: 'files' }, user: USER };
      expect(await world().code('logon', { ...files, credential: SPASS })).toBe(232);
      expect(await world().code('logon', { ...files, credential: otp() })).toBe(0);
    });

    it('303 in a step with challenges for a code without one', async () => {
      await world().apply({
        steps: [{ name: 'any', authenticators: ['SPASS', 'OTP', 'OTPoD'], challengResponse: true }],
      });
      await give.totp();
      const files = { application: { name: 'files' }, user: USER };
      expect(await world().code('logon', { ...files, credential: otp() })).toBe(303);
      expect(await world().code('logon', { ...files, credential: SPASS })).toBe(0);
    });

    it('233 when the time between two steps is over, and forgets the cookie', async () => {
      await give.totp();
      const cookie = await begun();
      world().clock.advance(300);
      expect(await logon({ credential: otp() }, cookie)).toMatchObject({ error: 233, cookie: '' });
      await world().apply({ policies: [{ name: 'slow', category: 'logon', options: { pendingTimeout: '900' } }] });
      const slow = await begun();
      world().clock.advance(899);
      expect((await logon({ credential: otp() }, slow)).error).toBe(0);
    });

    it('233 after twenty credentials in one step', async () => {
      await world().apply({ settings: { authenticator_max_failures: 100 } });
      await give.totp();
      const cookie = await begun();
      const codes = [];
      for (let guess = 0; guess < 21; guess++) {
        codes.push((await logon({ credential: { method: 'PIN', pin: '1234' } }, cookie)).error);
      }
      expect(codes).toEqual([...Array.from({ length: 20 }, () => 232), 233]);
    });

    it('attack 65: 234 for another person or application than the session’s', async () => {
      await give.totp();
      const cookie = await begun();
      expect((await logon({ user: { loginName: 'john' }, credential: otp() }, cookie)).error).toBe(234);
      expect((await logon({ application: { name: 'door' }, credential: otp() }, cookie)).error).toBe(234);
      expect((await logon({ credential: otp() }, cookie)).error).toBe(0);
    });

    it('attack 65: 236 for a session of another agent, and for one that there is not', async () => {
      await give.totp();
      const cookie = await begun();
      expect((await logon({ credential: otp() }, cookie, 'portal')).error).toBe(236);
      expect(await logon({ credential: otp() }, 'made-up')).toMatchObject({ error: 236, cookie: '' });
      expect((await logon({ credential: otp() }, cookie)).error).toBe(0);
    });

    it('200, 241, 242, 204 as everywhere, and 240 never to be had from a file', async () => {
      expect((await first({ user: { loginName: 'nobody' } })).error).toBe(200);
      expect((await first({ user: { loginName: 'mary', 'domain.name': 'ELSEWHERE' } })).error).toBe(242);
      expect((await first({ user: { loginName: 'jane', 'domain.name': 'NOWHERE' } })).error).toBe(241);
      await world().database.query('UPDATE builtin_people SET disabled = true');
      expect((await first()).error).toBe(204);
    });

    it('240 for an application without a realm', async () => {
      await world().database.query(`UPDATE declared_objects SET spec = spec - 'realm' WHERE kind = 'application'`);
      await world().reread();
      expect((await first()).error).toBe(240);
    });
  });

  describe('gives sessions', () => {
    it('whose cookie is another one when the logon is complete, and the old one is worth nothing', async () => {
      await give.totp();
      const cookie = await begun();
      const done = await logon({ credential: otp() }, cookie);
      expect(done.cookie).toMatch(/^[\w-]{43}$/);
      expect(done.cookie).not.toBe(cookie);
      expect((await logon({ credential: otp(1) }, cookie)).error).toBe(236);
    });

    it('attack 10: that nobody can choose: a cookie that was brought along never becomes one', async () => {
      const brought = 'A'.repeat(43);
      expect((await logon({ user: USER, credential: SPASS }, brought)).error).toBe(236);
      const cookie = await begun();
      expect(cookie).not.toBe(brought);
    });

    it('that are kept as a digest', async () => {
      const cookie = await begun();
      const stored = JSON.stringify(await world().database.query('SELECT * FROM logon_sessions'));
      expect(stored).not.toContain(cookie);
      expect(stored).toContain('vpn');
    });

    it('in place of a complete one, also for somebody else', async () => {
      await give.totp();
      const done = await logon({ credential: otp() }, await begun());
      const john = { loginName: 'john' };
      const next = await logon({ user: john, credential: { ...SPASS, password: JOHNS_PASSWORD } }, done.cookie);
      expect(next).toMatchObject({ error: 0, result: { step: 2 } });
      expect((await logon({ credential: otp(1) }, done.cookie)).error).toBe(236);
      expect(await world().database.query('SELECT 1 FROM logon_sessions')).toHaveLength(1);
    });

    it('attack 17: that end with a change of password', async () => {
      await give.totp();
      const cookie = await begun();
      const newPassword = 'seven grey herons wade';
      expect(await world().code('changePassword', { user: USER, oldPassword: JANES_PASSWORD, newPassword })).toBe(0);
      expect((await logon({ credential: otp() }, cookie)).error).toBe(233);
    });

    it('attack 17: none where the password changes between its check and the session', async () => {
      const sessions = world().get(LogonSessions);
      const pass = sessions.pass.bind(sessions);
      const change = { user: USER, oldPassword: JANES_PASSWORD, newPassword: 'seven grey herons wade' };
      vi.spyOn(sessions, 'pass').mockImplementationOnce(async (passage) => {
        expect(await world().code('changePassword', change)).toBe(0);
        return pass(passage);
      });
      expect(await first()).toMatchObject({ error: 233, cookie: undefined });
      expect(await world().database.query('SELECT 1 FROM logon_sessions')).toEqual([]);
      vi.restoreAllMocks();
    });

    it('and the moment of the last logon, with the last step alone', async () => {
      await give.totp();
      const cookie = await begun();
      expect((await world().person()).account.lastLogonAt).toBeNull();
      world().clock.advance(7);
      await logon({ credential: otp() }, cookie);
      expect((await world().person()).account.lastLogonAt).toEqual(world().clock.now());
      expect(await world().audit('logon.completed')).toMatchObject([
        {
          actor: 'agent vpn',
          outcome: 'success',
          detail: { application: 'mail', step: 'second', authenticator: 'OTP' },
        },
      ]);
    });
  });

  describe('section 6.4: failures', () => {
    const failures = async (): Promise<Record<string, number>> =>
      Object.fromEntries(
        (
          await world().database.query<{ authenticator: string; failures: number }>(
            'SELECT authenticator, failures FROM authenticator_counters',
          )
        ).map((row) => [row.authenticator, row.failures]),
      );

    it('attack 27: are not forgotten by a step with another authenticator, and all by a whole logon', async () => {
      await give.totp();
      await give.pin('2468');
      await world().code('verify', { user: USER, credential: { otp: '000000' } });
      await world().code('verify', { user: USER, credential: { pin: '0000' } });
      const cookie = await begun();
      expect(await failures()).toEqual({ OTP: 1, PIN: 1 });
      await logon({ credential: otp() }, cookie);
      expect(await failures()).toEqual({ OTP: 0, PIN: 0 });
    });

    it('attack 27: stay after a logon that took a password alone, which buys no guesses at a passcode', async () => {
      await give.totp();
      for (let guess = 0; guess < 2; guess++) {
        expect(await world().code('verify', { user: USER, credential: { otp: '000000' } })).toBe(300);
        const files = { application: { name: 'files' }, user: USER, credential: SPASS, return: ['*'] };
        expect(await world().call('logon', files)).toMatchObject({ error: 0, result: { completed: true } });
      }
      expect(await failures()).toEqual({ OTP: 2 });
    });

    it('attack 27: of a PIN stay after a logon that took a passcode alone', async () => {
      await give.totp();
      await give.pin('2468');
      expect(await world().code('verify', { user: USER, credential: { pin: '0000' } })).toBe(300);
      const door = { application: { id: 'app-door' }, user: USER, credential: otp() };
      expect(await world().code('logon', door)).toBe(0);
      expect(await failures()).toMatchObject({ PIN: 1 });
    });

    it('that have locked an authenticator stay, whatever else is right', async () => {
      await give.totp();
      await give.pin('2468');
      for (let guess = 0; guess < 5; guess++) {
        await world().code('verify', { user: USER, credential: { pin: '0000' } });
        world().clock.advance(60);
      }
      await logon({ credential: otp() }, await begun());
      expect(await world().code('verify', { user: USER, credential: { pin: '2468' } })).toBe(203);
    });
  });
});
