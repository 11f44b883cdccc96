import { beforeEach, describe, expect, it } from 'vitest';
import { KeyRing } from '../../../src/core/crypto/key-ring.js';
import { plainSecret } from '../../../src/core/crypto/secret-types.js';
import { AccountBlocks } from '../../../src/tokens/blocking/account-blocks.js';
import { pinCodePurpose } from '../../../src/tokens/token-secrets.js';
import { TokenStore } from '../../../src/tokens/token-store.js';
import { JANES_PASSWORD } from '../auth-world.js';
import { Authenticators } from '../authenticators.js';
import { worldOfSuite } from '../world-of-suite.js';

const USER = { loginName: 'jane' };
const SPASS = { method: 'SPASS', password: JANES_PASSWORD };

describe('section 4.8: verify', () => {
  const world = worldOfSuite();
  let give: Authenticators;

  beforeEach(() => {
    give = new Authenticators(world());
  });

  const verify = (credential: object, more: object = {}) =>
    world().patiently('verify', { user: USER, credential, ...more });

  describe('of a static password', () => {
    it('says 0 for the right one, and 300 for a wrong one', async () => {
      expect(await world().call('verify', { user: USER, credential: SPASS })).toEqual({
        status: 200,
        error: 0,
        cookie: undefined,
        setCookie: undefined,
        retryAfter: undefined,
      });
      expect(await world().call('verify', { user: USER, credential: { ...SPASS, password: 'wrong' } })).toMatchObject({
        status: 200,
        error: 300,
        message: 'Incorrect credentials',
        severity: 'ERROR',
      });
    });

    it('is meant where the credential has a password and no method', async () => {
      expect(await verify({ password: JANES_PASSWORD })).toBe(0);
    });

    it('attack 50: an empty one is no credential, one of blanks is wrong; neither is counted', async () => {
      expect(await verify({ method: 'SPASS', password: '' })).toBe(303);
      for (let attempt = 0; attempt < 10; attempt++) expect(await verify({ ...SPASS, password: '   ' })).toBe(300);
      expect(await verify(SPASS)).toBe(0);
    });

    it('attack 31: strangers who guess are locked out, and an address that was right before is not', async () => {
      expect(await verify(SPASS, { remoteIp: '203.0.113.20' })).toBe(0);
      const guesses = [];
      for (let guess = 0; guess < 5; guess++) {
        guesses.push(await verify({ ...SPASS, password: `guess ${guess}` }, { remoteIp: `198.51.100.${guess}` }));
      }
      expect(guesses).toEqual([300, 300, 300, 203, 203]);
      expect(await verify(SPASS, { remoteIp: '198.51.100.9' })).toBe(203);
      expect(await verify(SPASS, { remoteIp: '203.0.113.20' })).toBe(0);
    });

    it('205: one that must be changed, with the severity of a warning', async () => {
      await world().database.query('UPDATE builtin_people SET must_change_password = true');
      expect(await world().call('verify', { user: USER, credential: SPASS })).toMatchObject({
        error: 205,
        severity: 'WARNING',
      });
      expect(await verify({ ...SPASS, password: 'wrong' })).toBe(300);
    });

    it('205: one that is older than the policy allows', async () => {
      await world().apply({ policies: [{ name: 'age', category: 'password', options: { maxAgeDays: '30' } }] });
      expect(await verify(SPASS)).toBe(0);
      world().clock.advance(31 * 86_400);
      expect(await verify(SPASS)).toBe(205);
    });

    it('204 for who is switched off, 202 for who is deactivated, 203 for who is blocked', async () => {
      const { account } = await world().person();
      await world().database.query('UPDATE builtin_people SET disabled = true');
      expect(await verify(SPASS)).toBe(204);
      await world().database.query('UPDATE builtin_people SET disabled = false');
      await world().database.query(`UPDATE accounts SET state = 'deactivated'`);
      expect(await verify(SPASS)).toBe(202);
      await world().database.query(`UPDATE accounts SET state = 'active'`);
      await world().database.transaction((tx) => world().get(AccountBlocks).start(tx, account.id, 'ACME\\chief', 60));
      expect(await verify(SPASS)).toBe(203);
      expect(await verify({ otp: '000000' })).toBe(203);
    });
  });

  describe('of a one-time password', () => {
    it('says 0 once, and 302 from then on', async () => {
      await give.totp();
      const otp = world().tokens.code();
      expect(await verify({ otp })).toBe(0);
      expect(await world().call('verify', { user: USER, credential: { otp } })).toMatchObject({
        error: 302,
        message: 'Passcode has already been used',
      });
    });

    it('tells with `return` which token it was, and nothing about the person', async () => {
      const { token } = await give.totp();
      const answer = await world().call('verify', {
        user: USER,
        credential: { method: 'OTP', otp: world().tokens.code() },
        return: ['*'],
      });
      expect(answer.result).toEqual({ token: { id: token.id, serial: token.serial } });
      const password = await world().call('verify', { user: USER, credential: SPASS, return: ['token', 'user'] });
      expect(password.result).toEqual({ token: null });
    });

    it('takes spaces and hyphens in a numeric code', async () => {
      await give.totp();
      const code = world().tokens.code();
      expect(await verify({ otp: `${code.slice(0, 3)} ${code.slice(3)}` })).toBe(0);
      const next = world().tokens.code(1);
      expect(await verify({ otp: `${next.slice(0, 3)}-${next.slice(3)}` })).toBe(0);
    });

    it('301 for a code out of step, as a warning; the next one brings the token back', async () => {
      await give.totp();
      expect(await world().call('verify', { user: USER, credential: { otp: world().tokens.code(20) } })).toMatchObject({
        error: 301,
        severity: 'WARNING',
      });
      expect(await verify({ otp: world().tokens.code(21) })).toBe(0);
    });

    it('203 after five wrong ones, also for the right one, until the lock is over', async () => {
      await give.totp();
      const codes = [];
      for (let attempt = 0; attempt < 6; attempt++) {
        codes.push(await verify({ otp: '000000' }));
        world().clock.advance(60);
      }
      expect(codes).toEqual([300, 300, 300, 300, 300, 203]);
      expect(await verify({ otp: world().tokens.code() })).toBe(203);
      expect(await verify(SPASS)).toBe(0);
      world().clock.advance(1_800);
      expect(await verify({ otp: world().tokens.code() })).toBe(0);
    });

    it('attack 44: odd ones are wrong, in whatever form', async () => {
      await give.totp();
      for (const otp of ['0', '1'.repeat(1_000), '١٢٣٤٥٦', 'abcdef', '12 34', '-12345']) {
        world().clock.advance(3_600);
        expect(await verify({ otp })).toBe(300);
        world().clock.advance(3_600);
      }
    });

    it.each([
      ['beside it', (pin: string, otp: string) => ({ otp, pin })],
      ['in front of it', (pin: string, otp: string) => ({ otp: `${pin}${otp}` })],
    ])('with a PIN %s', async (_, credential) => {
      await world().apply({ settings: { require_otp_pin_prefix: true } });
      await give.totp();
      await give.pin('2468');
      expect(await verify({ otp: world().tokens.code() })).toBe(300);
      expect(await verify(credential('1357', world().tokens.code()))).toBe(300);
      expect(await verify(credential('2468', world().tokens.code()))).toBe(0);
    });

    it('section 6.3: pinMode SEPARATE takes a PIN beside the code only, PREFIX in either place', async () => {
      const mode = (pinMode: string) =>
        world().apply({ policies: [{ name: 'pin', category: 'LK/TOTP', options: { pinMode } }] });
      await give.totp({ product: 'LK/TOTP' });
      await give.pin('2468');
      await mode('SEPARATE');
      expect(await verify({ otp: world().tokens.code() })).toBe(300);
      expect(await verify({ otp: `2468${world().tokens.code()}` })).toBe(300);
      expect(await verify({ otp: world().tokens.code(), pin: '1357' })).toBe(300);
      expect(await verify({ otp: `2468${world().tokens.code()}`, pin: '2468' })).toBe(300);
      expect(await verify({ otp: world().tokens.code(), pin: '2468' })).toBe(0);
      await mode('PREFIX');
      expect(await verify({ otp: `2468${world().tokens.code(1)}` })).toBe(0);
      expect(await verify({ otp: world().tokens.code(2), pin: '2468' })).toBe(0);
    });

    it('section 4.20: the PIN of the assignment takes the place of the person’s', async () => {
      const { token, assignment } = await give.totp();
      await give.pin('2468');
      const digest = world().get(KeyRing).digest(plainSecret('6203'), pinCodePurpose(token.id));
      await world().database.query('UPDATE token_assignments SET pin_digest = $2 WHERE id = $1', [
        assignment.id,
        digest,
      ]);
      expect(await verify({ otp: world().tokens.code(), pin: '2468' })).toBe(300);
      expect(await verify({ otp: world().tokens.code(), pin: '6203' })).toBe(0);
      expect(await verify({ otp: world().tokens.code(1) })).toBe(0);
    });

    it('a PIN that somebody without one gives is wrong', async () => {
      await give.totp();
      expect(await verify({ otp: world().tokens.code(), pin: '2468' })).toBe(300);
    });

    it('a PIN that is given must be right, also where none is demanded', async () => {
      await give.totp();
      await give.pin('2468');
      expect(await verify({ otp: world().tokens.code(), pin: '1357' })).toBe(300);
      expect(await verify({ otp: world().tokens.code(), pin: '2468' })).toBe(0);
      expect(await verify({ otp: world().tokens.code(1) })).toBe(0);
    });
  });

  describe('section 6.4: failures', () => {
    const failures = () => world().database.query('SELECT authenticator, failures FROM authenticator_counters');

    it('are none of what is malformed, out of reach, or not there', async () => {
      const { token } = await give.totp();
      await give.ocra();
      const named = { token: { serial: token.serial } };
      const codes = [
        await verify({}),
        await verify({ method: 'FACE', otp: '000000' }),
        await verify({ otp: 7 }),
        await verify({ otp: '000000' }, { token: { serial: 'none' } }),
        await verify({ otp: '000000', cc: '12345678' }),
        await verify({ otp: '000000', cc: '12345678' }, named),
        await verify({ method: 'GRIDGO', otp: '000000' }),
        await world().code('sendOTP', { user: USER, options: { channel: 'TELEPHONE' } }),
      ];
      expect(codes).toEqual([303, 303, 102, 250, 320, 321, 320, 343]);
      expect(await failures()).toEqual([]);
    });

    it('are those of used codes, and not those out of step', async () => {
      await give.totp();
      expect(await verify({ otp: world().tokens.code(20) })).toBe(301);
      expect(await failures()).toEqual([{ authenticator: 'OTP', failures: 0 }]);
      const otp = world().tokens.code();
      expect([await verify({ otp }), await verify({ otp })]).toEqual([0, 302]);
      expect(await failures()).toEqual([{ authenticator: 'OTP', failures: 1 }]);
    });
  });

  describe('of a certain token', () => {
    const withToken = (token: object) => verify({ otp: world().tokens.code() }, { token });

    it('by its serial number, its id, or its product', async () => {
      const { token } = await give.totp({ product: 'LK/TOTP' });
      expect(await withToken({ serial: token.serial })).toBe(0);
      world().clock.advance(30);
      expect(await withToken({ id: token.id.toUpperCase() })).toBe(0);
      world().clock.advance(30);
      expect(await withToken({ 'product.method': 'OTP', 'product.functions': 'OTP' })).toBe(0);
      world().clock.advance(30);
      expect(await withToken({ id: token.id, serial: 'another' })).toBe(250);
    });

    it('250 where there is none such, attack 65: whatever an id looks like', async () => {
      await give.totp();
      for (const id of ['no-uuid', '1', '00000000-0000-4000-8000-000000000000', '#i#_Token_4']) {
        expect(await withToken({ id })).toBe(250);
      }
      expect(await withToken({ serial: 'nobody’s' })).toBe(250);
    });

    it('251 where the person has none of the method', async () => {
      expect(await withToken({ 'product.method': 'OTP' })).toBe(251);
      expect(await verify({ method: 'OTP', otp: '123456' })).toBe(251);
      await give.totp();
      expect(await verify({ method: 'EMCODE', otp: '123456' })).toBe(251);
    });

    it('attack 65: 252 for a token of somebody else', async () => {
      const { token } = await give.totp({}, {}, 'john');
      await give.totp();
      expect(await withToken({ serial: token.serial })).toBe(252);
      expect(await withToken({ id: token.id })).toBe(252);
    });

    it.each([
      [253, 'disabled', `UPDATE tokens SET status = 'DISABLED'`],
      [253, 'deceased', `UPDATE tokens SET status = 'DECEASED'`],
      [253, 'disabled for this person', `UPDATE token_assignments SET status = 'DISABLED'`],
      [254, 'not activated', `UPDATE token_assignments SET status = 'INACTIVE'`],
      [255, 'locked', `UPDATE token_assignments SET status = 'LOCKED'`],
      [256, 'not valid yet', `UPDATE token_assignments SET starts = '2126-01-01'`],
      [256, 'expired', `UPDATE token_assignments SET expires = '2006-01-01'`],
      [257, 'used up', `UPDATE token_assignments SET usage_limit = 1, usage_count = 1`],
    ])('attack 41: %i for one that is %s; 251 when it is not named', async (code, _, change) => {
      const { token } = await give.totp();
      await world().database.query(change);
      expect(await withToken({ serial: token.serial })).toBe(code);
      expect(await withToken({ id: token.id })).toBe(code);
      expect(await verify({ otp: world().tokens.code() })).toBe(251);
    });

    it('252 for a token that was taken away', async () => {
      const { token, assignment } = await give.totp();
      await world().database.transaction((tx) => world().get(TokenStore).end(tx, assignment.id, 'removed'));
      expect(await withToken({ serial: token.serial })).toBe(252);
    });
  });

  describe('of other authenticators', () => {
    it('an emergency code, once', async () => {
      const otp = await give.emergencyCode();
      expect(await verify({ method: 'EMCODE', otp: otp.toUpperCase() })).toBe(0);
      expect(await verify({ method: 'EMCODE', otp })).toBe(251);
    });

    it('a PIN', async () => {
      await give.pin('2468');
      expect(await verify({ method: 'PIN', pin: '1357' })).toBe(300);
      expect(await verify({ pin: '2468' })).toBe(0);
    });

    it.each(['CERT', 'DEVICE', 'AUTHCODE', 'APPKEY', 'SSHKEY', 'otp', 'toString', 'FACE'])(
      '303 for %s, which is not checked here',
      async (method) => {
        await give.totp();
        expect(await verify({ method, otp: world().tokens.code(), password: JANES_PASSWORD })).toBe(303);
      },
    );

    it('303 for a credential without what its method needs', async () => {
      for (const credential of [
        {},
        { method: 'SPASS', otp: '1' },
        { method: 'OTP', password: 'x' },
        { method: 'OTPoD' },
        { method: 'GRID' },
        { method: 'GRIDGO' },
        { method: 'EMCODE' },
        { method: 'QNA', otp: '1' },
        { method: 'FIDO' },
        { method: 'PIN', otp: '1234' },
      ]) {
        expect(await verify(credential)).toBe(303);
      }
    });
  });

  describe('of people', () => {
    it('200 for nobody, 242 for somebody of another realm, 241 for a domain that there is not', async () => {
      const of = (user: object, credential: object = SPASS) => world().code('verify', { user, credential });
      expect(await of({ loginName: 'nobody' })).toBe(200);
      expect(await of({ loginName: 'nobody' }, { otp: '123456' })).toBe(200);
      expect(await of({ loginName: 'mary', 'domain.name': 'ELSEWHERE' })).toBe(242);
      expect(await of({ loginName: 'mary' })).toBe(200);
      expect(await of({ loginName: 'jane', 'domain.name': 'NOWHERE' })).toBe(241);
    });

    it('attack 46: does for nobody what it does for somebody: the same hashes', async () => {
      const { evaluated, evaluatedForNobody } = world().hasher;
      const count = (): number => evaluated.length + evaluatedForNobody.length;
      const hashesOf = async (loginName: string): Promise<number> => {
        const before = count();
        await world().code('verify', { user: { loginName }, credential: { ...SPASS, password: 'wrong' } });
        return count() - before;
      };
      expect(await hashesOf('jane')).toBeGreaterThan(0);
      expect(await hashesOf('nobody')).toBe(await hashesOf('jane'));
    });

    it('101 without a person or a credential', async () => {
      expect(await world().call('verify', { credential: SPASS })).toMatchObject({ error: 101 });
      expect(await world().call('verify', { user: USER })).toMatchObject({ error: 101 });
    });
  });

  it('writes down agent, person, token, address and code, and never the credential', async () => {
    const { token } = await give.totp();
    await verify({ otp: world().tokens.code() }, { remoteIp: '203.0.113.20' });
    await verify({ otp: '424242' }, { remoteIp: '203.0.113.20' });
    await verify({ ...SPASS, password: 'canary word' }, { remoteIp: '203.0.113.20' });
    await world().code('verify', { user: { loginName: 'canary word' }, credential: SPASS });
    const { account } = await world().person();
    const common = { actor: 'agent vpn', client_address: '203.0.113.20', account_id: account.id, domain: 'HARBOUR' };
    expect(await world().audit('authenticator.verified')).toMatchObject([
      { ...common, outcome: 'success', detail: { authenticator: 'OTP', serial: token.serial } },
    ]);
    expect(await world().audit('authenticator.refused')).toMatchObject([
      { ...common, code: 'passcode-wrong', detail: { authenticator: 'OTP' } },
      { ...common, code: 'credentials-invalid', detail: { authenticator: 'SPASS' } },
      { actor: 'agent vpn', code: 'account-not-found', account_id: null, target: '(unknown)' },
    ]);
    const everything = JSON.stringify(await world().database.query('SELECT * FROM audit_events'));
    expect(everything).not.toMatch(/424242|canary/);
  });
});
