import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Browserless } from '../../support/browserless.js';
import { LatchkeyProcess } from '../../support/latchkey-process.js';
import { NAVIGATION, NEW_PASSWORD, SCRIPT } from './processing-world.js';

/** A line may come a moment after the answer. */
const PATIENCE = { timeout: 15_000 };

/** The published sample (user-requests section 2). */
const AUTHORIZATION =
  'OAuth realm="http://127.0.0.1/", oauth_consumer_key="myConsumer", oauth_token="mh7an9dkrg59", ' +
  'oauth_timestamp="135131231", oauth_nonce="randomString"';

describe('the log of a server that tells everything it can (LATCHKEY_LOG_LEVEL=trace)', () => {
  let server: LatchkeyProcess;

  beforeAll(async () => {
    server = await LatchkeyProcess.start({ LATCHKEY_LOG_LEVEL: 'trace' });
  });
  afterAll(() => server.stop());

  const made = async (type: string, requestPin = 'false'): Promise<{ path: string; code: string }> => {
    const answer = await fetch(`${server.url}/api/users/username1/requests`, {
      method: 'POST',
      headers: { authorization: AUTHORIZATION },
      body: new URLSearchParams({ request_type: type, requestPin }),
    });
    const [number = '', code = ''] = (await answer.text()).split(';');
    expect(code).toMatch(/^[A-Za-z0-9]{50}$/);
    return { path: `/user/processRequest/${number}/${code}`, code };
  };

  it('attack 70: holds no code, PIN, session or password, and no page sends an address on', async () => {
    const canaries: string[] = [];
    const logIn = await made('LOGIN_UNATTENDED');
    const answer = await fetch(server.url + logIn.path, { headers: { ...SCRIPT, referer: server.url + logIn.path } });
    const session = /JSESSIONID=([^;]+)/.exec(answer.headers.getSetCookie().join())?.[1] ?? 'none';
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
    canaries.push(logIn.code, session);

    const reset = await made('PASSWORD_RESET', 'true');
    canaries.push(reset.code, '987654', NEW_PASSWORD, 'canary');
    for (const base of ['', '/belladati']) {
      for (const tail of ['', '/', '/more', '?pin=987654&redirect=https://canary.test/', '%3fpin=987654']) {
        for (const method of ['GET', 'HEAD', 'OPTIONS', 'PUT']) {
          await fetch(`${server.url}${base}${reset.path}${tail}`, { method, headers: NAVIGATION });
        }
      }
    }

    const browser = new Browserless(server.url, NAVIGATION);
    const set = await made('PASSWORD_SET');
    const page = await browser.get(set.path);
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
    expect(page.headers.get('cache-control')).toBe('no-store');
    const csrf = /name="csrf" value="([^"]+)"/.exec(page.html)?.[1] ?? 'none';
    await browser.submit(page, { password: 'canary7', repeated: 'canary8' });
    const done = await browser.submit(page, { password: NEW_PASSWORD, repeated: NEW_PASSWORD });
    expect([done.status, new URL(done.url).pathname]).toEqual([200, '/user/processRequest/done']);
    canaries.push(set.code, csrf);

    // The next request has its line behind those of all others.
    await fetch(`${server.url}/the-last-request`);
    await expect.poll(() => server.output, PATIENCE).toContain('/the-last-request');
    expect(server.output).toContain('/user/processRequest/[id]/[code]');
    for (const canary of canaries) expect([canary, server.output.includes(canary)]).toEqual([canary, false]);
  });
});
