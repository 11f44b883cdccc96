import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eachDatabase } from '../../support/test-database.js';
import { IamWorld, PBX, refusalOf } from '../iam-world.js';

const REGISTER = 'iam/self_register_requests';
const CLOSED = { domain: 'RCDEVSDOCS', login: 'a', name: 'a', email: 'a@example.test' };

eachDatabase((database) => {
  let world: IamWorld;

  beforeAll(async () => {
    world = await IamWorld.start(database());
  });
  afterAll(() => world?.stop());

  describe('bodies', () => {
    it.each([
      ['application/json', 412],
      ['application/json; charset=utf-8', 412],
      ['APPLICATION/JSON;charset=UTF-8', 412],
      [null, 412],
      ['text/plain', 415],
      ['application/x-www-form-urlencoded', 415],
      ['application/jsonp', 415],
      ['nonsense', 415],
    ])('of type %s are answered %i', async (type, status) => {
      const answer = await world.call('POST', REGISTER, { body: CLOSED, type });
      expect(refusalOf(answer).slice(0, 2)).toEqual([status, status === 415 ? 1415 : 1501]);
    });

    it.each([
      '',
      'null',
      '[]',
      '"text"',
      '5',
      '{',
      '{"domain":1 "login":2}',
      '{"domain":"a","domain":"b"}',
      '{,,}',
      Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]),
      '['.repeat(1_000),
    ])('that are no JSON object are 400: %s', async (raw) => {
      const answer = await world.call('POST', REGISTER, { raw });
      expect([answer.status, answer.body]).toEqual([
        400,
        { error_code: 1400, error_message: 'body is not a JSON object' },
      ]);
    });

    it('that are too long are 413', async () => {
      const answer = await world.call('POST', REGISTER, { body: { ...CLOSED, name: 'n'.repeat(70_000) } });
      expect(refusalOf(answer)).toEqual([413, 1400]);
    });

    it('attack 63: hold texts that nothing can store', async () => {
      for (const login of ['a\u0000b', '\ud800'])
        expect(refusalOf(await world.register({ login }))).toEqual([412, 1501, 'login']);
      for (const key of ['a\u0000b@example.test', '\ud800'])
        expect((await world.forgot({ key, domain: PBX })).status).toBe(412);
    });
  });

  describe('paths and verbs', () => {
    it.each([
      ['GET', '/rest/nowhere', 404, undefined],
      ['POST', '/rest/v1/iam/nowhere', 404, undefined],
      ['PUT', '/rest/v1/iam/users', 405, 'GET, HEAD, POST'],
      ['DELETE', '/rest/v1/iam/pwd_reset_requests', 405, 'POST'],
      ['OPTIONS', '/rest/v1/iam/sessions', 405, 'POST'],
      ['POST', '/rest/v1/iam/sessions/current', 405, 'DELETE, GET, HEAD, PATCH'],
      ['PATCH', '/rest/v1/public/resources/defaults.json', 405, 'GET, HEAD'],
      ['GET', '/rest/v1/iam/invites/', 405, 'POST'],
    ])('%s %s is %i', async (method, path, status, allow) => {
      const answer = await world.call(method, path);
      expect([...refusalOf(answer), answer.headers.get('allow') ?? undefined]).toEqual([status, 1000 + status, allow]);
      expect(answer.headers.get('cache-control')).toBe('no-store');
    });

    it('a verb that HTTP does not have ends before it reaches anybody', async () => {
      const { port } = new URL(world.app.url);
      const status = await new Promise((resolve) => {
        request({ port, host: '127.0.0.1', method: 'UNLINK', path: '/rest/v1/iam/users' }, (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        })
          .on('error', () => resolve('ended'))
          .end();
      });
      expect([404, 405, 'ended']).toContain(status);
    });
  });

  it('attack 33: an address that cannot be read is refused', async () => {
    const answer = await world.call('POST', REGISTER, { body: CLOSED, from: 'not an address' });
    expect(refusalOf(answer)).toEqual([403, 1403]);
  });
});
