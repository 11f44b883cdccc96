import { afterAll, beforeAll, expect, it } from 'vitest';
import { eachDatabase } from '../../support/test-database.js';
import { RequestsWorld } from '../requests-world.js';

eachDatabase((database) => {
  let world: RequestsWorld;
  beforeAll(async () => {
    world = await RequestsWorld.start(database());
  });
  afterAll(() => world?.stop());

  it.each([
    '/api/domains/domain%201/users?userGroup_id=%00',
    '/api/domains/domain%201/users?userGroup_id=%ED%A0%80',
    '/api/domains/domain%201/users?offset=9007199254740991',
    '/api/domains/%00/users',
    '/api/domains/domain%201/userGroups?domain_id=%00',
    '/api/users/username/a%00b',
    '/api/users/username/a%F0',
    '/api/users/00000000-0000-0000-0000-000000000000?domain_id=%00',
    '/api/users/username/username1?exclude=__proto__',
    '/oauth/authorizeRequestToken?oauth_token=%00',
    '/authorizeRequestToken/%00/%00',
    '/oauth/requestToken?oauth_consumer_key=myConsumer&oauth_callback=%00',
    '/oauth/requestToken?oauth_consumer_key=constructor',
    '/oauth/accessToken?oauth_consumer_key=myConsumer&oauth_token=x&oauth_verifier=%00',
  ])('attack 63: %s is no fault of ours', async (path) => {
    for (const as of ['domainAdmin', 'globalAdmin'] as const) {
      const { status, text } = await world.api(path, '', {
        as: path.startsWith('/api') ? as : undefined,
        method: 'GET',
      });
      expect([status < 500, status, text.slice(0, 200)]).toEqual([true, status, text.slice(0, 200)]);
    }
  });

  it.each([
    ['/api/users/create', { data: '{"username":"x\\ud800","firstName":"a","lastName":"b","email":"a@b.cd"}' }],
    [
      '/api/users/create',
      { data: '{"username":"__proto__","firstName":"a","lastName":"b","email":"a@b.cd","groups":["\\u0000"]}' },
    ],
    [
      '/api/users/create',
      { data: '{"username":"u9","firstName":"a","lastName":"b","email":"a@b.cd","groups":[{"id":1e400}]}' },
    ],
    [
      '/api/users/create',
      { data: '{"username":"u9","firstName":"a","lastName":"b","email":"a@b.cd","timeZone":"\\u0000"}' },
    ],
    ['/api/users/create', { data: '['.repeat(20_000) }],
    ['/api/users/username1/accessToken', { validity: '999999999', domain_id: '\u0000' }],
    ['/api/users/username1/accessToken', { validity: '315360000' }],
    ['/oauth/accessToken', { x_auth_username: 'domain 1\\', x_auth_password: 'x', oauth_consumer_key: 'myConsumer' }],
    [
      '/oauth/accessToken',
      { x_auth_username: 'a'.repeat(20_000), x_auth_password: 'x'.repeat(20_000), oauth_consumer_key: 'myConsumer' },
    ],
  ] as const)('attack 63: %s %j is no fault of ours', async (path, form) => {
    const { status, text } = await world.api(path, form, { as: path.startsWith('/api') ? 'domainAdmin' : undefined });
    expect([status < 500 || status === 503, status, text.slice(0, 200)]).toEqual([true, status, text.slice(0, 200)]);
  });
});
