import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { describeOnPostgres } from '../support/test-database.js';
import { createDataSource } from '../../src/core/database/data-source.js';
import { Database } from '../../src/core/database/database.js';
import { schema } from '../../src/schema.js';
import { TestClock } from '../support/test-clock.js';
import { IamWorld, PBX, refusalOf, type RestReply } from './iam-world.js';

const RIVALS = 24;
const NEW = 'Tq7_lake.9';

const count = (answers: readonly RestReply[], status: number): number =>
  answers.filter((answer) => answer.status === status).length;

for (const poolSize of [1, 20]) {
  describeOnPostgres(
    `many at once, with a pool of ${poolSize}`,
    (database) => {
      let world: IamWorld;

      beforeAll(async () => {
        world = await IamWorld.start(database());
      });
      beforeEach(() => world.begin());
      afterAll(() => world?.stop());

      const many = (call: (rival: number) => Promise<RestReply>): Promise<RestReply[]> =>
        Promise.all(Array.from({ length: RIVALS }, (_, rival) => call(rival)));

      it('attack 11: one confirmation of a registration wins, with its own password', async () => {
        await world.register();
        const id = await world.linkId('self_register', 'my.address@yandex.ru');
        const answers = await many((rival) => world.confirm(id, `Rival_pw-${rival}x`));
        expect([count(answers, 200), count(answers, 404)]).toEqual([1, RIVALS - 1]);
        const winner = answers.findIndex(({ status }) => status === 200);
        expect(await world.logIn('my_login', `Rival_pw-${winner}x`)).toMatch(/-/);
        const made = await database().database.query(`SELECT 1 FROM builtin_people WHERE login = 'my_login'`);
        const told = await database().database.query(
          `SELECT 1 FROM audit_events WHERE event = 'self-registration.completed'`,
        );
        expect([made.length, told.length]).toEqual([1, 1]);
      });

      it('attack 11: one of many registrations gets the login', async () => {
        const ids: string[] = [];
        for (let rival = 0; rival < 8; rival++) {
          await world.register({ email: `rival${rival}@example.test` });
          ids.push(await world.linkId('self_register', `rival${rival}@example.test`));
        }
        const answers = await Promise.all(ids.map((id) => world.confirm(id)));
        expect(count(answers, 200)).toBe(1);
        const refused = answers.filter(({ status }) => status !== 200).map(refusalOf);
        expect(refused).toEqual(Array.from({ length: 7 }, () => [412, 1501, 'login']));
        expect(await database().database.query(`SELECT 1 FROM builtin_people WHERE login = 'my_login'`)).toHaveLength(
          1,
        );
      });

      it('attack 11: one confirmation of a recovery wins: one password, one letter', async () => {
        const { email } = await world.newcomer('mara');
        await world.forgot({ key: email });
        const id = await world.linkId('pwd_reset', email);
        const answers = await many((rival) => world.recover(id, `Rival_pw-${rival}x`));
        expect([count(answers, 200), count(answers, 404)]).toEqual([1, RIVALS - 1]);
        const winner = answers.findIndex(({ status }) => status === 200);
        expect(await world.logIn('mara', `Rival_pw-${winner}x`)).toMatch(/-/);
        const notices = (await world.lettersTo(email)).filter(({ subject }) => subject?.includes('was changed'));
        expect(notices).toHaveLength(1);
      });

      it('attack 17: no session of the old password outlives a recovery that comes at the same moment', async () => {
        const { email } = await world.newcomer('mara');
        await world.forgot({ key: email });
        const id = await world.linkId('pwd_reset', email);
        const logIn = (): Promise<RestReply> =>
          world.call('POST', 'iam/sessions', {
            body: { domain: PBX, login: 'mara', pwd: 'ew!hIb3V', session_type: 'api' },
          });
        const [recovered, ...logIns] = await Promise.all([world.recover(id, NEW), ...Array.from({ length: 8 }, logIn)]);
        expect(recovered.status).toBe(200);
        for (const { status, body } of logIns.filter((answer) => answer.status === 200)) {
          expect(status).toBe(200);
          const token = String(body['session_token']);
          expect((await world.call('GET', 'iam/sessions/current', { token })).status).toBe(401);
        }
      });

      it('attack 11: of many changes with one old password one is made, and the session of no other lives on', async () => {
        const { token: first } = await world.newcomer('mara');
        const tokens = [first];
        for (let rival = 1; rival < 8; rival++) tokens.push(await world.logIn('mara', 'ew!hIb3V'));
        const change = (token: string, rival: number): Promise<RestReply> =>
          world.forgot({ current_pwd: 'ew!hIb3V', new_pwd: `Rival_pw-${rival}x` }, { token });
        const answers = await Promise.all(tokens.map(change));
        const made = answers.map(({ status }) => status === 200);
        expect(made.filter(Boolean)).toHaveLength(1);
        const alive = await Promise.all(tokens.map((token) => world.call('GET', 'iam/sessions/current', { token })));
        expect(alive.map(({ status }) => status === 200)).toEqual(made);
        expect(await world.logIn('mara', `Rival_pw-${made.indexOf(true)}x`)).toMatch(/-/);
      });

      it('attack 11: of many changes with one old password in one session one is made, too', async () => {
        const { token } = await world.newcomer('mara');
        // Few enough that those who come too late are not banned for the wrong password.
        const change = (rival: number): Promise<RestReply> =>
          world.forgot({ current_pwd: 'ew!hIb3V', new_pwd: `Rival_pw-${rival}x` }, { token });
        const answers = await Promise.all([0, 1, 2, 3].map(change));
        const made = answers.map(({ status }) => status === 200);
        expect(made.filter(Boolean)).toHaveLength(1);
        const winner = `Rival_pw-${made.indexOf(true)}x`;
        expect((await world.forgot({ current_pwd: winner, new_pwd: 'One_more-9x' }, { token })).status).toBe(200);
        expect(await world.logIn('mara', 'One_more-9x')).toMatch(/-/);
      });

      it('at most ten sessions, however many log in at once', async () => {
        const { token: first } = await world.newcomer('mara');
        const answers = await many(() =>
          world.call('POST', 'iam/sessions', {
            body: { domain: PBX, login: 'mara', pwd: 'ew!hIb3V', session_type: 'api' },
          }),
        );
        expect(count(answers, 200)).toBe(RIVALS);
        const tokens = [first, ...answers.map(({ body }) => String(body['session_token']))];
        const alive = await Promise.all(tokens.map((token) => world.call('GET', 'iam/sessions/current', { token })));
        expect(count(alive, 200)).toBe(10);
      });

      it('attack 26: at most ten dead ids are looked at', async () => {
        const from = world.stranger();
        const answers = await many((rival) =>
          world.confirm(`19738eb3-0183-4148-9420-7cd30a921f${String(rival).padStart(2, '0')}`, NEW, { from }),
        );
        expect([count(answers, 404), count(answers, 403)]).toEqual([10, RIVALS - 10]);
      });
    },
    { poolSize },
  );
}

describeOnPostgres('two processes', (database) => {
  let one: IamWorld;
  let other: IamWorld;

  beforeAll(async () => {
    const clock = new TestClock();
    one = await IamWorld.start(database(), { clock });
    const dataSource = await createDataSource({
      address: database().address,
      schema,
      poolSize: 5,
      statementTimeout: 10_000,
    }).initialize();
    other = await IamWorld.start({ ...database(), dataSource, database: new Database(dataSource) }, { clock });
  });
  afterAll(async () => {
    await other?.stop();
    await one?.stop();
  });

  describe('are one', () => {
    it('in the spacing of calls', async () => {
      const from = one.stranger();
      expect((await one.register({}, { from })).status).toBe(200);
      expect((await other.register({}, { from })).status).toBe(429);
    });

    it('in the ban filter', async () => {
      const from = '198.51.100.9';
      for (let guess = 0; guess < 5; guess++) {
        const body = { domain: PBX, login: `no${guess}`, pwd: 'wrong' };
        expect((await (guess % 2 ? one : other).call('POST', 'iam/sessions', { body, from })).status).toBe(401);
      }
      for (const world of [one, other])
        expect((await world.call('GET', 'iam/sessions/current', { from })).status).toBe(403);
    });

    it('in sessions and requests', async () => {
      await one.register({ login: 'both', email: 'both@example.test' });
      const id = await one.linkId('self_register', 'both@example.test');
      expect((await other.confirm(id)).status).toBe(200);
      const token = await one.logIn('both', 'ew!hIb3V');
      expect((await other.call('GET', 'iam/sessions/current', { token })).status).toBe(200);
      expect((await other.call('DELETE', 'iam/sessions/current', { token })).status).toBe(200);
      expect((await one.call('GET', 'iam/sessions/current', { token })).status).toBe(401);
    });
  });
});
