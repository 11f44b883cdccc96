import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWith } from '../support/describe-with.js';
import { documentedCode } from '../support/documented.js';
import { realPart, realPartPath } from '../support/real-parts.js';
import { TestApp } from '../support/test-app.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { run } from './run-sample.js';

/** The vendor's header, word for word: unsigned, with a time stamp of 1974 (user-requests sections 2 and 11). */
const AUTHORIZATION =
  'Authorization: OAuth realm="https://service.belladati.com/", oauth_consumer_key="myConsumer", ' +
  'oauth_token="mh7an9dkrg59", oauth_timestamp="135131231", oauth_nonce="randomString"';
const RECEIPT = /^\d+;[A-Za-z0-9]{50}$/;

describeWith(['curl'], 'section 11: user requests with plain curl', () => {
  let database: TestDatabase;
  let server: TestApp;

  beforeAll(async () => {
    database = await createTestDatabase(realPart('postgresql').present ? 'postgresql' : 'embedded');
    server = await TestApp.start({ database });
  });
  afterAll(async () => {
    await server?.stop();
    await database?.stop();
  });

  const curl = async (...args: string[]): Promise<string> => {
    const { code, stdout, stderr } = await run(realPartPath('curl'), '--silent', '--show-error', ...args);
    expect([code, stderr]).toEqual([0, '']);
    return stdout;
  };

  it.each(['LOGIN_UNATTENDED', 'LOGIN', 'PASSWORD_SET', 'PASSWORD_RESET', 'UNLOCK_ACCOUNT'])(
    'the published call of %s, on the demo world',
    async (type) => {
      const url = `${server.url}/api/users/username1/requests`;
      const headers = ['-H', 'Content-Type: application/x-www-form-urlencoded', '-H', AUTHORIZATION];
      // Again with the same nonce: neither it nor the time stamp is looked at.
      const answers = [1, 2].map(() => curl(...headers, '-d', `request_type=${type}`, url));
      for (const answer of answers) expect(await answer).toMatch(RECEIPT);
    },
  );

  it('the public call, and the refusal of all that is not public', async () => {
    const url = `${server.url}/api/users/username1/requests`;
    expect(await curl('-d', 'request_type=LOGIN', url)).toBe('oauth_problem=missing_token');
    expect(await curl('-d', 'request_type=PASSWORD_RESET', url)).toMatch(RECEIPT);
    expect(await curl('-d', 'request_type=UNLOCK_ACCOUNT', url)).toBe('{"error":"too many requests"}');
    expect(await curl('-X', 'GET', url)).toBe('{"error":"verb not supported"}');
  });

  it('the commands of the page about creating', async () => {
    server.clock.advance(121);
    const [block] = documentedCode('docs/user-requests.md', 'Creating');
    const commands = (block?.text ?? '').replaceAll('http://127.0.0.1:8080', server.url);
    const { code, stdout } = await run('/bin/sh', '-ec', commands.replaceAll(/^curl /gm, 'echo; curl -s '));
    const answers = stdout.trim().split('\n');
    expect([code, answers.length]).toEqual([0, 3]);
    for (const answer of answers) expect(answer).toMatch(RECEIPT);
  });
});
