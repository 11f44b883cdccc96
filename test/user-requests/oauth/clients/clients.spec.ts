import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { run } from '../../../clients/run-sample.js';
import { describeWith } from '../../../support/describe-with.js';
import { documentedCode } from '../../../support/documented.js';
import { realPartPath } from '../../../support/real-parts.js';
import { TestClock } from '../../../support/test-clock.js';
import { createTestDatabase, type TestDatabase } from '../../../support/test-database.js';
import { ledTo, OAuthWorld, PORTAL, problemOf, TOKEN } from '../oauth-world.js';

const CALLBACK = `${PORTAL}/back?a=1&b=%20`;
const RECEIPT = /^\d+;[A-Za-z0-9]{50}$/;
/** Names that clients and servers easily encode in two ways. */
const ODD_PATH = '/api/users/na%20me+%26%C3%A4%2F@example.test/requests?locale=de&x=%20a+b&x=';

function suite(body: (world: () => OAuthWorld) => void): void {
  let database: TestDatabase;
  let world: OAuthWorld;

  beforeAll(async () => {
    database = await createTestDatabase('embedded');
    // These clients sign with the time that it is.
    world = await OAuthWorld.start(database, { clock: new TestClock(new Date()) });
  });
  beforeEach(() => world.begin());
  afterAll(async () => {
    await world.stop();
    await database.stop();
  });
  body(() => world);
}

describeWith('python-requests-oauthlib', 'requests-oauthlib (Python)', () => {
  suite((world) => {
    const script = join(import.meta.dirname, 'requests_oauthlib_client.py');
    const python = async <T>(...args: string[]): Promise<T> => {
      const { stdout, stderr, code } = await run(
        realPartPath('python-requests-oauthlib'),
        script,
        world().url,
        ...args,
      );
      if (code !== 0) throw new Error(stderr);
      return JSON.parse(stdout) as T;
    };

    it('goes the whole way from a request token to a call', async () => {
      type Token = { oauth_token: string; oauth_token_secret: string; oauth_callback_confirmed?: string };
      const { token, page } = await python<{ token: Token; page: string }>('request', CALLBACK);
      expect(token.oauth_callback_confirmed).toBe('true');
      expect(page).toBe(`${world().url}/oauth/authorizeRequestToken?oauth_token=${token.oauth_token}`);
      const decided = await world().decide(token.oauth_token, await world().cookieOf('manager1'));
      const location = decided.headers.get('location') ?? '';
      const access = await python<{ token: Token }>('access', token.oauth_token, token.oauth_token_secret, location);
      const { oauth_token: key, oauth_token_secret: secret } = access.token;
      const path = '/api/users/username1/requests';
      for (const method of ['HMAC-SHA1', 'PLAINTEXT']) {
        for (const place of ['AUTH_HEADER', 'BODY', 'QUERY']) {
          const answer = await python<{ status: number; text: string }>('call', key, secret, method, place, path);
          expect([method, place, answer.status]).toEqual([method, place, 200]);
          expect(answer.text).toMatch(RECEIPT);
        }
      }
    });

    it('signs odd addresses as we do, and is refused with a wrong secret', async () => {
      const call = (secret: string): Promise<unknown> =>
        python('call', TOKEN.key, secret, 'HMAC-SHA1', 'AUTH_HEADER', ODD_PATH);
      expect(await call(TOKEN.secret)).toEqual({ status: 404, text: '{"error":"user not found"}' });
      expect(await call('wrong')).toEqual({ status: 403, text: 'oauth_problem=signature_invalid' });
    });
  });
});

describeWith('perl-net-oauth', 'Net::OAuth (Perl)', () => {
  suite((world) => {
    const script = join(import.meta.dirname, 'net_oauth_client.pl');
    const perl = async (...args: string[]): Promise<[status: number, text: string]> => {
      const { stdout, stderr, code } = await run(realPartPath('perl-net-oauth'), script, world().url, ...args);
      if (code !== 0) throw new Error(stderr);
      const [, status, text = ''] = /^(\d+) (.*)\n$/s.exec(stdout) ?? [];
      return [Number(status), text];
    };
    const tokenIn = ([status, text]: [number, string]): [string, string] => {
      const answer = new URLSearchParams(text);
      expect(status).toBe(200);
      return [answer.get('oauth_token') ?? '', answer.get('oauth_token_secret') ?? ''];
    };
    const path = '/api/users/username1/requests';

    it('goes the whole way from a request token to a call', async () => {
      const [key, secret] = tokenIn(await perl('request', CALLBACK));
      const { brings } = ledTo(await world().decide(key, await world().cookieOf('manager1')));
      expect(brings).toMatchObject({ a: '1', b: ' ' });
      const access = tokenIn(await perl('access', key, secret, brings['oauth_verifier'] ?? ''));
      const fields = ['request_type', 'PASSWORD_RESET', 'odd & näme', "a+b %61 = !*'()~", 'empty', ''];
      const [status, text] = await perl('call', ...access, path, ...fields);
      expect([status, text]).toEqual([200, expect.stringMatching(RECEIPT)]);
    });

    it('exchanges a password by xAuth', async () => {
      const access = tokenIn(await perl('xauth', 'manager1', 'correct horse 4'));
      expect((await perl('call', ...access, path, 'request_type', 'PASSWORD_RESET'))[0]).toBe(200);
      expect(await perl('xauth', 'manager1', 'wrong')).toEqual([401, 'oauth_problem=permission_denied']);
    });
  });
});

describeWith(['curl', 'python-requests-oauthlib'], 'the samples of the page', () => {
  suite((world) => {
    const samples = (language: string): string[] =>
      documentedCode('docs/user-requests.md', 'Signing and tokens')
        .filter((block) => block.language === language)
        .map(({ text }) => text.replaceAll('http://127.0.0.1:8080', world().url));
    const TOKEN_FORM = String.raw`oauth_token=[\w-]{43}&oauth_token_secret=[\w-]{43}`;

    it('of curl work as they are shown', async () => {
      const [call = '', tokens = ''] = samples('sh');
      expect((await run('/bin/sh', '-ec', call)).stdout).toMatch(RECEIPT);
      const { stdout } = await run('/bin/sh', '-ec', tokens);
      expect(stdout).toMatch(new RegExp(`^${TOKEN_FORM}${TOKEN_FORM}[\\w-]{43};[\\w-]{43}$`));
    });

    it('of Python and Node.js sign as they are shown', async () => {
      const [python = ''] = samples('py');
      expect((await run(realPartPath('python-requests-oauthlib'), '-c', python)).stdout).toMatch(/^200 \d+;\w{50}$/m);
      const [node = ''] = samples('js');
      const { stdout, stderr } = await run(process.execPath, '--input-type=module', '-e', node);
      expect([stdout, stderr]).toEqual([expect.stringMatching(/^200 \d+;\w{50}$/m), '']);
    });
  });
});

describeWith('curl', 'curl', () => {
  suite((world) => {
    it('makes the published call, unchanged but for the host', async () => {
      const authorization =
        'Authorization: OAuth realm="http://127.0.0.1:8080/", oauth_consumer_key="myConsumer", ' +
        'oauth_timestamp="135131231", oauth_nonce="randomString", oauth_token="mh7an9dkrg59"';
      const url = `${world().url}/api/users/username1/requests`;
      const { stdout } = await run(
        realPartPath('curl'),
        '-sS',
        '-H',
        authorization,
        '-d',
        'request_type=LOGIN_UNATTENDED',
        url,
      );
      expect(stdout).toMatch(RECEIPT);
      const reply = await world().probe({ consumer: { key: 'nobody', secret: 'x' } });
      expect(problemOf(reply)).toEqual([400, 'invalid_consumer']);
    });
  });
});
