import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Right } from '../../../src/core/administrators/rights.js';
import type { BuiltinPerson } from '../../../src/core/directory/builtin/builtin-person.entity.js';
import { RpcMethodRegistry, type RegisteredMethod } from '../../../src/surfaces/json-rpc/rpc-method-registry.js';
import { databaseOfSuite } from '../../pwreset/contract/database-of-suite.js';
import { CHIEF, OLD_PASSWORD, STAFF_PASSWORD, World } from '../../pwreset/contract/world.js';
import type { RpcAnswer } from '../../support/manager-client.js';
import { dnOf } from './desk.js';

/** Every kind of caller; the last two have nothing to do in ACME. */
const CALLERS = {
  'global-admin': [CHIEF.user, CHIEF.password],
  'domain-admin': ['ACME\\keeper', STAFF_PASSWORD],
  'user-manager': ['ACME\\helper', STAFF_PASSWORD],
  nobody: ['ACME\\plain', OLD_PASSWORD],
  'domain-admin of another domain': ['Umbrella\\keeper', STAFF_PASSWORD],
  'user-manager of another domain': ['Umbrella\\helper', STAFF_PASSWORD],
} as const;
type Caller = keyof typeof CALLERS;

const EVERYBODY: readonly Caller[] = ['global-admin', 'domain-admin', 'user-manager'];
const ADMINISTRATORS: readonly Caller[] = ['global-admin', 'domain-admin'];

/** Who has a right, written down here once more so that it cannot change unnoticed. */
const HOLDERS: Partial<Record<Right, readonly Caller[]>> = {
  'send-links': EVERYBODY,
  'read-people': EVERYBODY,
  'unlock-access': EVERYBODY,
  'use-server': EVERYBODY,
  'search-people': ADMINISTRATORS,
  'change-people': ADMINISTRATORS,
  'handle-passwords': ADMINISTRATORS,
  'handle-authenticators': ADMINISTRATORS,
  'read-inventory': ADMINISTRATORS,
  'read-events': ADMINISTRATORS,
  'send-messages': ADMINISTRATORS,
};

/** Rights on methods that concern nobody in particular, or only what the caller reaches. */
const ABOUT_NOBODY: ReadonlySet<Right> = new Set<Right>([
  'use-server',
  'read-inventory',
  'read-events',
  'send-messages',
]);

/** What became of a call: not let in, kept from the person or the method, or served, well or not. */
type Verdict = 'turned away' | 'refused' | 'served';

function verdictOn({ error }: RpcAnswer): Verdict {
  if (error?.code === -32600) return 'turned away';
  const kept = error?.code === -32603 && /^Access denied$|does not exist$/.test(String(error.data));
  return kept ? 'refused' : 'served';
}

describe('attack 65: every method of the surface, for every kind of administrator', () => {
  const database = databaseOfSuite();
  let world: World;
  let person: BuiltinPerson;
  let methods: readonly RegisteredMethod[];

  beforeAll(async () => {
    world = await World.start(database());
    await world.person({ login: 'plain' });
    methods = world.app.get(RpcMethodRegistry).all();
  });
  beforeEach(async () => {
    await world.calm();
    person = await world.person();
  });
  afterAll(() => world.stop());

  /** The published example of a method, about somebody of ACME. */
  function params(method: RegisteredMethod, dn: string, login: string): object {
    const example = method.examples?.[0]?.params;
    if (!example) throw new Error(`${method.name} has no example`);
    const about = { dn, username: login, domain: 'ACME', basedn: 'dc=ACME' };
    const own = Object.entries(about).filter(([name]) => Object.hasOwn(example, name));
    return { ...example, ...Object.fromEntries(own) };
  }

  async function verdict(caller: Caller, method: RegisteredMethod, sent: object): Promise<Verdict> {
    await world.query('DELETE FROM throttle_counters');
    const [user, password] = CALLERS[caller];
    return verdictOn(await world.manager(user, password).call(method.name, sent));
  }

  it('has a right that is written down here, and says whether it changes anything', () => {
    for (const { name, right, changes, examples } of methods) {
      expect([name, HOLDERS[right] !== undefined, typeof changes, (examples ?? []).length > 0]).toEqual([
        name,
        true,
        'boolean',
        true,
      ]);
    }
    const tells = methods.filter(({ changes }) => !changes).map(({ right }) => right);
    expect(tells).not.toContain('change-people');
    expect(tells).not.toContain('send-messages');
    expect(tells).not.toContain('unlock-access');
  });

  it.each(Object.keys(CALLERS) as Caller[])('%s gets exactly what the role may do', async (caller) => {
    for (const method of methods) {
      const { name, right } = method;
      const fresh = await world.person();
      const elsewhere = caller.endsWith('of another domain');
      const role = caller.split(' ')[0] as Caller;
      const held = HOLDERS[right]?.includes(role) ?? false;
      const served = held && (!elsewhere || ABOUT_NOBODY.has(right));
      const expected: Verdict = caller === 'nobody' ? 'turned away' : served ? 'served' : 'refused';
      const outcome = await verdict(caller, method, params(method, dnOf(fresh), fresh.login));
      expect([name, caller, outcome]).toEqual([name, caller, expected]);
    }
  });

  it('user managers reach no administrator, domain administrators no global one', async () => {
    const about = methods.filter((method) => method.person);
    for (const method of about) {
      for (const [caller, login] of [
        ['user-manager', 'helper'],
        ['user-manager', 'keeper'],
        ['user-manager', 'chief'],
        ['domain-admin', 'chief'],
      ] as const) {
        const outcome = await verdict(caller, method, params(method, dnOf({ login }), login));
        expect([method.name, caller, login, outcome]).toEqual([method.name, caller, login, 'refused']);
      }
    }
  });

  it('nothing has changed for who was out of reach', async () => {
    const before = await world.query('SELECT * FROM builtin_people WHERE id = $1', [person.id]);
    const changing = methods.filter(({ changes, person: about }) => changes && about);
    expect(changing.length).toBeGreaterThan(5);
    for (const method of changing) {
      for (const caller of ['domain-admin of another domain', 'user-manager of another domain', 'nobody'] as const) {
        await verdict(caller, method, params(method, dnOf(person), person.login));
      }
    }
    expect(await world.query('SELECT * FROM builtin_people WHERE id = $1', [person.id])).toEqual(before);
    expect(await world.requests(person)).toEqual([]);
    expect(await world.messages(person)).toEqual([]);
  });
});
