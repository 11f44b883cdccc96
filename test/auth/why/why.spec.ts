import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Environment } from '../../../src/core/config/environment.js';
import { type LogonQuestion, LogonDiagnosis } from '../../../src/auth/why/logon-diagnosis.js';
import type { Obstacle } from '../../../src/auth/why/obstacle.js';
import { PasscodeFindings } from '../../../src/auth/why/passcode-findings.js';
import { Configuration } from '../../../src/core/domains/configuration.js';
import { tokenRules } from '../../../src/tokens/token-rules.js';
import type { HeldToken } from '../../../src/tokens/token-store.js';
import { eachDatabase } from '../../support/test-database.js';
import { Authenticators } from '../authenticators.js';
import { AuthWorld, JANES_PASSWORD, type WorldParts } from '../auth-world.js';

const HOUR = 3_600_000;

eachDatabase((database) => {
  let world: AuthWorld;
  beforeAll(async () => {
    world = await AuthWorld.start(database());
  });
  afterEach(() => world.reset());
  afterAll(() => world.stop());

  async function why(question: Partial<LogonQuestion> = {}): Promise<Partial<Obstacle> & { findings?: unknown[] }> {
    const { obstacle } = await world
      .get(LogonDiagnosis)
      .run({ person: { login: 'jane' }, application: 'door', ...question });
    expect(obstacle?.text ?? 'A sentence.').toMatch(/\.$/);
    expect(obstacle?.advice ?? 'A sentence.').toMatch(/\.$/);
    return obstacle ?? {};
  }
  const reason = async (question: Partial<LogonQuestion> = {}) => (await why(question)).reason;
  const inFiles = (...authenticators: string[]) =>
    world.apply({ steps: [{ name: 'one', authenticators }] } satisfies WorldParts);
  const files = { application: 'app-files' };
  const totp = async (): Promise<HeldToken> =>
    world.tokens.totp((await world.person()).account, { serial: '70011852' });
  const sql = (text: string, values: unknown[] = []) => world.database.query(text, values);

  it('finds nothing in the way of somebody who can log on', async () => {
    await totp();
    expect(await why()).toEqual({});
    expect(await why({ application: 'mail' })).toEqual({});
    expect(await why({ person: await world.person() })).toEqual({});
  });

  describe('says where the person is not found:', () => {
    it('an application that is not there', async () => {
      expect(await why({ application: 'dor' })).toMatchObject({ reason: 'application-unknown', code: 220 });
    });

    it('an application without a realm', async () => {
      await sql(`UPDATE declared_objects SET spec = spec - 'realm' WHERE kind = 'application' AND name = 'door'`);
      await sql('UPDATE server_configuration SET revision = revision + 1');
      world.get(Configuration).invalidate();
      expect(await why()).toMatchObject({ reason: 'no-realm', code: 240 });
    });

    it.each([
      [{ person: { login: 'jane', domain: 'NOWHERE' } }, 'domain-unknown', 241],
      [{ person: { login: 'mary', domain: 'ELSEWHERE' } }, 'domain-outside-realm', 242],
      [{ person: { login: 'mary' } }, 'person-unknown', 200],
      [{ person: { login: 'nobody', domain: 'HARBOUR' } }, 'person-unknown', 200],
    ])('%j', async (question, expected, code) => {
      expect(await why(question)).toMatchObject({ reason: expected, code });
    });

    it('a person found already who is outside of the realm', async () => {
      expect(await reason({ person: await world.person('mary', 'ELSEWHERE') })).toBe('domain-outside-realm');
    });
  });

  describe('says what is wrong with the account:', () => {
    it('not activated', async () => {
      await world.person();
      await sql(`UPDATE accounts SET state = 'pending'`);
      expect(await why()).toMatchObject({ reason: 'account-not-activated', code: 202 });
    });

    it('switched off', async () => {
      await sql(`UPDATE builtin_people SET disabled = true WHERE login = 'jane'`);
      expect(await why()).toMatchObject({ reason: 'account-disabled', code: 204 });
    });

    it('blocked, by whom and until when', async () => {
      const { account } = await world.person();
      const until = new Date(world.clock.now().getTime() + HOUR);
      await sql(
        `INSERT INTO account_blocks (account_id, until, created_by, created_at) VALUES ($1, $2, 'HARBOUR\\chief', $3)`,
        [account.id, until, world.clock.now()],
      );
      const found = await why();
      expect(found).toMatchObject({ reason: 'blocked', code: 203 });
      expect(found.text).toContain(until.toISOString());
      expect(found.text).toContain('HARBOUR\\chief');
    });
  });

  describe('says what the policy and the procedure refuse:', () => {
    it('an address that may not', async () => {
      await world.apply({ policies: [{ name: 'p', category: 'logon', options: { ipFilter: '198.51.100.0/24' } }] });
      await totp();
      expect(await why({ address: '203.0.113.20' })).toMatchObject({ reason: 'address-denied', code: 235 });
      expect(await why()).toMatchObject({ reason: 'address-denied' });
      expect(await reason({ address: '198.51.100.7' })).toBeUndefined();
      await world.apply({ policies: [{ name: 'p', category: 'logon', options: { ipFilter: '' } }] });
    });

    it('nothing behind a first step that is all', async () => {
      await world.apply({ policies: [{ name: 'p', category: 'logon', options: { mfa: 'NOT_REQUIRED' } }] });
      await sql(`UPDATE builtin_people SET mail = NULL, mobile = NULL WHERE login = 'jane'`);
      expect(await reason({ application: 'mail' })).toBeUndefined();
      await world.apply({ policies: [{ name: 'p', category: 'logon', options: { mfa: 'REQUIRED' } }] });
      expect(await why({ application: 'mail' })).toMatchObject({ step: 2, stepName: 'second', code: 342 });
    });
  });

  describe('says what is wrong with each authenticator of the first step that is not passed:', () => {
    it('nothing to prove oneself with', async () => {
      await inFiles('OTP', 'GRID');
      expect(await why(files)).toMatchObject({
        reason: 'no-token',
        code: 251,
        step: 1,
        findings: [
          { authenticator: 'OTP', reason: 'no-token' },
          { authenticator: 'GRID', reason: 'no-token' },
        ],
      });
    });

    it('a password that is not looked at after wrong ones from elsewhere', async () => {
      await inFiles('SPASS');
      const wrong = { user: { loginName: 'jane' }, credential: { method: 'SPASS', password: 'wrong' } };
      for (let guess = 0; guess < 3; guess++) await world.code('verify', { ...wrong, remoteIp: '198.51.100.7' });
      const found = await why({ ...files, address: '203.0.113.20' });
      expect(found).toMatchObject({ reason: 'password-guessed', code: 203 });
      expect(found.text).toContain(new Date(world.clock.now().getTime() + HOUR / 2).toISOString());
      expect(await reason(files)).toBe('password-guessed');
      world.clock.advance(1_800);
      expect(await reason(files)).toBeUndefined();
    });

    it('a password that is looked at from where it was right before', async () => {
      await inFiles('SPASS');
      const verify = (password: string, remoteIp: string) =>
        world.code('verify', { user: { loginName: 'jane' }, credential: { method: 'SPASS', password }, remoteIp });
      expect(await verify(JANES_PASSWORD, '203.0.113.20')).toBe(0);
      for (let guess = 0; guess < 3; guess++) await verify('wrong', '198.51.100.7');
      expect(await reason({ ...files, address: '203.0.113.20' })).toBeUndefined();
      expect(await reason({ ...files, address: '203.0.113.21' })).toBe('password-guessed');
    });

    it('a password that is older than the policy allows', async () => {
      await world.apply({
        steps: [{ name: 'one', authenticators: ['SPASS'] }],
        policies: [{ name: 'age', category: 'password', options: { maxAgeDays: '30' } }],
      });
      await sql('UPDATE builtin_people SET password_changed_at = $1', [world.clock.now()]);
      expect(await reason(files)).toBeUndefined();
      world.clock.advance(30 * 86_400);
      expect(await why(files)).toMatchObject({ reason: 'password-must-change', code: 205 });
    });

    it('approvals that are switched off', async () => {
      await world.apply({
        steps: [{ name: 'one', authenticators: ['OOBA'] }],
        policies: [{ name: 'push', category: 'OOBA', options: { enabled: 'false' } }],
      });
      expect(await why(files)).toMatchObject({ reason: 'approvals-off', code: 235 });
    });

    it('approvals that need a PIN code, of who has none', async () => {
      await world.apply({
        steps: [{ name: 'one', authenticators: ['OOBA'] }],
        policies: [{ name: 'push', category: 'OOBA', options: { localAuth: 'PIN' } }],
      });
      expect(await why(files)).toMatchObject({ reason: 'no-token', code: 251 });
      const give = new Authenticators(world);
      await give.push();
      expect(await why(files)).toMatchObject({
        reason: 'no-token',
        code: 251,
        text: expect.stringContaining('PIN') as string,
      });
      await give.pin('Abcd');
      expect(await reason(files)).toBeUndefined();
    });

    it('locked, and until when', async () => {
      await inFiles('OTP');
      await totp();
      for (let guess = 0; guess < 5; guess++) {
        await world.patiently('verify', { user: { loginName: 'jane' }, credential: { otp: '000000' } });
      }
      const found = await why(files);
      expect(found).toMatchObject({ reason: 'locked', code: 203 });
      expect(found.text).toContain(new Date(world.clock.now().getTime() + HOUR / 2).toISOString());
      world.clock.advance(1_800);
      expect(await reason(files)).toBeUndefined();
    });

    it.each([
      ['tokens', 'status', 'DISABLED', 'token-disabled', 253],
      ['tokens', 'status', 'DECEASED', 'token-disabled', 253],
      ['token_assignments', 'status', 'DISABLED', 'token-disabled', 253],
      ['token_assignments', 'status', 'INACTIVE', 'token-not-activated', 254],
      ['token_assignments', 'status', 'LOCKED', 'token-locked', 255],
      ['token_assignments', 'starts', '2999-01-01', 'token-outside-validity', 256],
      ['token_assignments', 'expires', '2001-01-01', 'token-outside-validity', 256],
    ])('a token whose %s.%s is %s', async (table, column, value, expected, code) => {
      await inFiles('GRID', 'OTP');
      await totp();
      await sql(`UPDATE ${table} SET ${column} = $1`, [value]);
      const found = await why(files);
      expect(found).toMatchObject({ reason: expected, code });
      expect(found.text).toContain('70011852');
      expect(found.findings).toHaveLength(2);
    });

    it('a token that is used up', async () => {
      await inFiles('OTP');
      await totp();
      await sql('UPDATE token_assignments SET usage_limit = 3, usage_count = 3');
      expect(await why(files)).toMatchObject({ reason: 'token-spent', code: 257 });
    });

    it('a token out of step, until it is back', async () => {
      await inFiles('OTP');
      await totp();
      const user = { loginName: 'jane' };
      expect(await world.code('verify', { user, credential: { otp: world.tokens.code(20) } })).toBe(301);
      expect(await why(files)).toMatchObject({ reason: 'token-out-of-sync', code: 301 });
      expect(await world.code('verify', { user, credential: { otp: world.tokens.code(21) } })).toBe(0);
      expect(await reason(files)).toBeUndefined();
    });

    it('one good token is enough', async () => {
      await inFiles('OTP');
      const { assignment } = await totp();
      await world.tokens.totp((await world.person()).account);
      await sql(`UPDATE token_assignments SET status = 'DISABLED' WHERE id = $1`, [assignment.id]);
      expect(await reason(files)).toBeUndefined();
    });

    it('a challenge that the step does not fetch', async () => {
      await inFiles('OTP');
      const { account } = await world.person();
      await world.tokens.give(account, { kind: 'OCRA' });
      expect(await reason(files)).toBe('no-token');
    });

    it('no address for passcodes', async () => {
      await inFiles('OTPoD');
      expect(await reason(files)).toBeUndefined();
      await sql(`UPDATE builtin_people SET mail = NULL, mobile = NULL WHERE login = 'jane'`);
      expect(await why(files)).toMatchObject({ reason: 'no-address', code: 342 });
    });

    it('no channel for passcodes', async () => {
      await world.apply({
        steps: [{ name: 'one', authenticators: ['OTPoD'] }],
        policies: [{ name: 't', category: 'T-Pass', options: { allowedChannels: '' } }],
      });
      expect(await why(files)).toMatchObject({ reason: 'no-channel', code: 343 });
      await world.apply({ policies: [{ name: 't', category: 'T-Pass', options: { allowedChannels: 'SMS, SMTP' } }] });
    });

    it('a passcode that was refused on its way', async () => {
      await inFiles('OTPoD');
      expect(await world.code('sendOTP', { user: { loginName: 'jane' } })).toBe(0);
      expect(await reason(files)).toBeUndefined();
      await sql(`UPDATE messages SET state = 'failed', reason_category = 'recipient'`);
      expect(await why(files)).toMatchObject({ reason: 'delivery-failed', code: 341 });
    });

    it('nothing to send passcodes with', async () => {
      const environment = new Environment({ databaseUrl: 'postgres://x' } as unknown as Environment);
      const snapshot = await world.get(Configuration).snapshot();
      const found = await world.person();
      const rules = tokenRules(snapshot, found.domain.id);
      expect(await new PasscodeFindings(environment, world.database).of(snapshot, found, rules)).toMatchObject({
        reason: 'no-delivery-path',
        code: 341,
      });
    });

    it('no password, one to be changed, one that the step does not check', async () => {
      await inFiles('SPASS');
      expect(await reason(files)).toBeUndefined();
      await sql(`UPDATE builtin_people SET must_change_password = true WHERE login = 'jane'`);
      expect(await why(files)).toMatchObject({ reason: 'password-must-change', code: 205 });
      await sql(`UPDATE builtin_people SET password_hash = NULL, password_changed_at = NULL WHERE login = 'jane'`);
      expect(await why(files)).toMatchObject({ reason: 'no-password' });
      await world.apply({ steps: [{ name: 'one', authenticators: ['SPASS'], checkStaticPass: false }] });
      expect(await why(files)).toMatchObject({ reason: 'password-not-checked', code: 232 });
    });
  });

  it('reads only: counts, sends and writes nothing', async () => {
    await totp();
    await world.person('john');
    const tables = [
      'authenticator_counters',
      'throttle_counters',
      'audit_events',
      'messages',
      'token_challenges',
      'tokens',
    ];
    const state = () => Promise.all(tables.map((table) => sql(`SELECT * FROM ${table}`)));
    const before = await state();
    for (const login of ['jane', 'john', 'nobody']) {
      for (const application of ['door', 'mail', 'files', 'closed']) await why({ person: { login }, application });
    }
    expect(await state()).toEqual(before);
  });

  it('attack 42: tells no secret and no whole address', async () => {
    await inFiles('OTPoD', 'OTP');
    await totp();
    await world.code('sendOTP', { user: { loginName: 'jane' } });
    await sql(`UPDATE messages SET state = 'failed'`);
    await sql(`UPDATE tokens SET status = 'DISABLED'`);
    const told = JSON.stringify(await why(files));
    expect(told).toContain('70011852');
    expect(told).not.toContain('+35226000001');
    expect(told).not.toMatch(/GEZDGN|k1\./);
  });
});
