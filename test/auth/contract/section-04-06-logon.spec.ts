import { beforeEach, describe, expect, it, vi } from 'vitest';
import { AccountBlocks } from '../../../src/tokens/blocking/account-blocks.js';
import { PushRequests } from '../../../src/tokens/push-requests/push-requests.js';
import { type AuthReply, JANES_PASSWORD, worldFile } from '../auth-world.js';
import { Authenticators } from '../authenticators.js';
import { change, SERIAL, TOKEN } from '../tokens-of-people/tokens-world.js';
import { worldOfSuite } from '../world-of-suite.js';

const USER = { loginName: 'jane' };
const SPASS = { method: 'SPASS', password: JANES_PASSWORD };

describe('section 4.6: logon', () => {
  const world = worldOfSuite();
  let give: Authenticators;
  beforeEach(() => {
    vi.restoreAllMocks();
    give = new Authenticators(world());
  });

  /** One step, which takes any authenticator. */
  const logon = (credential: object, more: object = {}): Promise<AuthReply> =>
    world().call('logon', { application: { name: 'files' }, user: USER, credential, ...more });
  const code = async (credential: object, more: object = {}) => (await logon(credential, more)).error;
  const sql = (text: string) => world().database.query(text);
  const otp = (steps = 0) => ({ otp: world().tokens.code(steps) });

  describe('answers, as verify does,', () => {
    it('201 for a login that several people have', async () => {
      const file = JSON.parse(worldFile()) as {
        domains: { users: object[] }[];
        realms: { domains: string[] }[];
      };
      file.domains[1]?.users.push({ login: 'jane', name: 'jane', password: JANES_PASSWORD });
      file.realms[0]?.domains.push('ELSEWHERE');
      await world().apply({ file: JSON.stringify(file) });
      expect(await code(SPASS)).toBe(201);
    });

    it('202 and 203 for who is deactivated or blocked', async () => {
      const { account } = await world().person();
      await world().database.transaction((tx) => world().get(AccountBlocks).start(tx, account.id, 'ACME\\chief', 60));
      expect(await code(SPASS)).toBe(203);
      await sql(`UPDATE accounts SET state = 'deactivated'`);
      expect(await code(SPASS)).toBe(202);
    });

    it.each([
      [253, 'tokens', 'status', 'DISABLED'],
      [253, 'token_assignments', 'status', 'DISABLED'],
      [254, 'token_assignments', 'status', 'INACTIVE'],
      [255, 'token_assignments', 'status', 'LOCKED'],
      [256, 'token_assignments', 'expires', '2006-01-01'],
    ] as const)('%i for a token that is named, with %s.%s %s', async (expected, table, column, value) => {
      await change(world(), await give.totp({ serial: SERIAL }), table, column, value);
      expect(await code(otp(), { token: TOKEN })).toBe(expected);
      expect(await code(otp())).toBe(251);
    });

    it('250, 252 and 257 for no token, somebody else’s and a spent one', async () => {
      expect(await code(otp(), { token: TOKEN })).toBe(250);
      await give.totp({ serial: 'JOHNS' }, {}, 'john');
      expect(await code(otp(), { token: { serial: 'JOHNS' } })).toBe(252);
      await change(world(), await give.totp({ serial: SERIAL }), 'token_assignments', 'usage_limit', 1);
      expect(await code(otp(), { token: TOKEN })).toBe(0);
      expect(await code(otp(1), { token: TOKEN })).toBe(257);
    });

    it('300, 301, 302 for codes that are wrong, out of step or used', async () => {
      await give.totp();
      expect(await code({ otp: '000000' })).toBe(300);
      expect(await logon(otp(20))).toMatchObject({ error: 301, severity: 'WARNING' });
      expect(await code(otp(21))).toBe(0);
      expect(await code(otp(21))).toBe(302);
    });

    it('303 for an authenticator that is not checked here, and for a member that is missing', async () => {
      for (const credential of [{ method: 'CERT', otp: '1' }, { method: 'SPASS' }, { cc: '1' }]) {
        expect(await code(credential)).toBe(303);
      }
    });

    it('320 and 321 for a challenge that is not there, and a token that answers none', async () => {
      await give.totp({ serial: SERIAL });
      expect(await code({ otp: '675414', cc: '40715926' }, { token: TOKEN })).toBe(321);
      await give.ocra({ serial: 'OCRA' });
      expect(await code({ otp: '675414', cc: '40715926' }, { token: { serial: 'OCRA' } })).toBe(320);
    });

    it('340 for a passcode that is too old', async () => {
      await world().call('sendOTP', { user: USER });
      world().clock.advance(301);
      expect(await code({ method: 'OTPoD', otp: '123456' })).toBe(340);
    });

    it('380 and 381 for a person who says no, or nothing', async () => {
      await give.push();
      const request = vi.spyOn(world().get(PushRequests), 'request');
      request.mockResolvedValueOnce({ outcome: 'denied' });
      expect(await code({ method: 'OOBA' })).toBe(380);
      request.mockResolvedValueOnce({ outcome: 'no-answer' });
      expect(await code({ method: 'OOBA' })).toBe(381);
    });
  });

  it('`cc` turns the check into one of a response', async () => {
    await give.totp();
    await give.ocra();
    await world().call('getChallengeCode', { user: USER });
    await sql(`UPDATE token_challenges SET code = '40715926'`);
    expect(await code({ ...otp(), cc: '40715926' })).toBe(300);
    expect(await code({ otp: '675414', cc: '40715926' })).toBe(0);
  });

  it('takes the symbols along the path of a grid on screen', async () => {
    await give.gridGo('1364');
    const token = { 'product.method': 'GridGo' };
    const { result } = await world().call('getChallengeCode', { user: USER, token });
    const shown = { grid: ['k4t9wa', '3mrx7c', 'v0pz2h', '8dnj6e'], rows: 4, cols: 6, indiecs: 'ABCDEF' };
    await world().database.query('UPDATE token_challenges SET code = $1', [JSON.stringify(shown)]);
    const credential = { method: 'GRIDGO', otp: '0rxz6', cc: result?.['reference'] };
    expect([await code(credential), await code(credential)]).toEqual([0, 320]);
  });

  it('a failure counts, and is told again once the lock is over', async () => {
    await world().apply({ policies: [{ name: 'l', category: 'lockout', options: { maxFailures: '1' } }] });
    await give.totp();
    expect(await code({ otp: '000000' })).toBe(300);
    expect(await code(otp())).toBe(203);
    world().clock.advance(1_800);
    expect(await code(otp())).toBe(0);
  });

  it('says nothing without `return`, also when more steps remain', async () => {
    const body = { application: { name: 'mail' }, user: USER, credential: SPASS };
    const answer = await world().app.inject({
      method: 'POST',
      url: '/das5/rest/auth/logon',
      headers: { authorization: `Bearer ${await world().bearer('vpn')}` },
      payload: JSON.stringify(body),
    });
    expect(answer.body).toBe('{"error":0}');
  });

  it('tells only of the logon, whatever `return` asks for', async () => {
    expect((await logon(SPASS, { return: ['completed', 'user', 'token'] })).result).toEqual({ completed: true });
    expect(await code(SPASS, { return: ['password'] })).toBe(106);
  });
});

describe('section 1.4: the logon session', () => {
  const world = worldOfSuite();

  const first = (options: object = {}) =>
    world().call('logon', { application: { name: 'mail' }, user: USER, credential: SPASS }, options);

  it('is a fresh one for each call of a client without cookies', async () => {
    const [one, two] = [await first(), await first()];
    expect(one.cookie).not.toBe(two.cookie);
    expect(await world().database.query('SELECT 1 FROM logon_sessions')).toHaveLength(2);
    expect(await world().code('verify', { user: USER, credential: SPASS })).toBe(0);
  });

  it('lasts five minutes with steps left; half an hour, and twelve at most, once it is complete', async () => {
    await new Authenticators(world()).totp();
    const lasts = async () => {
      const [session] = await world().database.query<{ idle: Date; end: Date }>(
        'SELECT idle_until AS idle, expires_at AS end FROM logon_sessions',
      );
      const now = world().clock.now().getTime();
      return [session?.idle, session?.end].map((at) => ((at?.getTime() ?? 0) - now) / 1_000);
    };
    const { cookie } = await first();
    expect(await lasts()).toEqual([300, 3_600]);
    const credential = { otp: world().tokens.code() };
    expect(await world().code('logon', { application: { name: 'mail' }, credential }, { cookie })).toBe(0);
    expect(await lasts()).toEqual([1_800, 43_200]);
  });
});
