import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../../src/core/web/language/languages.js';
import { eachDatabase } from '../../support/test-database.js';
import { IamWorld, PBX, refusalOf, type RestReply } from '../iam-world.js';

const MAIL = 'my.address@yandex.ru';
const JANE = 'jane.doe@example.test';
const NEW = 'Tq7_lake.9';
const DEAD = { error_code: 1404, error_message: 'request not found' };
const CLOSED = {
  error_code: 1501,
  error_message: 'domain is not available for self registration',
  error_details: { field: 'domain' },
};

eachDatabase((database) => {
  let world: IamWorld;

  beforeAll(async () => {
    world = await IamWorld.start(database());
  });
  beforeEach(() => world.begin());
  afterAll(() => world?.stop());

  const query = (sql: string): Promise<unknown[]> => database().database.query(sql);
  /** Blocks a domain, or opens it again. */
  async function block(name: string, blocked = true): Promise<void> {
    await query(`UPDATE domains SET blocked = ${blocked} WHERE name = '${name}'`);
    await world.set('request_retention_days', 90);
  }
  const accept = (id: string): Promise<RestReply> => world.call('PATCH', `iam/invites/${id}`, { body: { pwd: NEW } });
  const invite = async (login: string, domain: string): Promise<void> => {
    const userid = (await world.person(login, domain)).person.key;
    const token = await world.administrator();
    expect((await world.call('POST', 'iam/invites', { token, body: { userid, domain } })).status).toBe(200);
  };

  describe('section 6: a link', () => {
    it.each([
      ['blocked', `UPDATE builtin_people SET disabled = true WHERE login_key = 'jane doe'`],
      ['deactivated', `UPDATE accounts SET state = 'deactivated' WHERE login = 'Jane Doe'`],
      ['removed', `DELETE FROM builtin_people WHERE login_key = 'jane doe'`],
    ])('of a person who was %s since is dead like any other', async (_state, change) => {
      await world.forgot({ key: JANE });
      const recovery = await world.linkId('pwd_reset', JANE);
      await invite('Jane Doe', 'RCDEVSDOCS');
      const invitation = await world.linkId('invite', JANE);
      await query(change);
      for (const answer of [await world.recover(recovery, NEW), await accept(invitation)]) {
        expect([answer.status, answer.body]).toEqual([404, DEAD]);
      }
    });

    it('into a domain that was blocked since leads nowhere', async () => {
      await world.register();
      const registration = await world.linkId('self_register', MAIL);
      await world.forgot({ key: JANE });
      const recovery = await world.linkId('pwd_reset', JANE);
      await block(PBX);
      await block('RCDEVSDOCS');
      const closed = await world.confirm(registration);
      expect([closed.status, closed.body]).toEqual([412, CLOSED]);
      expect(refusalOf(await world.recover(recovery, NEW))).toEqual([404, 1404]);
      await block(PBX, false);
      expect((await world.confirm(registration)).status).toBe(200);
    });

    it('that was left is dead when another one has led to a new password', async () => {
      await world.forgot({ key: JANE });
      const recovery = await world.linkId('pwd_reset', JANE);
      await invite('Jane Doe', 'RCDEVSDOCS');
      const invitation = await world.linkId('invite', JANE);
      expect((await world.recover(recovery, NEW)).status).toBe(200);
      expect(refusalOf(await accept(invitation))).toEqual([404, 1404]);
      await world.forgot({ key: JANE }).then(() => world.app.clock.advance(120));
      await world.forgot({ key: JANE });
      const second = await world.linkId('pwd_reset', JANE);
      await invite('Jane Doe', 'RCDEVSDOCS');
      expect((await accept(await world.linkId('invite', JANE))).status).toBe(200);
      expect(refusalOf(await world.recover(second, NEW))).toEqual([404, 1404]);
    });

    it('is dead in the same words whether it never was, was used, is over, or is none', async () => {
      await world.register();
      const used = await world.linkId('self_register', MAIL);
      await world.confirm(used);
      await world.register({ login: 'late', email: 'late@example.test' });
      const over = await world.linkId('self_register', 'late@example.test');
      world.app.clock.advance(86_400);
      const ids = [used, over, '19738eb3-0183-b148-9420-7cd30a921f58', 'no-uuid', '%00', '..%2f..%2fsessions'];
      for (const path of ['self_register_requests', 'pwd_reset_requests', 'invites']) {
        for (const id of ids) {
          const answer = await world.call('PATCH', `iam/${path}/${id}`, { body: { pwd: NEW } });
          expect([id, answer.status, answer.body]).toEqual([id, 404, DEAD]);
        }
      }
    });
  });

  describe('section 7: a domain', () => {
    it('that is blocked counts as one that is not there', async () => {
      const unknown = await world.register({ domain: 'nowhere' });
      const known = await world.forgot({ key: 'nobody', domain: PBX });
      await world.newcomer('mara');
      await block(PBX);
      expect((await world.register()).text).toBe(unknown.text);
      expect((await world.forgot({ key: 'mara', domain: PBX })).text).toBe(known.text);
      expect((await world.forgot({ key: 'mara@example.test' })).text).toBe(known.text);
      expect((await world.lettersTo('mara@example.test')).filter(({ text }) => text.includes('pwd_reset'))).toEqual([]);
      await expect(world.logIn('mara', 'ew!hIb3V')).rejects.toThrow('401');
      const defaults = await world.call('GET', 'public/resources/defaults.json');
      expect(defaults.body).toMatchObject({ selfRegisterAllowed: false, selfRegisterDomains: [] });
    });

    it('is offered by the form when it is the only one, or the default that exists', async () => {
      const offered = async (): Promise<unknown> =>
        (await world.call('GET', 'public/resources/defaults.json')).body['defaultDomain'];
      await query(`UPDATE server_configuration SET default_domain = 'gone.example.test'`);
      await world.set('request_retention_days', 90);
      expect(await offered()).toBe('');
      await block('domain 1');
      await block('RCDEVSDOCS');
      expect(await offered()).toBe(PBX);
      await query(`UPDATE server_configuration SET default_domain = 'URL'`);
      await world.set('request_retention_days', 90);
      expect(await offered()).toBe(PBX);
      await block('RCDEVSDOCS', false);
      expect(await offered()).toBe('URL');
    });
  });

  describe('section 8: the letter', () => {
    it.each(LANGUAGES)('says who asked, where to press, the address and until when, in %s', async (language) => {
      const from = '203.0.113.44';
      await world.register({}, { from, headers: { 'accept-language': language } });
      await world.forgot({ key: JANE }, { from });
      for (const [kind, to] of [
        ['self_register', MAIL],
        ['pwd_reset', JANE],
      ] as const) {
        const id = await world.linkId(kind, to);
        const [letter] = await world.lettersTo(to);
        const link = `${world.app.url}/app-root/#/iam/${kind}/${id}`;
        const shown = [...(letter?.html ?? '').matchAll(/<a [^>]*href="([^"]*)"[^>]*>([^<]+)</g)];
        expect(shown.map(([, target]) => target)).toEqual([link, link]);
        expect(shown.filter(([, , words]) => words === link)).toHaveLength(1);
        for (const text of [letter?.text, letter?.html]) {
          expect(text).toContain(from);
          expect(text).toContain('2026');
          expect(text).toContain(link);
        }
      }
    });
  });
});
