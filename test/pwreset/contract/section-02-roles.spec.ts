import type { BuiltinPerson } from '../../../src/core/directory/builtin/builtin-person.entity.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { failure } from './answers.js';
import { databaseOfSuite } from './database-of-suite.js';
import { CHIEF, SEND, STAFF_PASSWORD, World } from './world.js';

const DENIED = failure(-32603, 'Access denied');
const LINKED = { jsonrpc: '2.0', result: expect.stringContaining('/webapps/pwreset/') as string, id: 0 };

/** Callers by their role and domain. */
const CALLERS = {
  'global-admin': [CHIEF.user, CHIEF.password],
  'domain-admin of ACME': ['ACME\\keeper', STAFF_PASSWORD],
  'user-manager of ACME': ['ACME\\helper', STAFF_PASSWORD],
  'domain-admin of Umbrella': ['Umbrella\\keeper', STAFF_PASSWORD],
  'user-manager of Umbrella': ['Umbrella\\helper', STAFF_PASSWORD],
} as const;
type Caller = keyof typeof CALLERS;

/** Whom each caller reaches, in the order of {@link CALLERS}. */
const REACH: readonly (readonly [target: string, domain: string, reached: readonly boolean[]])[] = [
  ['person', 'ACME', [true, true, true, false, false]],
  ['person', 'Umbrella', [true, false, false, true, true]],
  ['helper', 'ACME', [true, true, false, false, false]],
  ['keeper', 'ACME', [true, true, false, false, false]],
  ['second chief', 'ACME', [true, false, false, false, false]],
  ['chief', 'ACME', [true, false, false, false, false]],
  ['helper', 'Umbrella', [true, false, false, true, false]],
  ['keeper', 'Umbrella', [true, false, false, true, false]],
];

describe("section 2: the administrator's rights, by role", () => {
  const database = databaseOfSuite();
  let world: World;

  beforeAll(async () => {
    world = await World.start(database());
    await world.person({ login: 'person' });
    await world.person({ login: 'person' }, 'Umbrella');
  });
  beforeEach(() => world.calm());
  afterAll(() => world.stop());

  const callAs = (caller: Caller, params: object): Promise<unknown> => {
    const [user, password] = CALLERS[caller];
    return world.manager(user, password).call(SEND, { method: 'NONE', ...params });
  };

  for (const [username, domain, reached] of REACH) {
    for (const [index, caller] of (Object.keys(CALLERS) as Caller[]).entries()) {
      it(`attack 65: ${caller} ${reached[index] ? 'reaches' : 'does not reach'} ${domain}\\${username}`, async () => {
        const answer = await callAs(caller, { username, domain });
        expect(answer).toEqual(reached[index] ? LINKED : DENIED);
      });
    }
  }

  it('attack 65: a refused call makes no request, sends nothing and is audited with its target', async () => {
    const after = await world.lastAuditId();
    await callAs('user-manager of ACME', { username: 'chief', method: 'MAILSMS' });
    expect(await world.messages({ mail: 'chief@acme.test', mobile: null })).toEqual([]);
    expect(await world.audit({ after })).toMatchObject([
      {
        event: 'password-reset.refused',
        outcome: 'refused',
        code: 'access-denied',
        actor: 'ACME\\helper',
        target: 'chief',
      },
    ]);
  });

  it('attack 48: out of reach, unknown people and domains look like known ones', async () => {
    for (const params of [
      { username: 'person', domain: 'ACME' },
      { username: 'no such person', domain: 'ACME' },
      { username: 'person', domain: 'No such domain' },
      { username: 'no such person', domain: 'No such domain' },
      { username: 'no such person' },
      { username: 'person', method: 'FAX' },
      { username: 'person', expires: 0 },
    ]) {
      expect(await callAs('domain-admin of Umbrella', params)).toEqual(DENIED);
    }
  });

  it('attack 19: a role is not inherited by who is made anew under the same name', async () => {
    const { id } = await world.domain();
    expect(await callAs('user-manager of ACME', { username: 'person' })).toEqual(LINKED);
    await world.query(`DELETE FROM builtin_people WHERE login = 'helper' AND domain_id = $1`, [id]);
    const successor: BuiltinPerson = await world.person({ login: 'helper', password: STAFF_PASSWORD });
    expect(await callAs('user-manager of ACME', { username: 'person' })).toMatchObject({ error: { code: -32600 } });
    // Nor is the successor out of a user manager's reach, as an administrator would be.
    expect(await callAs('domain-admin of ACME', { username: successor.login })).toEqual(LINKED);
  });
});
