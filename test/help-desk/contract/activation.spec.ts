import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BuiltinPerson } from '../../../src/core/directory/builtin/builtin-person.entity.js';
import { failure, FALSE } from '../../pwreset/contract/answers.js';
import { databaseOfSuite } from '../../pwreset/contract/database-of-suite.js';
import { CHIEF, NEW_PASSWORD, OLD_PASSWORD, World } from '../../pwreset/contract/world.js';
import { answer, callAs, dnOf } from './desk.js';

describe('section 12: switching people on and off', () => {
  const database = databaseOfSuite();
  let world: World;
  let person: BuiltinPerson;
  let inactive: object;

  beforeAll(async () => {
    world = await World.start(database());
  });
  beforeEach(async () => {
    await world.calm();
    person = await world.person();
    inactive = failure(-32603, `Object '${dnOf(person)}' is not an activated user or group`);
  });
  afterAll(() => world.stop());

  const activate = (): Promise<unknown> => world.chief.call('Activate_LDAP_Object', { dn: dnOf(person) });
  const deactivate = (): Promise<unknown> => world.chief.call('Deactivate_LDAP_Object', { dn: dnOf(person) });

  it('works once each way: activating twice is false, deactivating an inactive one -32603', async () => {
    expect(await activate()).toEqual(FALSE);
    expect(await deactivate()).toEqual(answer(true));
    expect(await deactivate()).toEqual(inactive);
    expect(await activate()).toEqual(answer(true));
    expect(await activate()).toEqual(FALSE);
  });

  it('of many at once exactly one is carried out', async () => {
    const answers = await Promise.all(Array.from({ length: 16 }, deactivate));
    expect(answers.filter((one) => (one as { result?: unknown }).result === true)).toHaveLength(1);
    expect(answers).toEqual(expect.arrayContaining([inactive]));
  });

  it('step 11 of section 4: nothing can be done for who is deactivated', async () => {
    await deactivate();
    const dn = dnOf(person);
    for (const [method, params] of [
      ['PwReset.Send_Request', { username: person.login, method: 'NONE' }],
      ['PwReset.Send_Request', { username: person.login, method: 'FAX', expires: 0 }],
      ['Unlock_Application_Access', { dn, application: 'selfreg', expires: 60 }],
      ['Get_User_Settings', { dn }],
      ['Get_User_Data', { dn }],
    ] as const) {
      expect([method, await world.chief.call(method, params)]).toEqual([method, inactive]);
    }
    await activate();
    expect(await world.link(person)).toContain('/webapps/pwreset/');
  });

  it('attack 17: links and page sessions of before are dead, also after activation', async () => {
    const unopened = await world.link(person);
    await deactivate();
    expect(await world.requests(person)).toMatchObject([{ state: 'cancelled', endReason: 'account-closed' }]);
    expect((await world.browser().get(unopened)).status).toBe(404);
    await activate();
    expect((await world.browser().get(unopened)).status).toBe(404);

    const { browser, form } = await world.open(await world.link(person));
    await deactivate();
    await activate();
    await browser.submit(form, { password: NEW_PASSWORD, repeated: NEW_PASSWORD });
    expect(await world.opens(person, OLD_PASSWORD)).toBe(true);
    expect(await world.opens(person, NEW_PASSWORD)).toBe(false);
  });

  it('takes unlocked web applications back', async () => {
    await world.chief.call('Unlock_Application_Access', { dn: dnOf(person), application: 'pwreset', expires: 60 });
    await deactivate();
    const left = await world.query(
      `SELECT 1 FROM webapp_unlocks u JOIN accounts a ON a.id = u.account_id WHERE a.directory_key = $1`,
      [person.id],
    );
    expect(left).toEqual([]);
  });

  it('an administrator who is deactivated is let in nowhere', async () => {
    const helper = { dn: dnOf({ login: 'helper' }) };
    await world.chief.call('Deactivate_LDAP_Object', helper);
    expect(await callAs(world, 'user-manager of ACME', 'Server_Status')).toMatchObject({ error: { code: -32600 } });
    await world.chief.call('Activate_LDAP_Object', helper);
    expect(await callAs(world, 'user-manager of ACME', 'Server_Status')).toHaveProperty('result');
  });

  it('nobody locks themselves out', async () => {
    const own = { dn: dnOf({ login: CHIEF.user.split('\\')[1] ?? '' }) };
    expect(await world.chief.call('Deactivate_LDAP_Object', own)).toEqual(failure(-32603, 'Access denied'));
  });

  it('leaves a row in the audit for each', async () => {
    const after = await world.lastAuditId();
    await deactivate();
    await deactivate();
    await activate();
    await activate();
    const common = { actor: 'ACME\\chief', domain: 'ACME', target: dnOf(person), client_address: '127.0.0.1' };
    expect(await world.audit({ after })).toMatchObject([
      { ...common, event: 'account.deactivated', outcome: 'success', code: null },
      { ...common, event: 'account.refused', outcome: 'refused', code: 'account-not-activated' },
      { ...common, event: 'account.activated', outcome: 'success', code: null },
      { ...common, event: 'account.refused', outcome: 'refused', code: 'nothing-to-change' },
    ]);
  });
});
