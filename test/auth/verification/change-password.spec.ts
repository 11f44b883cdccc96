import { describe, expect, it } from 'vitest';
import { JANES_PASSWORD } from '../auth-world.js';
import { worldOfSuite } from '../world-of-suite.js';

const USER = { loginName: 'jane' };
const NEW = 'seven grey herons wade';

describe('section 4.19: changePassword', () => {
  const world = worldOfSuite();

  /** Each at a moment of its own: what was used before is kept in the order of time. */
  const change = (newPassword = NEW, oldPassword = JANES_PASSWORD) => {
    world().clock.advance(1);
    return world().code('changePassword', { user: USER, oldPassword, newPassword });
  };
  const verify = (password: string) =>
    world().code('verify', { user: USER, credential: { method: 'SPASS', password } });

  it('sets the new one, and the old one is wrong from then on', async () => {
    expect(
      await world().call('changePassword', { user: USER, oldPassword: JANES_PASSWORD, newPassword: NEW }),
    ).toMatchObject({ status: 200, error: 0 });
    expect(await verify(JANES_PASSWORD)).toBe(300);
    expect(await verify(NEW)).toBe(0);
    const { person, account } = await world().person();
    expect(person.passwordChangedAt).toEqual(world().clock.now());
    expect(account.credentialGeneration).toBe(1);
    expect(await world().audit('password-change.completed')).toMatchObject([
      { actor: 'agent vpn', outcome: 'success' },
    ]);
    const [notice] = await world().delivered();
    expect(notice?.subject).toMatch(/was changed/);
  });

  it('takes the old one as `credential.password` too, and refuses two different ones', async () => {
    const body = { user: USER, newPassword: NEW, credential: { password: JANES_PASSWORD } };
    expect(await world().code('changePassword', { ...body, oldPassword: 'another' })).toBe(102);
    expect(await world().code('changePassword', body)).toBe(0);
  });

  it('101 without one of them; other names for the new one are not known', async () => {
    expect(await world().code('changePassword', { user: USER, newPassword: NEW })).toBe(101);
    expect(await world().code('changePassword', { user: USER, oldPassword: JANES_PASSWORD })).toBe(101);
    expect(
      await world().code('changePassword', { user: USER, oldPassword: JANES_PASSWORD, password: NEW, newPwd: NEW }),
    ).toBe(101);
  });

  it('is open to who must change the password, and the duty is over then', async () => {
    await world().database.query('UPDATE builtin_people SET must_change_password = true');
    expect(await verify(JANES_PASSWORD)).toBe(205);
    expect(await change()).toBe(0);
    expect(await verify(NEW)).toBe(0);
  });

  it('ends the sessions that the person has with agents', async () => {
    const credential = { method: 'SPASS', password: JANES_PASSWORD };
    const { cookie } = await world().call('logon', { application: { name: 'mail' }, user: USER, credential });
    expect(await change()).toBe(0);
    const next = { application: { name: 'mail' }, credential: { otp: '123456' } };
    expect((await world().call('logon', next, { cookie })).error).toBe(233);
  });

  it('200, 242, 204, 203 and 202 as everywhere, and the password stays', async () => {
    const of = (user: object) =>
      world().code('changePassword', { user, oldPassword: JANES_PASSWORD, newPassword: NEW });
    expect(await of({ loginName: 'nobody' })).toBe(200);
    expect(await of({ loginName: 'mary', 'domain.name': 'ELSEWHERE' })).toBe(242);
    const { account } = await world().person();
    await world().database.query(
      `INSERT INTO account_blocks (account_id, created_by, created_at) VALUES ($1, 'chief', $2)`,
      [account.id, world().clock.now()],
    );
    expect(await of(USER)).toBe(203);
    await world().database.query('UPDATE builtin_people SET disabled = true');
    expect(await of(USER)).toBe(204);
    await world().database.query(`UPDATE accounts SET state = 'deactivated'`);
    expect(await of(USER)).toBe(202);
    await world().database.query('DELETE FROM account_blocks');
    await world().database.query('UPDATE builtin_people SET disabled = false');
    await world().database.query(`UPDATE accounts SET state = 'active'`);
    expect(await verify(JANES_PASSWORD)).toBe(0);
  });

  it('section 6.10: 360 for the login name in it and for the name of the domain', async () => {
    expect(await change('seven grey jane herons wade')).toBe(360);
    await world().apply({ settings: { pwd_policy: { min_length: 7, classes: 1 } } });
    expect(await change('Harbour')).toBe(360);
    expect(await change('Harbours')).toBe(0);
  });

  it('300 for a wrong old one, which counts as an attempt', async () => {
    for (let guess = 0; guess < 3; guess++) expect(await change(NEW, `guess ${guess}`)).toBe(300);
    expect(await change()).toBe(203);
    expect(await verify(JANES_PASSWORD)).toBe(203);
  });

  it('360 for what the policy adds to the rules', async () => {
    const options = { minLength: '30', minAgeDays: '2', blocklist: 'harbour; seven grey herons wade in the dunes' };
    await world().apply({ policies: [{ name: 'words', category: 'password', options }] });
    expect(await change()).toBe(360);
    expect(await change('Seven grey herons wade in the DUNES')).toBe(360);
    expect(await change('eight grey herons wade in the dunes')).toBe(360);
    world().clock.advance(3 * 86_400);
    expect(await change('eight grey herons wade in the dunes')).toBe(0);
  });

  it('360 names the rule that a new one breaks, 361 is for one that was used before', async () => {
    await world().apply({ settings: { pwd_policy: { history: 5 } } });
    const answer = await world().call('changePassword', {
      user: USER,
      oldPassword: JANES_PASSWORD,
      newPassword: 'short',
    });
    expect(answer).toMatchObject({ error: 360, message: expect.stringContaining('too short') as string });
    expect(await change(JANES_PASSWORD)).toBe(361);
    expect(await change()).toBe(0);
    world().clock.advance(86_400);
    expect(await change(JANES_PASSWORD, NEW)).toBe(361);
    expect(await verify(NEW)).toBe(0);
    expect(await world().audit('password-change.password-refused')).toMatchObject([
      { code: 'password-too-short' },
      { code: 'password-in-history' },
      { code: 'password-in-history' },
    ]);
  });

  it('361 for what the policy’s history holds, and the domain’s where that is longer', async () => {
    const policies = [{ name: 'history', category: 'password', options: { history: '2' } }];
    await world().apply({ policies });
    expect(await change()).toBe(0);
    expect(await change(JANES_PASSWORD, NEW)).toBe(361);
    await world().apply({ policies, settings: { pwd_policy: { history: 3 } } });
    expect(await change('eight grey herons wade', NEW)).toBe(0);
    expect(await change(JANES_PASSWORD, 'eight grey herons wade')).toBe(361);
    await world().apply({ settings: { pwd_policy: { history: 0 } } });
    expect(await change(JANES_PASSWORD, 'eight grey herons wade')).toBe(0);
  });

  it('is held to the domain’s rules where the policy is laxer', async () => {
    const options = { minLength: '8', blocklist: 'another word' };
    await world().apply({
      policies: [{ name: 'lax', category: 'password', options }],
      settings: { pwd_policy: { min_length: 24, blocked: ['seven grey herons wade in the dunes'] } },
    });
    expect(await change()).toBe(360);
    expect(await change('seven grey herons wade in the dunes')).toBe(360);
    expect(await change('eight grey herons wade in the dunes')).toBe(0);
  });

  it('205 once the password is older than the policy allows, until it is changed', async () => {
    expect(await change()).toBe(0);
    await world().apply({ policies: [{ name: 'age', category: 'password', options: { maxAgeDays: '30' } }] });
    world().clock.advance(30 * 86_400 - 1);
    expect(await verify(NEW)).toBe(0);
    world().clock.advance(1);
    expect(await verify(NEW)).toBe(205);
    expect(await change('eight grey herons wade', NEW)).toBe(0);
    expect(await verify('eight grey herons wade')).toBe(0);
  });

  it('362 where people may not change it here', async () => {
    await world().apply({
      policies: [{ name: 'fixed', category: 'self-service', options: { changePassword: 'false' } }],
    });
    expect(await change()).toBe(362);
    expect(await change(NEW, 'wrong')).toBe(300);
  });

  it('attack 11: of fifty changes with one old password one is made', async () => {
    const outcomes = await Promise.all(Array.from({ length: 50 }, (_, rival) => change(`${NEW} ${rival}`)));
    expect(outcomes.filter((code) => code === 0)).toHaveLength(1);
    expect(await world().audit('password-change.completed')).toHaveLength(1);
    world().clock.advance(3_600);
    expect(await verify(`${NEW} ${outcomes.indexOf(0)}`)).toBe(0);
  });
});
