import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AdministratorCaller } from '../../src/core/administrators/administrator-caller.js';
import { plainSecret } from '../../src/core/crypto/secret-types.js';
import { type FoundPerson, isUsable, People } from '../../src/core/directory/people.js';
import { Configuration } from '../../src/core/domains/configuration.js';
import type { Domain } from '../../src/core/domains/domain.entity.js';
import { DomainError } from '../../src/core/errors/domain-error.js';
import { DEMO_WORLD } from '../../src/demo/demo-world.js';
import { PeopleReach } from '../../src/people/people-reach.js';
import { PersonChange } from '../../src/people/person-change.js';
import { PersonCreation } from '../../src/people/person-creation.js';
import { PersonFinder } from '../../src/people/person-finder.js';
import { PersonStates } from '../../src/people/person-states.js';
import { Profiles } from '../../src/people/profiles.js';
import { Sessions } from '../../src/sessions/sessions.js';
import { TestApp } from '../support/test-app.js';
import { eachDatabase } from '../support/test-database.js';

const CLIENT = { address: '192.0.2.1', correlationId: 'test' };

eachDatabase((database) => {
  let app: TestApp;
  let domain: Domain;
  let by: AdministratorCaller;

  beforeAll(async () => {
    app = await TestApp.start({ database: database() });
  });
  beforeEach(async () => {
    await database().clear();
    await app.apply(DEMO_WORLD, { PORT: new URL(app.url).port });
    domain = await named('domain 1');
    by = await administrator('manager1');
  });
  afterAll(() => app?.stop());

  const named = async (name: string): Promise<Domain> => {
    const found = (await app.get(Configuration).snapshot()).domain(name);
    if (!found) throw new Error(`no domain ${name}`);
    return found;
  };
  const person = (login: string): Promise<FoundPerson> => app.get(People).byLogin(domain, login);
  const administrator = async (login: string, home = domain): Promise<AdministratorCaller> => {
    const found = await app.get(PeopleReach).administrator(await app.get(People).byLogin(home, login), CLIENT);
    if (!found) throw new Error(`${login} has no role`);
    return found;
  };
  const create = (login: string, more: object = {}): Promise<FoundPerson> =>
    app.get(PersonCreation).create(domain, { login, displayName: login, mail: `${login}@example.test`, ...more }, by);
  const codeOf = (error: unknown): string => (DomainError.is(error) ? error.code : String(error));
  const events = async (): Promise<string[]> => {
    const rows = await database().database.query<{ event: string }>('SELECT event FROM audit_events ORDER BY id');
    return rows.map(({ event }) => event);
  };

  describe('a person who is made', () => {
    it('can be inactive until somebody activates them', async () => {
      const made = await create('kim@example.test', { state: 'inactive' });
      expect([made.account.state, isUsable(made)]).toEqual(['deactivated', false]);
      expect(isUsable(await person('kim@example.test'))).toBe(false);
      const session = await app
        .get(Sessions)
        .open({ account: made.account, begunBy: 'password', kind: 'bearer', clientAddress: CLIENT.address });
      expect(session).toBeUndefined();
      expect(await app.get(PersonStates).activate(made, by)).toBe(true);
      expect(isUsable(await person('kim@example.test'))).toBe(true);
    });

    it('is nobody when what belongs to it fails', async () => {
      const failing = app
        .get(PersonCreation)
        .create(domain, { login: 'half', displayName: 'Half' }, by, () => Promise.reject(new Error('stop')));
      await expect(failing).rejects.toThrow('stop');
      await expect(person('half')).rejects.toThrow('account-not-found');
      expect(await events()).not.toContain('user.created');
    });

    it('attack 64: has no password that our rules refuse', async () => {
      await expect(create('weak', { password: plainSecret('short') })).rejects.toThrow('password-too-short');
      await expect(person('weak')).rejects.toThrow('account-not-found');
    });

    it('attack 11: is one, of many who want the login', async () => {
      const made = await Promise.allSettled(Array.from({ length: 16 }, () => create('wanted')));
      expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      const codes = made.flatMap((one) => (one.status === 'rejected' ? [codeOf(one.reason)] : []));
      expect(new Set(codes)).toEqual(new Set(['login-taken']));
    });
  });

  describe('a person who is switched off and on', () => {
    it('is so once, whoever asks at the same time, and only that is written down', async () => {
      const found = await person('username1');
      const states = app.get(PersonStates);
      const switched = async (change: () => Promise<boolean>): Promise<number> =>
        (await Promise.all(Array.from({ length: 16 }, change))).filter(Boolean).length;
      expect(await switched(() => states.deactivate(found, by))).toBe(1);
      expect(await switched(() => states.activate(found, by))).toBe(1);
      const seen = (await events()).filter((event) => event.startsWith('account.'));
      expect(seen).toEqual(['account.deactivated', 'account.activated']);
    });

    it('attack 17: has no session and no credential from before', async () => {
      const found = await person('username1');
      const opened = await app
        .get(Sessions)
        .open({ account: found.account, begunBy: 'password', kind: 'bearer', clientAddress: CLIENT.address });
      await app.get(PersonStates).deactivate(found, by);
      await app.get(PersonStates).activate(found, by);
      expect(await app.get(Sessions).use(String(opened?.secret), 'bearer')).toBe('dead');
      const { account } = await person('username1');
      expect(account.credentialGeneration).toBe(found.account.credentialGeneration + 1);
    });

    it('is not oneself', async () => {
      const self = await person('manager1');
      await expect(app.get(PersonStates).deactivate(self, by)).rejects.toThrow('access-denied');
      expect((await person('manager1')).account.state).toBe('active');
    });
  });

  it('keeps of a profile what is not said', async () => {
    const found = await create('kim', { profile: { timezone: 3, opts: { tags: ['a'], title: 'T' } } });
    await app.get(PersonChange).change(found, { profile: { info: 'x', opts: { tags: [] } } }, by);
    const expected = { timezone: 3, info: 'x', opts: { tags: [], title: 'T' } };
    expect(await app.get(Profiles).one(await person('kim'))).toEqual(expected);
  });

  it('attack 53: is found by the whole id and nothing else', async () => {
    const finder = app.get(PersonFinder);
    const { key } = (await person('username1')).person;
    expect((await finder.byId(domain, key.toUpperCase()))?.person.login).toBe('username1');
    for (const id of ['', '*', '%', key.slice(0, -1), `${key}0`, `${key}\0`, '00000000-0000-4000-8000-000000000000']) {
      expect([id, await finder.byId(domain, id)]).toEqual([id, undefined]);
    }
    expect(await finder.byId(await named('RCDEVSDOCS'), key)).toBeUndefined();
    expect(await finder.idOf(by, domain, '*')).toBeUndefined();
  });

  it('attack 65: is reached as the role reaches', async () => {
    const reach = app.get(PeopleReach);
    const root = await administrator('administrator', await named('RCDEVSDOCS'));
    const stranger = await app.get(People).byLogin(await named('RCDEVSDOCS'), 'john');
    await expect(reach.requireReach(by, stranger)).rejects.toThrow('access-denied');
    await expect(reach.requireReach(root, stranger)).resolves.toBeUndefined();
    await expect(reach.domain(by, 'RCDEVSDOCS')).rejects.toThrow('access-denied');
    await expect(reach.domain(by, 'no such domain')).rejects.toThrow('access-denied');
    await expect(reach.domain(root, 'no such domain')).rejects.toThrow('domain-not-found');
    expect(await reach.administrator(await person('username1'), CLIENT)).toBeUndefined();
  });
});
