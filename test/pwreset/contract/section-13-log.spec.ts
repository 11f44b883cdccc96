import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Browserless } from '../../support/browserless.js';
import { LatchkeyProcess } from '../../support/latchkey-process.js';
import { ManagerClient } from '../../support/manager-client.js';
import { NEW_PASSWORD, SEND } from './world.js';

/** A line may come a moment after the answer. */
const PATIENCE = { timeout: 15_000 };

/** Lines of the log, each a JSON object. */
function linesOf(output: string): Record<string, unknown>[] {
  return output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('section 13: the log of a server that tells everything it can (LATCHKEY_LOG_LEVEL=trace)', () => {
  let server: LatchkeyProcess;

  beforeAll(async () => {
    server = await LatchkeyProcess.start({ LATCHKEY_LOG_LEVEL: 'trace' });
  });
  afterAll(() => server.stop());

  it('attack 70: holds neither token nor session nor password, in no address, referrer, header or error', async () => {
    const chief = new ManagerClient(server.url);
    const link = await chief.sendReset({ username: 'Jane Doe', method: 'MAILSMS', comments: 'Ticket 812' });
    const secret = link.slice(-43);
    await new ManagerClient(server.url, 'RCDEVSDOCS\\administrator', 'canary-of-a-guess').call(SEND, {});

    // The link in every place where a browser, a proxy or a mistaken client may put it.
    const agent = {
      'user-agent': 'canary-agent',
      referer: link,
      'x-original-url': link,
      cookie: `latchkey_pwreset=${secret}`,
    };
    for (const path of [
      `/nowhere/${secret}`,
      `/?req=${secret}`,
      `/manag/?req=${secret}`,
      `/dev/mailbox.json?req=${secret}`,
    ]) {
      await fetch(`${server.url}${path}`, { headers: { ...agent, accept: 'text/html' } });
    }
    await fetch(`${server.url}/webapps/pwreset/password?req=${secret}`, {
      method: 'POST',
      headers: agent,
      body: `req=${secret}`,
    });
    await fetch(`${server.url}/webapps/pwreset/?req=${secret}`, { method: 'PUT', headers: agent, body: secret });
    await chief.post(`{"jsonrpc":"2.0","method":"${secret}","params":{"username":"${secret}"}`);
    await fetch(`${server.url}/manag/`, { method: 'POST', headers: { authorization: `Bearer ${secret}` }, body: link });

    const person = new Browserless(server.url, { referer: link });
    const form = await person.submit(await person.get(link), {});
    const csrf = /name="csrf" value="([^"]+)"/.exec(form.html)?.[1] ?? '';
    await person.submit(form, { password: 'canary7', repeated: 'canary8' });
    const done = await person.submit(form, { password: NEW_PASSWORD, repeated: NEW_PASSWORD });
    expect([done.status, csrf === '']).toEqual([200, false]);
    // The next request has its line behind those of all others.
    await fetch(`${server.url}/the-last-request`);
    await expect.poll(() => server.output, PATIENCE).toContain('/the-last-request');

    const lines = linesOf(server.output);
    expect(lines.length).toBeGreaterThan(10);
    for (const canary of [
      secret,
      csrf,
      NEW_PASSWORD,
      'canary',
      Buffer.from('RCDEVSDOCS\\administrator:password').toString('base64'),
      'Ticket 812',
      'jane.doe@example.test',
      '+35226000001',
    ]) {
      expect([canary, server.output.includes(canary)]).toEqual([canary, false]);
    }
  });

  it('names each request by an id of ours, with method, path and status, and gives the id to the client', async () => {
    const response = await fetch(`${server.url}/webapps/pwreset/?req=whatever`, {
      headers: { 'x-request-id': 'chosen-by-the-client' },
    });
    const id = response.headers.get('x-request-id');
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    await expect.poll(() => server.output, PATIENCE).toContain(id);
    const line = linesOf(server.output).find(({ req }) => (req as { id?: string } | undefined)?.id === id);
    expect(line).toMatchObject({ req: { id, method: 'GET', path: '/webapps/pwreset/' }, res: { status: 404 } });
    expect(server.output).not.toContain('chosen-by-the-client');
  });
});
