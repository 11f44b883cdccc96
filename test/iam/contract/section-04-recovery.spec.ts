import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Orders } from '../../../src/core/orders/orders.js';
import { eachDatabase } from '../../support/test-database.js';
import { IamWorld, PBX, refusalOf } from '../iam-world.js';

const JANE = 'jane.doe@example.test';
const NEW = 'Tq7_lake.9';

eachDatabase((database) => {
  let world: IamWorld;

  beforeAll(async () => {
    world = await IamWorld.start(database());
  });
  beforeEach(() => world.begin());
  afterAll(() => world?.stop());

  const current = (token: string): Promise<{ status: number }> => world.call('GET', 'iam/sessions/current', { token });
  const links = async (to: string): Promise<number> =>
    (await world.lettersTo(to)).filter(({ text }) => text.includes('/iam/pwd_reset/')).length;

  describe('with a session', () => {
    it('changes the own password: the other sessions and links end, this one stays, a notice is mailed', async () => {
      const { token, email } = await world.newcomer('mara');
      const other = await world.logIn('mara', 'ew!hIb3V');
      await world.forgot({ key: email });
      const link = await world.linkId('pwd_reset', email);
      expect((await world.forgot({ current_pwd: 'ew!hIb3V', new_pwd: NEW }, { token })).status).toBe(200);
      expect([(await current(token)).status, (await current(other)).status]).toEqual([200, 401]);
      expect((await world.recover(link)).status).toBe(404);
      expect(await world.logIn('mara', NEW)).toMatch(/-/);
      await expect(world.logIn('mara', 'ew!hIb3V')).rejects.toThrow('401');
      expect((await world.lettersTo(email))[0]?.subject).toBe(`Your password for ${PBX} was changed`);
    });

    it('looks at presence, then at the current password, then at the policy', async () => {
      const { token } = await world.newcomer('mara');
      for (const [body, field] of [
        [{ new_pwd: 'x' }, 'current_pwd'],
        [{ current_pwd: 'ew!hIb3V' }, 'new_pwd'],
        [{ current_pwd: 'wrong', new_pwd: 'x' }, 'current_pwd'],
        [{ current_pwd: 'ew!hIb3V', new_pwd: 'x' }, 'new_pwd'],
      ] as const) {
        expect(refusalOf(await world.forgot(body, { token }))).toEqual([412, 1501, field]);
      }
      expect((await world.forgot({ current_pwd: 'ew!hIb3V', new_pwd: 'x' }, { token })).body['error_message']).toBe(
        'new_pwd is too short. Expected: at least 8 characters',
      );
    });

    it('counts wrong current passwords by the ban filter', async () => {
      const { token } = await world.newcomer('mara');
      const from = world.stranger();
      const wrong = { current_pwd: 'wrong', new_pwd: NEW };
      for (let guess = 0; guess < 5; guess++) expect((await world.forgot(wrong, { token, from })).status).toBe(412);
      expect(refusalOf(await world.forgot(wrong, { token, from }))).toEqual([403, 1403]);
    });

    it('that is dead is told so, unless a letter is asked for with a cookie that is over', async () => {
      const { token } = await world.newcomer('mara');
      await world.call('DELETE', 'iam/sessions/current', { token });
      expect(refusalOf(await world.forgot({ current_pwd: 'a', new_pwd: 'b' }, { token }))).toEqual([401, 1401]);
      expect(refusalOf(await world.forgot({ key: 'mara', domain: PBX }, { token }))).toEqual([401, 1401]);
      const cookie = 'EraSession=gone';
      expect(refusalOf(await world.forgot({ current_pwd: 'a', new_pwd: 'b' }, { cookie }))).toEqual([401, 1401]);
      expect((await world.forgot({ key: 'mara', domain: PBX }, { cookie })).status).toBe(200);
    });
  });

  describe('without one', () => {
    it('finds people by login in a domain, or by address anywhere', async () => {
      await world.forgot({ key: 'Jane Doe', domain: 'RCDEVSDOCS' });
      expect(await links(JANE)).toBe(1);
      world.app.clock.advance(120);
      await world.forgot({ key: 'JANE.DOE@example.test' });
      expect(await links(JANE)).toBe(2);
      world.app.clock.advance(120);
      await world.forgot({ key: JANE, domain: PBX });
      await world.forgot({ key: 'Jane Doe', domain: PBX });
      expect(await links(JANE)).toBe(2);
    });

    it('tries a login that holds an @ as a login too, where the domain is given', async () => {
      const { id } = await world.domain('domain 1');
      await database().database.query(
        `UPDATE builtin_people SET login = 'user@one', login_key = 'user@one' WHERE domain_id = $1 AND login_key = 'username1'`,
        [id],
      );
      await world.forgot({ key: 'user@one' });
      expect(await links('username1@example.test')).toBe(0);
      await world.forgot({ key: 'user@one', domain: 'domain 1' });
      expect(await links('username1@example.test')).toBe(1);
    });

    it('writes a letter for each of several accounts, at most five', async () => {
      await world.set('self_register_email_unique', false, PBX);
      for (let count = 0; count < 7; count++) {
        await database().database.query(
          `INSERT INTO builtin_people (id, domain_id, login, login_key, display_name, mail, created_at)
           SELECT gen_random_uuid(), id, $1, $1, 'Many', 'many@example.test', now() FROM domains WHERE name = $2`,
          [`many${count}`, PBX],
        );
      }
      await world.forgot({ key: 'many@example.test' });
      expect(await links('many@example.test')).toBe(5);
    });

    it('writes to nobody who is blocked, has no address, or may not: the answer is the same', async () => {
      const expected = (await world.forgot({ key: 'nobody', domain: PBX })).text;
      const query = (sql: string): Promise<unknown> => database().database.query(sql);
      const janes = `WHERE login_key = 'jane doe'`;
      for (const change of ['disabled = true', 'disabled = false, mail = NULL']) {
        await query(`UPDATE builtin_people SET ${change} ${janes}`);
        const answer = await world.forgot({ key: 'Jane Doe', domain: 'RCDEVSDOCS' });
        expect([answer.status, answer.text]).toEqual([200, expected]);
        await world.settle();
      }
      await query(`UPDATE builtin_people SET mail = '${JANE}' ${janes}`);
      await world.set('pwd_reset_allowed', false, 'RCDEVSDOCS');
      expect((await world.forgot({ key: 'Jane Doe', domain: 'RCDEVSDOCS' })).text).toBe(expected);
      await world.settle();
      await world.set('pwd_reset_allowed', true, 'RCDEVSDOCS');
      await query(`UPDATE accounts SET state = 'deactivated' WHERE login = 'Jane Doe'`);
      expect((await world.forgot({ key: JANE })).text).toBe(expected);
      expect(await links(JANE)).toBe(0);
    });

    it('spaces calls of an address, and letters to a person', async () => {
      const from = world.stranger();
      const ask = { key: JANE };
      expect((await world.forgot(ask, { from })).status).toBe(200);
      expect((await world.forgot({ key: 'nobody', domain: PBX }, { from })).status).toBe(429);
      expect((await world.forgot(ask)).status).toBe(200);
      expect(await links(JANE)).toBe(1);
      world.app.clock.advance(120);
      expect((await world.forgot(ask, { from })).status).toBe(200);
      expect(await links(JANE)).toBe(2);
    });

    it('attack 12: lets the newest link live, and none once the address has changed', async () => {
      await world.forgot({ key: JANE });
      const first = await world.linkId('pwd_reset', JANE);
      world.app.clock.advance(120);
      await world.forgot({ key: JANE });
      const second = await world.linkId('pwd_reset', JANE);
      expect((await world.recover(first)).status).toBe(404);
      await database().database.query(
        `UPDATE builtin_people SET mail = 'elsewhere@example.test' WHERE login_key = 'jane doe'`,
      );
      expect((await world.recover(second)).status).toBe(404);
    });

    it('is unavailable as a whole where another system manages the passwords', async () => {
      await world.set('external_authorization', true);
      for (const answer of [
        await world.forgot({ key: JANE }),
        await world.forgot({}),
        await world.recover('19738eb3-0183-b148-9420-7cd30a921f58'),
      ]) {
        expect([answer.status, answer.body]).toEqual([
          403,
          { error_code: 1403, error_message: 'password is managed externally' },
        ]);
      }
    });

    it('carries an order out that another process has left, and gives up at last where a directory is away', async () => {
      const orders = world.app.get(Orders);
      let tries = 0;
      orders.carryOutWith('test', () => {
        tries += 1;
        return Promise.reject(new Error('away'));
      });
      await orders.place('test', { key: 'x' });
      for (let count = 0; count < 20; count++) {
        await orders.run();
        world.app.clock.advance(20_000);
      }
      expect(tries).toBe(10);
      expect(await database().database.query('SELECT 1 FROM orders')).toEqual([]);
    });
  });

  describe('the second step', () => {
    it('attack 17: ends every session and every other link, tells the person, and unlocks', async () => {
      const { token, email } = await world.newcomer('mara');
      await database().database.query(
        `UPDATE builtin_people SET locked_at = $1, failed_logins = 9 WHERE login = 'mara'`,
        [world.app.clock.now()],
      );
      await expect(world.logIn('mara', 'ew!hIb3V')).rejects.toThrow('401');
      await world.forgot({ key: email });
      const id = await world.linkId('pwd_reset', email);
      expect((await world.recover(id, NEW)).status).toBe(200);
      expect((await current(token)).status).toBe(401);
      expect((await world.lettersTo(email))[0]?.subject).toBe(`Your password for ${PBX} was changed`);
      expect(await world.logIn('mara', NEW)).toMatch(/-/);
    });

    it('attack 15: leads to no session', async () => {
      const { email } = await world.newcomer('mara');
      await world.forgot({ key: email });
      const done = await world.recover(await world.linkId('pwd_reset', email), NEW);
      expect([done.status, done.headers.get('set-cookie'), Object.keys(done.body)]).toEqual([
        200,
        null,
        ['error_code', 'result', 'result_msg', 'user'],
      ]);
    });

    it('attack 5: is not passed by what is no password', async () => {
      const { email } = await world.newcomer('mara');
      await world.forgot({ key: email });
      const id = await world.linkId('pwd_reset', email);
      for (const pwd of [null, [], {}, 5, true, '']) expect((await world.recover(id, pwd)).status).toBe(412);
      expect((await world.recover(id, NEW, { raw: '' })).status).toBe(400);
      expect((await world.recover(id, NEW)).status).toBe(200);
    });

    it('attack 8: changes nobody else, whoever is named', async () => {
      const { email } = await world.newcomer('mara');
      await world.forgot({ key: email });
      const id = await world.linkId('pwd_reset', email);
      const body = { pwd: NEW, login: 'Jane Doe', domain: 'RCDEVSDOCS', key: JANE, userId: 'x' };
      const done = await world.call('PATCH', `iam/pwd_reset_requests/${id}`, { body });
      expect(done.body['user']).toEqual({ domain: PBX, login: 'mara' });
      await expect(world.logIn('Jane Doe', NEW, 'RCDEVSDOCS')).rejects.toThrow('401');
    });
  });
});
