import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { basic, failure, FALSE, INVALID_LOGIN, refusal } from './answers.js';
import { databaseOfSuite } from './database-of-suite.js';
import { CHIEF, SEND, STAFF_PASSWORD, World } from './world.js';

describe('section 4: common validation order', () => {
  const database = databaseOfSuite();
  let world: World;

  beforeAll(async () => {
    world = await World.start(database());
  });
  beforeEach(() => world.calm());
  afterAll(() => world.stop());

  const post = async (body: string, user: string, password: string): Promise<unknown[]> => {
    const response = await fetch(`${world.app.url}/manag/`, {
      method: 'POST',
      body,
      headers: { authorization: basic(user, password) },
    });
    return [response.status, (await response.json()) as unknown];
  };

  it('looks at one thing after the other: each call cures the first fault of the one before', async () => {
    const person = await world.person({ login: 'jane', disabled: true, mail: null, mobile: null });
    const call = (params: object, more: object = {}): string =>
      JSON.stringify({ jsonrpc: '2.0', method: SEND, params, id: 0, ...more });
    const chief = (body: string): Promise<unknown[]> => post(body, CHIEF.user, CHIEF.password);

    // 1. address
    await world.configure({ settings: '{ manager_clients: [192.0.2.1] }' });
    expect(await post('{', 'ACME\\helper', 'wrong')).toEqual([403, refusal('Client address not allowed')]);
    await world.configure({});
    // 2. credentials
    expect(await post('{', 'ACME\\helper', 'wrong')).toEqual([200, INVALID_LOGIN]);
    // 3. JSON
    const parseError = { code: -32700, message: 'Parse error', data: null };
    expect(await chief('{')).toEqual([200, { jsonrpc: '2.0', error: parseError, id: null }]);
    // 4. envelope
    const method = 'pwreset.send_request';
    expect(await chief(call([], { jsonrpc: '1.0', method }))).toEqual([
      200,
      { ...refusal('Member jsonrpc not "2.0"'), id: 0 },
    ]);
    // 5. method
    expect(await chief(call([], { method }))).toEqual([200, failure(-32601, method)]);
    expect(await chief(call([]))).toEqual([200, failure(-32602, 'Parameters not Object')]);
    // 7. required parameters, 8. types
    const faults = { domain: 'Nowhere', method: 'FAX', expires: 'soon', mfa: 'yes' };
    expect(await chief(call({ ...faults }))).toEqual([200, failure(-32602, 'Parameter username missing')]);
    expect(await chief(call({ ...faults, username: 5 }))).toEqual([
      200,
      failure(-32602, 'Parameter username not String'),
    ]);
    expect(await chief(call({ ...faults, username: 'nobody' }))).toEqual([
      200,
      failure(-32602, 'Parameter expires not Integer'),
    ]);
    expect(await chief(call({ ...faults, username: 'nobody', expires: 0 }))).toEqual([
      200,
      failure(-32602, 'Parameter mfa not Boolean'),
    ]);
    // 9. domain
    const typed = { ...faults, username: 'nobody', expires: 0, mfa: true };
    expect(await chief(call(typed))).toEqual([200, failure(-32603, "Domain 'Nowhere' not existing")]);
    // 10. user
    expect(await chief(call({ ...typed, domain: 'acme' }))).toEqual([
      200,
      failure(-32603, 'User not found ACME\\nobody'),
    ]);
    // 11. activated
    const known = { ...typed, domain: 'ACME', username: 'jane' };
    expect(await chief(call(known))).toEqual([
      200,
      failure(-32603, "Object 'cn=jane,dc=ACME' is not an activated user or group"),
    ]);
    await world.change(person, { disabled: false });
    // 12. enumerations and bounds
    expect(await chief(call(known))).toEqual([200, FALSE]);
    expect(await lastRefusal()).toBe('unknown-word');
    expect(await chief(call({ ...known, method: 'SMS' }))).toEqual([200, FALSE]);
    expect(await lastRefusal()).toBe('value-out-of-range');
    const bounded = { ...known, method: 'SMS', expires: 1 };
    // 13. address of the person
    expect(await chief(call(bounded))).toEqual([200, FALSE]);
    expect(await lastRefusal()).toBe('no-address');
    expect(await world.requests(person)).toEqual([]);
    await world.change(person, { mobile: '+35226000009' });
    // 14. create, 15. deliver
    expect(await chief(call(bounded))).toMatchObject([200, { id: 0, result: expect.any(String) as string }]);
    expect(await world.requests(person)).toMatchObject([{ state: 'sent' }]);
    expect(await world.messages({ mail: null, mobile: '+35226000009' })).toHaveLength(1);
  });

  it('6. the right on the operation comes before domain and user', async () => {
    const body = JSON.stringify({ jsonrpc: '2.0', method: SEND, params: { username: 'x', domain: 'Nowhere' }, id: 0 });
    expect(await post(body, 'Umbrella\\helper', STAFF_PASSWORD)).toEqual([200, failure(-32603, 'Access denied')]);
  });

  it.each([
    ['10. attack 53: wildcards match literally', { username: 'k%' }, 'User not found ACME\\k%'],
    ['10. attack 53: wildcards match literally', { username: 'keepe_' }, 'User not found ACME\\keepe_'],
    ['10. attack 53: wildcards match literally', { username: '*' }, 'User not found ACME\\*'],
    ['10. attack 49: filters are names', { username: '*)(uid=*' }, 'User not found ACME\\*)(uid=*'],
    [
      '10. a login is not looked for in other domains',
      { username: 'person of umbrella' },
      'User not found ACME\\person of umbrella',
    ],
    ['10. an empty name is nobody', { username: '' }, 'User not found ACME\\'],
    [
      '10. a name of 10,000 characters is nobody',
      { username: 'x'.repeat(10_000) },
      `User not found ACME\\${'x'.repeat(10_000)}`,
    ],
  ])('%s: %j', async (_case, params, data) => {
    expect(await world.call(params)).toEqual(failure(-32603, data));
  });

  it("9. a blocked domain counts as none: -32603 Domain '<d>' not existing", async () => {
    await world.configure({ edit: (yaml) => yaml.replace('- name: Umbrella', '$&\n    blocked: true') });
    expect(await world.call({ username: 'keeper', domain: 'Umbrella' })).toEqual(
      failure(-32603, "Domain 'Umbrella' not existing"),
    );
  });

  it('9. no domain named and no default domain: -32602 Parameter domain missing', async () => {
    await world.configure({ edit: (yaml) => yaml.replace('defaultDomain: ACME', '') });
    expect(await world.call({ username: 'keeper' })).toEqual(failure(-32602, 'Parameter domain missing'));
    expect(await world.call({ username: 'keeper', domain: 'ACME', method: 'NONE' })).toMatchObject({
      id: 0,
      result: expect.any(String) as string,
    });
  });

  /** The code of the last call that was refused. */
  async function lastRefusal(): Promise<string | null | undefined> {
    return (await world.audit({ event: 'password-reset.refused' })).at(-1)?.code;
  }
});
