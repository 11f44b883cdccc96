import { afterAll, beforeAll, expect, it } from 'vitest';
import { eachDatabase } from '../../support/test-database.js';
import { IamWorld, PBX, refusalOf } from '../iam-world.js';

/** As published, trailing comma and all (iam-rest section 1). */
const PUBLISHED = `{
  "domain": "pbx.era-platform.ru",
  "login": "my_login",
  "name": "My Name",
  "email": "my.address@yandex.ru",
}`;

const DEAD = '19738eb3-0183-b148-9420-7cd30a921f58';

eachDatabase((database) => {
  let world: IamWorld;

  beforeAll(async () => {
    world = await IamWorld.start(database());
  });
  afterAll(() => world?.stop());

  it('the published sample works as it stands, from the first call to the log-in', async () => {
    const asked = await world.call('POST', 'iam/self_register_requests', { raw: PUBLISHED });
    expect([asked.status, asked.body]).toEqual([
      200,
      { error_code: 0, result: true, result_msg: 'Check your email box for confirmation URL' },
    ]);
    expect(asked.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(asked.headers.get('cache-control')).toBe('no-store');
    expect(asked.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    const id = await world.linkId('self_register', 'my.address@yandex.ru');
    const confirmed = await world.confirm(id, 'ew!hIb3V');
    expect([confirmed.status, confirmed.body]).toEqual([
      200,
      {
        error_code: 0,
        result: true,
        result_msg: 'Now login with new password',
        user: { domain: PBX, login: 'my_login' },
      },
    ]);
    expect(refusalOf(await world.confirm(id, 'ew!hIb3V'))).toEqual([404, 1404]);
    const token = await world.logIn('my_login', 'ew!hIb3V');
    const { body } = await world.call('GET', 'iam/users/current', { token });
    expect(body).toMatchObject({
      login: 'my_login',
      name: 'My Name',
      opts: { roles: ['user'], self_registered: true, email: 'my.address@yandex.ru' },
    });
  });

  it('a second call within 120 seconds is too frequent, and says for how long', async () => {
    const from = world.stranger();
    expect((await world.register({ login: 'spaced' }, { from })).status).toBe(200);
    world.app.clock.advance(100);
    const second = await world.register({ login: 'spaced' }, { from });
    expect([second.status, second.body, second.headers.get('retry-after')]).toEqual([
      429,
      { error_code: 1429, error_message: 'too frequent', error_details: { retry_after: 20 } },
      '20',
    ]);
    world.app.clock.advance(20);
    expect((await world.register({ login: 'spaced' }, { from })).status).toBe(200);
  });

  it('a login that is taken', async () => {
    const { token } = await world.newcomer('taken.one');
    expect(token).toMatch(/^[0-9a-f-]{36}$/);
    for (const login of ['taken.one', 'TAKEN.ONE']) {
      const answer = await world.register({ login, email: 'other@example.test' });
      expect([answer.status, answer.body]).toEqual([
        412,
        { error_code: 1501, error_message: 'login already exists', error_details: { field: 'login' } },
      ]);
    }
  });

  it('a closed domain and an unknown one, alike', async () => {
    const closed = await world.register({ domain: 'RCDEVSDOCS' });
    const unknown = await world.register({ domain: 'nowhere.example.test' });
    expect(refusalOf(closed)).toEqual([412, 1501, 'domain']);
    expect(closed.text).toBe(unknown.text);
  });

  it.each(['domain', 'login', 'name', 'email'])('a call without %s', async (field) => {
    const answer = await world.register({ [field]: undefined });
    expect([answer.status, answer.body]).toEqual([
      412,
      { error_code: 1501, error_message: `${field} is required`, error_details: { field } },
    ]);
  });

  it('a password with a space', async () => {
    await world.register({ login: 'spacious', email: 'spacious@example.test' });
    const id = await world.linkId('self_register', 'spacious@example.test');
    const answer = await world.confirm(id, 'Tq7 lake.9');
    expect([answer.status, answer.body]).toEqual([
      412,
      {
        error_code: 1501,
        error_message: 'pwd contains invalid symbols. Expected: A-Za-z0-9_-.~!',
        error_details: { field: 'pwd' },
      },
    ]);
    expect((await world.confirm(id, 'Tq7_lake.9')).status).toBe(200);
  });

  it('a registration that is confirmed after a day', async () => {
    await world.register({ login: 'late', email: 'late@example.test' });
    const id = await world.linkId('self_register', 'late@example.test');
    world.app.clock.advance(86_400);
    expect(refusalOf(await world.confirm(id))).toEqual([404, 1404]);
  });

  it('attack 45: recovery for an unknown key answers the same bytes as for a known one', async () => {
    await world.newcomer('forgetful');
    const known = await world.forgot({ key: 'forgetful', domain: PBX });
    const unknown = await world.forgot({ key: 'nobody.here', domain: PBX });
    const nowhere = await world.forgot({ key: 'forgetful', domain: 'nowhere' });
    const mail = await world.forgot({ key: 'forgetful@example.test' });
    const noMail = await world.forgot({ key: 'nobody@example.test' });
    expect([known.status, known.body]).toEqual([
      200,
      { error_code: 0, result: true, result_msg: 'Check your email box for password reset URL' },
    ]);
    for (const other of [unknown, nowhere, mail, noMail]) {
      expect([other.status, other.text, [...other.headers.keys()]]).toEqual([
        200,
        known.text,
        [...known.headers.keys()],
      ]);
    }
  });

  it('recovery by login without domain', async () => {
    expect(refusalOf(await world.forgot({ key: 'forgetful' }))).toEqual([412, 1501, 'domain']);
    expect(refusalOf(await world.forgot({ domain: PBX }))).toEqual([412, 1501, 'key']);
  });

  it('a recovery link after an hour, and before', async () => {
    const { email } = await world.newcomer('recovering');
    await world.forgot({ key: 'recovering', domain: PBX });
    const late = await world.linkId('pwd_reset', email);
    world.app.clock.advance(3_600);
    expect(refusalOf(await world.recover(late, 'Tq7_lake.9'))).toEqual([404, 1404]);
    await world.forgot({ key: email });
    const id = await world.linkId('pwd_reset', email);
    const done = await world.recover(id, 'Tq7_lake.9');
    expect([done.status, done.body]).toEqual([
      200,
      {
        error_code: 0,
        result: true,
        result_msg: 'Now login with new password',
        user: { domain: PBX, login: 'recovering' },
      },
    ]);
    expect(refusalOf(await world.recover(id, 'Tq7_lake.9'))).toEqual([404, 1404]);
    expect(await world.logIn('recovering', 'Tq7_lake.9')).toMatch(/-/);
  });

  it('with a session: a wrong current password', async () => {
    const { token } = await world.newcomer('changer');
    const wrong = await world.forgot({ current_pwd: 'wrong', new_pwd: 'Tq7_lake.9' }, { token });
    expect([wrong.status, wrong.body]).toEqual([
      412,
      { error_code: 1501, error_message: 'current_pwd is wrong', error_details: { field: 'current_pwd' } },
    ]);
    const right = await world.forgot({ key: 'ignored', current_pwd: 'ew!hIb3V', new_pwd: 'Tq7_lake.9' }, { token });
    expect([right.status, right.body]).toEqual([200, { error_code: 0, result: true, result_msg: 'Password changed' }]);
  });

  it.each(['iam/self_register_requests', 'iam/pwd_reset_requests'])('GET %s', async (path) => {
    const answer = await world.call('GET', path);
    expect([...refusalOf(answer), answer.headers.get('allow')]).toEqual([405, 1405, 'POST']);
    const one = await world.call('GET', `${path}/${DEAD}`);
    expect([...refusalOf(one), one.headers.get('allow')]).toEqual([405, 1405, 'PATCH']);
  });

  it('a dead id without a password is told about the password, and with one that it is dead', async () => {
    const path = `iam/self_register_requests/${DEAD}`;
    expect(refusalOf(await world.call('PATCH', path, { body: {} }))).toEqual([412, 1501, 'pwd']);
    const dead = await world.call('PATCH', path, { body: { pwd: 'ew!hIb3V' } });
    expect([dead.status, dead.body]).toEqual([404, { error_code: 1404, error_message: 'request not found' }]);
    const malformed = await world.confirm('no-uuid');
    expect(malformed.text).toBe(dead.text);
  });
});
