import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ReachablePeople } from '../../../src/core/administrators/reachable-people.js';
import type { BuiltinPerson } from '../../../src/core/directory/builtin/builtin-person.entity.js';
import { WebappAccess } from '../../../src/core/webapps/webapp-access.js';
import { type Webapp, WEBAPPS } from '../../../src/core/webapps/webapp-unlock.entity.js';
import { failure, FALSE } from '../../pwreset/contract/answers.js';
import { databaseOfSuite } from '../../pwreset/contract/database-of-suite.js';
import { World } from '../../pwreset/contract/world.js';
import { answer, dnOf } from './desk.js';

const LOCKED = { domainSettings: '{ selfreg_access_locked: true, pwreset_access_locked: true }' };

describe('section 12: Unlock_Application_Access', () => {
  const database = databaseOfSuite();
  let world: World;
  let person: BuiltinPerson;

  beforeAll(async () => {
    world = await World.start(database(), LOCKED);
  });
  beforeEach(async () => {
    await world.calm();
    person = await world.person();
  });
  afterAll(() => world.stop());

  const unlock = (params: object): Promise<unknown> =>
    world.chief.call('Unlock_Application_Access', { dn: dnOf(person), ...params });

  /** Which web applications the person may enter without a link. */
  async function open(domain = 'ACME'): Promise<Webapp[]> {
    const { id } = await world.domain(domain);
    const anybody = { domainId: id, accountId: '', label: '', role: 'global-admin' } as const;
    const found = await world.app.get(ReachablePeople).find(anybody, { username: person.login, domain });
    const states = WEBAPPS.map(async (webapp) =>
      (await world.app.get(WebappAccess).isOpen(found, webapp)) ? [webapp] : [],
    );
    return (await Promise.all(states)).flat();
  }

  it('opens one web application to one person, for so many seconds', async () => {
    expect(await open()).toEqual(['selfdesk', 'openid']);
    expect(await unlock({ application: 'selfreg', expires: 60 })).toEqual(answer(true));
    expect(await open()).toEqual(['selfdesk', 'selfreg', 'openid']);
    world.app.clock.advance(59);
    expect(await open()).toEqual(['selfdesk', 'selfreg', 'openid']);
    world.app.clock.advance(1);
    expect(await open()).toEqual(['selfdesk', 'openid']);
  });

  it('replaces an earlier time by a later call, shorter or longer', async () => {
    await unlock({ application: 'pwreset', expires: 3_600 });
    await unlock({ application: 'pwreset', expires: '1' });
    world.app.clock.advance(1);
    expect(await open()).toEqual(['selfdesk', 'openid']);
    await unlock({ application: 'PwReset', expires: 2_592_000 });
    world.app.clock.advance(2_591_999);
    expect(await open()).toEqual(['selfdesk', 'pwreset', 'openid']);
  });

  it('is not needed where nothing is locked', async () => {
    await world.configure({ domainSettings: '{ selfreg_access_locked: true }' });
    expect(await open()).toEqual(['selfdesk', 'pwreset', 'openid']);
  });

  it('is not needed by who holds a link', async () => {
    const { form } = await world.open(await world.link(person));
    expect(form.status).toBe(200);
  });

  it.each([
    [{ application: 'selfreg', expires: 0 }],
    [{ application: 'selfreg', expires: -1 }],
    [{ application: 'selfreg', expires: 2_592_001 }],
    [{ application: 'webmail', expires: 60 }],
    [{ application: '', expires: 60 }],
  ])('%j is false', async (params) => {
    expect(await unlock(params)).toEqual(FALSE);
    expect(await open()).toEqual(['selfdesk', 'openid']);
  });

  it.each([
    [{ expires: 60 }, 'Parameter application missing'],
    [{ application: 'selfreg' }, 'Parameter expires missing'],
    [{ application: 5, expires: 60 }, 'Parameter application not String'],
    [{ application: 'selfreg', expires: 'soon' }, 'Parameter expires not Integer'],
    [{ application: 'selfreg', expires: 1.5 }, 'Parameter expires not Integer'],
  ])('%j is an error', async (params, data) => {
    expect(await unlock(params)).toEqual(failure(-32602, data));
  });

  it('leaves a row in the audit, refused or not', async () => {
    const after = await world.lastAuditId();
    await unlock({ application: 'selfreg', expires: 60 });
    await unlock({ application: 'selfreg', expires: 0 });
    const common = { actor: 'ACME\\chief', domain: 'ACME', target: dnOf(person) };
    expect(await world.audit({ after })).toMatchObject([
      { ...common, event: 'webapp.unlocked', outcome: 'success', detail: { webapp: 'selfreg', seconds: 60 } },
      {
        ...common,
        event: 'webapp.refused',
        outcome: 'refused',
        code: 'value-out-of-range',
        detail: { 'params.expires': 0 },
      },
    ]);
  });
});
