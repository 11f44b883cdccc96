import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Orders } from '../../src/core/orders/orders.js';
import { deliverAll } from '../support/help-desk.js';
import { TestApp } from '../support/test-app.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { GeneratedRest } from './generated-rest.js';

// The client is generated and compiled when no spec file has asked for it before.
vi.setConfig({ hookTimeout: 300_000 });

const PBX = 'pbx.era-platform.ru';
/** As the vendor's page has it. */
const OAUTH =
  'OAuth realm="", oauth_consumer_key="myConsumer", oauth_token="mh7an9dkrg59", oauth_timestamp="135131231", ' +
  'oauth_nonce="randomString"';
/** Seconds between two calls of strangers. */
const SPACING = 121;

describe('the REST calls of a client generated from openapi.json', () => {
  let database: TestDatabase;
  let app: TestApp;
  let rest: GeneratedRest;

  beforeAll(async () => {
    database = await createTestDatabase('embedded');
    app = await TestApp.start({ database });
    rest = await GeneratedRest.connect(app.url);
  });
  afterAll(async () => {
    await app?.stop();
    await database?.stop();
  });

  const logIn = async (domain: string, login: string, pwd: string): Promise<GeneratedRest> => {
    const body = { domain, login, pwd, session_type: 'api' };
    const { session_token: session } = await rest.answer<{ session_token: string }>('logIn', { body });
    return rest.as({ session });
  };
  const linkId = async (kind: string): Promise<string> => {
    await app.get(Orders).run();
    await deliverAll(app, database);
    const [letter] = await app.mailbox();
    return new RegExp(`#/iam/${kind}/([0-9a-f-]{36})`).exec(letter?.text ?? '')?.[1] ?? '';
  };

  it('register a person, log them in and out, and give them a new password', async () => {
    const person = { domain: PBX, login: 'newcomer', name: 'New Comer', email: 'new.comer@example.test' };
    await rest.answer('askForRegistration', { body: person });
    const registration = await linkId('self_register');
    const made = await rest.answer('confirmRegistration', { path: { id: registration }, body: { pwd: 'ew!hIb3V' } });
    expect(made).toMatchObject({ result: true, user: { domain: PBX, login: 'newcomer' } });

    const self = await logIn(PBX, 'newcomer', 'ew!hIb3V');
    expect(await self.answer('showUser', { path: { id: 'current' } })).toMatchObject({ login: 'newcomer' });
    expect(await self.answer('currentSession')).toMatchObject({ user: expect.objectContaining({}) as object });
    await self.answer('logOut');
    expect((await self.call('currentSession')).status).toBe(401);

    app.clock.advance(SPACING);
    await rest.answer('askForPasswordReset', { body: { key: 'newcomer', domain: PBX } });
    const reset = await linkId('pwd_reset');
    await rest.answer('confirmPasswordReset', { path: { id: reset }, body: { pwd: 'Tq7_lake.9' } });
    await logIn(PBX, 'newcomer', 'Tq7_lake.9');
    const again = await rest.call('confirmPasswordReset', { path: { id: reset }, body: { pwd: 'Tq7_lake.9' } });
    expect(again).toMatchObject({ status: 404, answer: { error_code: 1404 } });
  });

  it('keep users and settings for an administrator', async () => {
    const admin = await logIn('RCDEVSDOCS', 'administrator', 'password');
    const body = { login: 'kept', name: 'Kept', opts: { email: 'kept@example.test' } };
    const { id } = await admin.answer<{ id: string }>('createUser', { body });
    expect(await admin.answer('changeUser', { path: { id }, body: { name: 'Kept On' } })).toMatchObject({
      name: 'Kept On',
    });
    const query = { filter: JSON.stringify({ login: 'kept' }), mask: 'login,name' };
    expect(await admin.answer('listUsers', { query })).toEqual([{ login: 'kept', name: 'Kept On' }]);
    await admin.answer('invite', { body: { userid: id } });
    const invitation = await linkId('invite');
    await rest.answer('acceptInvite', { path: { id: invitation }, body: { pwd: 'Tq7_lake.9' } });
    await logIn('RCDEVSDOCS', 'kept', 'Tq7_lake.9');
    await admin.answer('removeUser', { path: { id } });
    expect((await admin.call('showUser', { path: { id } })).status).toBe(404);
    expect((await rest.call('listUsers')).status).toBe(401);
    const settings = await admin.answer<{ key: string }[]>('listSettings');
    expect(settings.map(({ key }) => key)).toContain('self_register_mode');
  });

  describe('of user requests', () => {
    let desk: GeneratedRest;

    beforeAll(() => {
      desk = rest.as({ oauth: OAUTH });
    });

    it('make, show, change and switch off a user', async () => {
      const data = { username: 'kim', email: 'kim@example.test', firstName: 'Kim', lastName: 'Lee' };
      const id = await desk.answer<string>('apiCreateUser', { body: { data: JSON.stringify(data) } });
      await desk.answer('apiChangeUser', { path: { id }, body: { data: JSON.stringify({ info: 'a & b = c + d' }) } });
      const shown = await desk.answer('apiShowUser', { path: { id }, query: { exclude: 'groups' } });
      expect(shown).toMatchObject({ id, username: 'kim', surname: 'Lee', info: 'a & b = c + d', active: true });
      expect(await desk.answer('apiShowUserByName', { path: { username: 'kim' } })).toEqual({ ...shown, groups: [] });
      await desk.answer('apiSetUserStatus', { path: { id }, body: { status: 'INACTIVE' } });
      expect(await desk.answer('apiShowUserStatus', { path: { id } })).toBe('INACTIVE');
      const image = await desk.call('apiShowUserImage', { path: { id } });
      expect(image).toMatchObject({ status: 404, answer: { error: 'image not found' } });
    });

    it('make a request and complete it', async () => {
      const path = { username: 'username1' };
      const text = await desk.answer<string>('createUserRequest', { path, body: { request_type: 'LOGIN_UNATTENDED' } });
      const [number = '', code = ''] = text.split(';');
      const processed = { path: { number, code } };
      expect([number, code]).toEqual([expect.stringMatching(/^\d+$/), expect.stringMatching(/^[A-Za-z0-9]{50}$/)]);
      expect(await rest.answer('lookAtUserRequest', processed)).toBe('OK');
      expect(await rest.answer('lookAtUserRequest', processed)).toBe('NOT_VALID;NOT_FOUND');
    });

    it('list users and groups of a domain', async () => {
      const path = { domain_id: 'domain 1' };
      const { users } = await desk.answer<{ users: { username: string }[] }>('apiListUsers', {
        path,
        query: { size: 1 },
      });
      expect(users).toHaveLength(1);
      expect(await desk.answer('apiListUserGroups', { path })).toEqual({ userGroups: [] });
      expect((await rest.call('apiListUsers', { path })).status).toBe(401);
    });
  });
});
