import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BuiltinPerson } from '../../../src/core/directory/builtin/builtin-person.entity.js';
import { failure, FALSE } from '../../pwreset/contract/answers.js';
import { databaseOfSuite } from '../../pwreset/contract/database-of-suite.js';
import { SEND, World } from '../../pwreset/contract/world.js';
import { answer, callAs, dnOf } from './desk.js';

interface Log {
  readonly [part: string]: string;
}

describe('section 12: the server and what happened on it', () => {
  const database = databaseOfSuite();
  let world: World;

  beforeAll(async () => {
    world = await World.start(database());
  });
  beforeEach(() => world.calm());
  afterAll(() => world.stop());

  describe('Server_Status', () => {
    const VERSION = expect.stringMatching(/^\d+\.\d+\.\d+/) as string;
    const status = (params: object): Promise<unknown> => world.chief.call('Server_Status', params);

    it.each([{}, { servers: false, webapps: false, websrvs: false }])('is short for %j', async (params) => {
      expect(await status(params)).toEqual(answer({ version: VERSION, status: true }));
    });

    it('tells what the server stands on', async () => {
      const servers = { ldap: true, sql: true, session: true, pki: false, mail: true };
      expect(await status({ servers: true })).toEqual(answer({ version: VERSION, status: true, servers }));
    });

    it('tells of each application in words', async () => {
      const { result } = await world.chief.call('Server_Status', { webapps: true, websrvs: true });
      expect(result).toMatchObject({ webapps: { PwReset: { version: VERSION, status: 'Ok' } }, websrvs: {} });
      expect(result).not.toHaveProperty('servers');
    });

    it('says that a directory is away', async () => {
      await world.configure({
        more: `
directories:
  - { name: corp, kind: openldap, urls: ['ldap://127.0.0.1:1'], allowInsecure: true, bindDn: cn=a, bindPassword: b, baseDn: o=c }
`,
        edit: (yaml) => yaml.replace('domains:', 'domains:\n  - { name: Corp, directory: corp }'),
      });
      // An answer is kept for two seconds.
      world.app.clock.advance(3);
      expect(await status({ servers: true })).toMatchObject({
        result: { status: false, servers: { ldap: false, sql: true } },
      });
      await world.calm();
      world.app.clock.advance(3);
    });

    it.each(['yes', 1, 'true'])('refuses %j as a boolean', async (servers) => {
      expect(await status({ servers })).toEqual(failure(-32602, 'Parameter servers not Boolean'));
    });
  });

  describe('Get_Event_Logs', () => {
    let person: BuiltinPerson;

    beforeEach(async () => {
      person = await world.person();
    });

    const logs = async (params: object, as: Parameters<typeof callAs>[1] = 'global-admin'): Promise<Log[]> =>
      (await callAs(world, as, 'Get_Event_Logs', { application: 'openotp', ...params })).result as Log[];

    it('lists what happened to a person, the newest first', async () => {
      const link = await world.link(person);
      await world.open(link);
      expect(await logs({ dn: dnOf(person) })).toMatchObject([
        { client: 'person', text: 'password-reset.opened: success' },
        {
          time: world.app.clock.now().toISOString().slice(0, 19).replace('T', ' '),
          client: 'ACME\\chief',
          dn: dnOf(person),
          host: '127.0.0.1',
          session: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
          source: '127.0.0.1',
          text: 'password-reset.created: success',
        },
      ]);
      for (const log of await logs({})) {
        expect(Object.keys(log).toSorted()).toEqual(['client', 'dn', 'host', 'session', 'source', 'text', 'time']);
      }
    });

    it('lists no more than asked for, 100 when nothing is asked for', async () => {
      for (let i = 0; i < 11; i++) {
        await world.chief.post(
          `[${Array.from({ length: 10 }, () => '{"jsonrpc":"2.0","method":"None","id":1}').join(',')}]`,
        );
      }
      expect(await logs({})).toHaveLength(100);
      expect(await logs({ max: 1 })).toHaveLength(1);
      expect(await logs({ max: '101' })).toHaveLength(101);
    });

    it.each([{ max: 0 }, { max: -1 }, { max: 1_001 }, { application: 'webmail' }])('%j is false', async (params) => {
      expect(await world.chief.call('Get_Event_Logs', { application: 'openotp', ...params })).toEqual(FALSE);
    });

    it.each(['cn=nobody,dc=ACME', 'nonsense', '', 'cn=chief,dc=Nowhere'])('of %j are none', async (dn) => {
      expect(await logs({ dn })).toEqual([]);
    });

    it('keeps the applications apart', async () => {
      await world.query(
        `INSERT INTO audit_events (at, event, outcome, actor) VALUES ($1, 'sms-budget.reached', 'refused', 'system')`,
        [world.app.clock.now()],
      );
      expect(await logs({ application: 'smshub' })).toMatchObject([{ text: 'sms-budget.reached: refused', dn: '' }]);
      expect(await logs({ application: 'SpanKey' })).toEqual([]);
      expect((await logs({ max: 1_000 })).map(({ text }) => text)).not.toContain('sms-budget.reached: refused');
    });

    it('attack 65: tells a domain administrator of the own domain only, and a user manager nothing', async () => {
      const other = await world.person({}, 'Umbrella');
      await world.link(person);
      await world.chief.call(SEND, { username: other.login, domain: 'Umbrella', method: 'NONE' });
      const about = async (as: Parameters<typeof callAs>[1]): Promise<Set<string>> =>
        new Set((await logs({ max: 1_000 }, as)).map(({ dn }) => dn ?? ''));
      const [chief, acme, umbrella] = await Promise.all([
        about('global-admin'),
        about('domain-admin of ACME'),
        about('domain-admin of Umbrella'),
      ]);
      const [mine, theirs] = [dnOf(person), dnOf(other, 'Umbrella')];
      expect([chief.has(mine), chief.has(theirs)]).toEqual([true, true]);
      expect([acme.has(mine), acme.has(theirs)]).toEqual([true, false]);
      expect([umbrella.has(mine), umbrella.has(theirs)]).toEqual([false, true]);
      expect(await logs({ dn: theirs }, 'domain-admin of ACME')).toEqual([]);
      expect(await logs({ dn: dnOf({ login: 'chief' }) }, 'domain-admin of ACME')).toEqual([]);
      expect(await callAs(world, 'user-manager of ACME', 'Get_Event_Logs', { application: 'openotp' })).toEqual(
        failure(-32603, 'Access denied'),
      );
    });
  });
});
