import { beforeEach, describe, expect, it } from 'vitest';
import { ANSWERS, Authenticators } from '../authenticators.js';
import { worldOfSuite } from '../world-of-suite.js';

const USER = { loginName: 'jane' };

interface Challenge {
  readonly id: string;
  readonly code: string;
  readonly starts: string;
  readonly expires: string;
  readonly reference: string;
}

describe('sections 4.9 and 4.17: challenges and their responses', () => {
  const world = worldOfSuite();
  let give: Authenticators;

  beforeEach(() => {
    give = new Authenticators(world());
  });

  async function challenge(token?: object, agent?: string): Promise<Challenge> {
    const body = { user: USER, ...(token && { token }) };
    const { error, result } = await world().call('getChallengeCode', body, agent === undefined ? {} : { agent });
    expect(error).toBe(0);
    return result as unknown as Challenge;
  }
  const respond = (credential: object, more: object = {}, agent = 'vpn') =>
    world().patiently('verifyResponse', { user: USER, credential, ...more }, { agent });

  describe('entries of a list, asked by number', () => {
    const LIST = { 'product.method': 'OTPList' };

    it('are answered with the code that has the number, once, by any name of the challenge', async () => {
      const codes = await give.list();
      for (const name of ['code', 'id', 'reference'] as const) {
        const made = await challenge(LIST);
        const asked = Number(made.code);
        const [right = '', other = ''] = [codes[asked - 1], codes[asked % codes.length]];
        expect(await respond({ cc: made[name], otp: other })).toBe(300);
        expect(await respond({ cc: made[name], otp: right }, {}, 'portal')).toBe(320);
        expect(await respond({ cc: made[name], otp: right }, { token: LIST })).toBe(0);
        expect(await respond({ cc: made[name], otp: right })).toBe(320);
      }
    });

    it('are over after the third wrong response', async () => {
      const codes = await give.list();
      const { reference, code } = await challenge(LIST);
      for (let guess = 0; guess < 3; guess++) expect(await respond({ cc: reference, otp: '00000000' })).toBe(300);
      expect(await respond({ cc: reference, otp: codes[Number(code) - 1] ?? '' })).toBe(320);
      expect(Number((await challenge(LIST)).code)).toBe(Number(code));
    });

    it('251 without a list', async () => {
      expect(await world().code('getChallengeCode', { user: USER, token: LIST })).toBe(251);
    });
  });

  describe('numeric ones', () => {
    /** The response to a challenge that the test chose. */
    const asked = (code: string) => world().database.query('UPDATE token_challenges SET code = $1', [code]);

    it.each([
      ['00000000', '237653'],
      ['11111111', '243178'],
      ['22222222', '653583'],
      ['40715926', '675414'],
    ])('section 6.5: %s is answered with %s', async (cc, otp) => {
      await give.ocra();
      await challenge();
      await asked(cc);
      expect(await respond({ cc, otp: '000000' })).toBe(300);
      expect(await respond({ cc, otp })).toBe(0);
      expect(await respond({ cc, otp })).toBe(320);
    });

    it('are 8 digits, with an id, times and a reference', async () => {
      const { token } = await give.ocra();
      const made = await challenge({ serial: token.serial });
      expect(made.id).toMatch(/^#i#_ChallengeCode_\d+$/);
      expect(made.code).toMatch(/^\d{8}$/);
      expect(made.reference).toMatch(/^[0-9a-f-]{36}$/);
      expect(Date.parse(made.expires) - Date.parse(made.starts)).toBe(300_000);
    });

    it('section 6.8: are as long, and live as long, as the policy says', async () => {
      const { token } = await give.ocra();
      const policy = (length: string) => ({
        policies: [{ name: 'c', category: 'challengeCode', options: { length, lifetimeSeconds: '90' } }],
      });
      await world().apply(policy('6'));
      const made = await challenge({ serial: token.serial });
      expect(made.code).toMatch(/^\d{6}$/);
      expect(Date.parse(made.expires) - Date.parse(made.starts)).toBe(90_000);
      // More than the suite has room for no token can be given.
      await world().apply(policy('10'));
      expect((await challenge({ serial: token.serial })).code).toMatch(/^\d{8}$/);
    });

    it('answers only what is asked for', async () => {
      await give.ocra();
      const { result } = await world().call('getChallengeCode', { user: USER, return: ['id', 'code'] });
      expect(Object.keys(result ?? {})).toEqual(['id', 'code']);
    });

    it.each(['code', 'id', 'reference'] as const)('are named by their %s', async (name) => {
      await give.ocra();
      const made = await challenge();
      await asked('40715926');
      const cc = name === 'code' ? '40715926' : made[name];
      expect(await respond({ cc, otp: '675414' })).toBe(0);
    });

    it('in verify, where `cc` turns the check into one of a response', async () => {
      await give.totp();
      const { token } = await give.ocra();
      await challenge({ serial: token.serial });
      await asked('40715926');
      const answer = await world().call('verify', {
        user: USER,
        credential: { otp: '675414', cc: '40715926' },
        return: ['*'],
      });
      expect(answer).toMatchObject({ error: 0, result: { token: { serial: token.serial } } });
    });

    it('attack 38: are over when their time is', async () => {
      await give.ocra();
      await challenge();
      await asked('40715926');
      world().clock.advance(300);
      expect(await respond({ cc: '40715926', otp: '675414' })).toBe(320);
    });

    it('are void once a newer one was put to the same token, and dead with the third wrong response', async () => {
      await give.ocra();
      const older = await challenge();
      const newer = await challenge();
      expect(await respond({ cc: older.id, otp: '000000' })).toBe(320);
      await asked('40715926');
      for (let failure = 0; failure < 3; failure++) expect(await respond({ cc: newer.id, otp: '000000' })).toBe(300);
      expect(await respond({ cc: newer.id, otp: '675414' })).toBe(320);
    });

    it('attack 65: are answered by nobody but who asked, and for nobody else', async () => {
      await give.ocra();
      await challenge();
      await asked('40715926');
      const credential = { cc: '40715926', otp: '675414' };
      expect(await respond(credential, {}, 'portal')).toBe(320);
      expect(await respond(credential, { user: { loginName: 'john' } })).toBe(320);
      expect(await respond(credential)).toBe(0);
    });

    it('320 for one that was never put', async () => {
      await give.ocra();
      for (const cc of ['40715926', '#i#_ChallengeCode_1', 'x'.repeat(1_000)]) {
        expect(await respond({ cc, otp: '675414' })).toBe(320);
      }
    });

    it('320, or the state of the token, for a challenge of another token than the one named', async () => {
      await give.ocra();
      const { token: other } = await give.ocra();
      const { token: card } = await give.gridCard();
      const { token: johns } = await give.totp({}, {}, 'john');
      const first = await challenge({ 'product.method': 'GridCard' });
      expect(first.code).not.toMatch(/^\d/);
      const made = await challenge({ id: other.id });
      expect(await respond({ cc: made.id, otp: '675414' }, { token: { serial: johns.serial } })).toBe(252);
      expect(await respond({ cc: made.id, otp: '675414' }, { token: { id: card.id } })).toBe(320);
    });

    it('321 for a token that answers none', async () => {
      const { token } = await give.totp();
      const named = { token: { serial: token.serial } };
      expect(await world().code('getChallengeCode', { user: USER, ...named })).toBe(321);
      expect(await respond({ cc: '40715926', otp: '675414' }, named)).toBe(321);
    });

    it('251 without a token that answers any, 250 for one that there is not', async () => {
      expect(await world().code('getChallengeCode', { user: USER })).toBe(251);
      expect(await world().code('getChallengeCode', { user: USER, token: { serial: 'none' } })).toBe(250);
    });

    it('101 without the response or what it answers', async () => {
      expect(await respond({ otp: '675414' })).toBe(101);
      expect(await respond({ cc: '40715926' })).toBe(101);
    });

    it('attack 27: ten a minute for a person, whichever agent asks', async () => {
      await give.ocra();
      for (let put = 0; put < 10; put++) await challenge(undefined, put % 2 ? 'vpn' : 'portal');
      const refused = await world().call('getChallengeCode', { user: USER });
      expect(refused).toMatchObject({ status: 429, error: 3 });
      expect(Number(refused.retryAfter)).toBeGreaterThan(0);
      world().clock.advance(60);
      await challenge();
    });

    it('203 while the authenticator is locked', async () => {
      await give.ocra();
      for (let guess = 0; guess < 5; guess++) {
        const { id } = await challenge();
        expect(await respond({ cc: id, otp: '000000' })).toBe(300);
        world().clock.advance(60);
      }
      expect(await world().code('getChallengeCode', { user: USER })).toBe(203);
    });
  });

  describe('made up by the agent', () => {
    const allow = () =>
      world().apply({
        policies: [{ name: 'sign', category: 'challengeCode', options: { allowClientChallenge: 'true' } }],
      });
    const credential = { cc: '40715926', otp: '675414' };

    it('are 320 unless the policy allows them', async () => {
      const { token } = await give.ocra();
      expect(await respond(credential, { token: { serial: token.serial } })).toBe(320);
    });

    it('attack 21: are right once in the life of the token, for whichever agent', async () => {
      await allow();
      const { token } = await give.ocra();
      const named = { token: { serial: token.serial } };
      expect(await respond({ ...credential, otp: '000000' }, named)).toBe(300);
      expect(await respond(credential, named)).toBe(0);
      expect(await respond(credential, named)).toBe(320);
      expect(await respond(credential, named, 'portal')).toBe(320);
      world().clock.advance(90_000);
      expect(await respond(credential, named)).toBe(320);
      expect(await respond({ cc: '22222222', otp: '653583' }, named)).toBe(0);
    });

    it('attack 23: are right for one of fifty at once', async () => {
      await allow();
      await world().apply({
        policies: [
          { name: 'sign', category: 'challengeCode', options: { allowClientChallenge: 'true' } },
          { name: 'lock', category: 'lockout', options: { maxFailures: '100', growingDelay: 'false' } },
        ],
      });
      await give.ocra();
      const outcomes = await Promise.all(Array.from({ length: 50 }, () => respond(credential)));
      expect(outcomes.filter((code) => code === 0)).toHaveLength(1);
    });
  });

  it('section 4.17: says precisely why there is no challenge', async () => {
    const { token, assignment } = await give.ocra();
    const ask = (more: object = {}) =>
      world().code('getChallengeCode', { user: USER, token: { serial: token.serial }, ...more });
    const set = (table: string, column: string, value: unknown) =>
      world().database.query(`UPDATE ${table} SET ${column} = $1 WHERE id = $2`, [
        value,
        table === 'tokens' ? token.id : assignment.id,
      ]);
    expect(await ask({ user: { loginName: 'nobody' } })).toBe(200);
    expect(await ask({ user: { loginName: 'mary', 'domain.name': 'ELSEWHERE' } })).toBe(242);
    expect(await ask({ user: { loginName: 'john' } })).toBe(252);
    for (const [table, column, value, code, usual] of [
      ['tokens', 'status', 'DISABLED', 253, 'ACTIVE'],
      ['tokens', 'status', 'DECEASED', 253, 'ACTIVE'],
      ['token_assignments', 'status', 'DISABLED', 253, 'ACTIVE'],
      ['token_assignments', 'status', 'INACTIVE', 254, 'ACTIVE'],
      ['token_assignments', 'status', 'LOCKED', 255, 'ACTIVE'],
      ['token_assignments', 'starts', world().clock.in(60), 256, null],
      ['token_assignments', 'expires', world().clock.in(-60), 256, null],
    ] as const) {
      await set(table, column, value);
      expect([column, value, await ask(), await ask({ token: undefined })]).toEqual([column, value, code, 251]);
      await set(table, column, usual);
    }
    expect(await ask()).toBe(0);
    const { account } = await world().person();
    await world().database.query(
      `INSERT INTO account_blocks (account_id, created_by, created_at) VALUES ($1, 'chief', $2)`,
      [account.id, world().clock.now()],
    );
    expect(await ask()).toBe(203);
    await world().database.query('UPDATE builtin_people SET disabled = true');
    expect(await ask()).toBe(204);
    await world().database.query(`UPDATE accounts SET state = 'deactivated'`);
    expect(await ask()).toBe(202);
  });

  it('section 4.17: of a grid `reference` is told whatever `return` asks for', async () => {
    await give.gridCard();
    await give.gridGo('1364');
    for (const method of ['GridCard', 'GridGo']) {
      const body = { user: USER, token: { 'product.method': method }, return: ['id', 'code'] };
      const { result } = await world().call('getChallengeCode', body);
      expect(Object.keys(result ?? {})).toEqual(['id', 'code', 'reference']);
      expect(result?.['reference']).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  describe('a printed card', () => {
    it('is asked for four cells, and answers with their symbols in whatever case', async () => {
      const { token } = await give.gridCard();
      const made = await challenge({ 'product.method': 'GridCard' });
      expect(made.code).toMatch(/^([A-F][1-4] ){3}[A-F][1-4]$/);
      expect(Date.parse(made.expires) - Date.parse(made.starts)).toBe(120_000);
      const otp = give.readCard(made.code);
      expect(await respond({ cc: made.code, otp: otp.toUpperCase() })).toBe(0);
      const again = await challenge({ serial: token.serial });
      expect(
        await world().code('verify', { user: USER, credential: { method: 'GRID', otp: give.readCard(again.code) } }),
      ).toBe(0);
    });

    it('section 6.6: D2 A4 F1 B3 is x8a0', async () => {
      await give.gridCard();
      await challenge();
      await world().database.query(`UPDATE token_challenges SET code = 'D2 A4 F1 B3'`);
      expect(await respond({ cc: 'D2 A4 F1 B3', otp: 'x8a0' })).toBe(0);
    });

    it('section 6.8: is asked for as many cells as the policy of its product says, each once where it says so', async () => {
      await give.gridCard();
      const options = { cells: '6', cellReuse: 'ONCE' };
      await world().apply({ policies: [{ name: 'card', category: 'LK/GridCard', options }] });
      const asked: string[] = [];
      for (let put = 0; put < 4; put++) {
        const { code } = await challenge();
        expect(code).toMatch(/^([A-F][1-4] ){5}[A-F][1-4]$/);
        asked.push(...code.split(' '));
        expect(await respond({ cc: code, otp: give.readCard(code) })).toBe(0);
      }
      expect(new Set(asked).size).toBe(24);
      expect(await world().code('getChallengeCode', { user: USER })).toBe(257);
    });

    it('257 when its cells are used up', async () => {
      await give.gridCard({ state: { cellReuse: 'ONCE' } });
      for (let put = 0; put < 6; put++) await challenge();
      expect(await world().code('getChallengeCode', { user: USER })).toBe(257);
    });
  });

  describe('a grid on screen', () => {
    it('is there for two minutes, and void once a newer one is put', async () => {
      await give.gridGo('1364');
      const older = await challenge({ 'product.method': 'GridGo' });
      expect(Date.parse(older.expires) - Date.parse(older.starts)).toBe(120_000);
      const newer = await challenge({ 'product.method': 'GridGo' });
      expect(newer.code).not.toBe(older.code);
      expect(await respond({ cc: older.reference, otp: 'zzzzz' })).toBe(320);
    });

    it.each([
      ['1364', '0rxz6'],
      ['0199', 'npxrm'],
    ])('section 6.6: path %s on the grid of section 4.17 is answered with %s', async (path, otp) => {
      await give.gridGo(path);
      const made = await challenge({ 'product.method': 'GridGo' });
      const shown = JSON.parse(made.code) as { grid: string[]; rows: number; cols: number; indiecs: string };
      expect(shown.grid).toHaveLength(shown.rows);
      expect(shown.indiecs).toHaveLength(shown.cols);
      const small = JSON.stringify({
        grid: ['k4t9wa', '3mrx7c', 'v0pz2h', '8dnj6e'],
        rows: 4,
        cols: 6,
        indiecs: 'ABCDEF',
      });
      await world().database.query('UPDATE token_challenges SET code = $1', [small]);
      expect(await respond({ cc: made.reference, otp })).toBe(0);
      expect(await respond({ cc: made.reference, otp })).toBe(320);
    });

    it('section 6.6: is used up by one check, right or wrong', async () => {
      await give.gridGo('1364');
      const made = await challenge({ 'product.method': 'GridGo' });
      const small = JSON.stringify({ grid: ['k4t9wa', '3mrx7c', 'v0pz2h', '8dnj6e'], rows: 4, cols: 6 });
      await world().database.query('UPDATE token_challenges SET code = $1', [small]);
      const verify = (otp: string) =>
        world().patiently('verify', { user: USER, credential: { method: 'GRIDGO', otp, cc: made.id } });
      expect(await verify('zzzzz')).toBe(300);
      expect(await verify('0rxz6')).toBe(320);
      expect(await respond({ cc: made.reference, otp: '0rxz6' })).toBe(320);
    });

    it('section 6.6: is left and entered at the other side where the policy says so', async () => {
      await give.gridGo('9999');
      const small = JSON.stringify({ grid: ['k4t9wa', '3mrx7c', 'v0pz2h', '8dnj6e'], rows: 4, cols: 6 });
      const answer = async () => {
        const made = await challenge({ 'product.method': 'GridGo' });
        await world().database.query('UPDATE token_challenges SET code = $1', [small]);
        return respond({ cc: made.reference, otp: 'kaw9t' });
      };
      expect(await answer()).toBe(300);
      await world().apply({ policies: [{ name: 'g', category: 'GridGo', options: { wrap: 'true' } }] });
      expect(await answer()).toBe(0);
    });

    describe('section 6.8: passcodes accepted last', () => {
      const small = JSON.stringify({ grid: ['k4t9wa', '3mrx7c', 'v0pz2h', '8dnj6e'], rows: 4, cols: 6 });
      const answer = async (otp: string, agent?: string) => {
        const made = await challenge({ 'product.method': 'GridGo' }, agent);
        await world().database.query('UPDATE token_challenges SET code = $1', [small]);
        return respond({ cc: made.reference, otp }, {}, agent);
      };
      const keep = (passcodeHistory: string) =>
        world().apply({ policies: [{ name: 'g', category: 'GridGo', options: { passcodeHistory } }] });
      const failures = async () =>
        (await world().database.query(`SELECT failures FROM authenticator_counters WHERE authenticator = 'GRIDGO'`))[0];

      beforeEach(() => give.gridGo('33'));

      it('attack 22: are 302 on a grid that gives the same, in whatever case, for whichever agent, and count', async () => {
        expect(await answer('3mr')).toBe(0);
        expect(await answer('3MR')).toBe(302);
        expect(await answer('3mr', 'portal')).toBe(302);
        expect(await failures()).toEqual({ failures: 2 });
        expect(await answer('mrx')).toBe(0);
        expect(await answer('3mr')).toBe(302);
        expect(await answer('zzz')).toBe(300);
      });

      it('are as many as the policy says', async () => {
        await keep('1');
        expect(await answer('3mr')).toBe(0);
        expect(await answer('3mr')).toBe(302);
        expect(await answer('mrx')).toBe(0);
        expect(await answer('3mr')).toBe(0);
        await keep('0');
        expect(await answer('3mr')).toBe(0);
        expect(await answer('3mr')).toBe(0);
      });

      it('are kept as digests', async () => {
        await answer('3mr');
        const [token] = await world().database.query(
          `SELECT passcode_history AS kept FROM tokens WHERE kind = 'GridGo'`,
        );
        expect(token).toEqual({ kept: [expect.stringMatching(/^(?!.*3mr).{40,}$/) as string] });
      });
    });
  });

  describe('security questions', () => {
    it('are asked as JSON text, and answered by id', async () => {
      await give.questions();
      const { id, code } = await challenge({ 'product.method': 'Questions' });
      const { questions } = JSON.parse(code) as { questions: { id: string; question: string }[] };
      expect(questions).toHaveLength(3);
      const answers = questions.map((asked) => ({ id: asked.id, answer: ANSWERS[asked.question] }));
      const verify = (credential: object) => world().code('verify', { user: USER, credential });
      expect(await verify({ method: 'QNA', answers: answers.slice(1), cc: id })).toBe(300);
      expect(await verify({ method: 'QNA', answers })).toBe(0);
      expect(await verify({ method: 'QNA', answers })).toBe(320);
    });
  });

  describe('a FIDO key', () => {
    const origin = (): string => `http://localhost:${(world().app.getHttpServer().address() as { port: number }).port}`;

    it('is asked with options as JSON text; its assertion, as JSON text, is good once', async () => {
      const key = await give.fido(origin());
      const made = await challenge({ 'product.method': 'FIDO' });
      const options = JSON.parse(made.code) as Parameters<typeof key.get>[0];
      const otp = JSON.stringify(key.get(options));
      expect(await respond({ otp, cc: made.id })).toBe(0);
      expect(await respond({ otp, cc: made.id })).toBe(320);
      expect(await world().code('verify', { user: USER, credential: { method: 'FIDO', otp } })).toBe(320);
    });

    it('attack 39: a wrong assertion uses the challenge up', async () => {
      const key = await give.fido(origin());
      const made = await challenge();
      const options = JSON.parse(made.code) as Parameters<typeof key.get>[0];
      const forged = JSON.stringify(key.get(options, { forged: true }));
      const verify = (otp: string) =>
        world().code('verify', { user: USER, credential: { method: 'FIDO', otp, cc: made.id } });
      expect(await verify(forged)).toBe(300);
      expect(await verify(JSON.stringify(key.get(options)))).toBe(320);
    });

    it('attack 40: what is no assertion is wrong', async () => {
      await give.fido(origin());
      for (const otp of ['{}', 'null', '[', '"x"', 'A'.repeat(30_000)]) {
        const { id } = await challenge();
        expect(await world().code('verify', { user: USER, credential: { method: 'FIDO', otp, cc: id } })).toBe(300);
      }
    });
  });
});
