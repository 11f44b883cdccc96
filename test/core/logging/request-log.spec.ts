import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { LatchkeyProcess } from '../../support/latchkey-process.js';

const SECRET = 'Zk3v9w0QmT6yH1b4cP8sXeLr2NdUaJfGoIhKqVtBwYs';

interface Line {
  readonly req?: { readonly id: string; readonly method: string; readonly path: string };
  readonly res?: { readonly status: number };
}

describe('the log of requests', () => {
  let server: LatchkeyProcess;

  beforeAll(async () => {
    server = await LatchkeyProcess.start({ LATCHKEY_LOG_LEVEL: 'info' });
  });
  afterAll(() => server.stop());

  const logged = (id: string | null): Line | undefined =>
    server.output
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Line)
      .find(({ req }) => req?.id === id);

  it.each([
    ['POST', '/manag/', 401, '/manag/'],
    ['POST', '/manag', 401, '/manag'],
    ['GET', '/', 200, '/'],
    ['GET', `/webapps/pwreset/?req=${SECRET}`, 404, '/webapps/pwreset/'],
    ['GET', `/webapps/pwreset/%3Freq=${SECRET}`, 404, '/webapps/pwreset/'],
    ['GET', '/webapps/pwreset/password', 404, '/webapps/pwreset/password'],
    ['GET', '/dev/mailbox.json', 200, '/dev/mailbox.json'],
    ['GET', '/openapi.json', 200, '/openapi.json'],
    ['GET', '/nowhere/at/all', 404, '/nowhere/at/all'],
  ])('has a line for %s %s, with the id of the answer', async (method, address, status, path) => {
    const answer = await fetch(`${server.url}${address}`, { method });
    expect(answer.status).toBe(status);
    const id = answer.headers.get('x-request-id');
    const line = await vi.waitFor(() => {
      const found = logged(id);
      if (!found) throw new Error('not logged yet');
      return found;
    });
    expect(line).toMatchObject({ req: { method, path }, res: { status } });
    expect(server.output).not.toContain(SECRET);
  });

  it('attack 70: neither log nor answer repeats an address that cannot be decoded', async () => {
    const answer = await fetch(`${server.url}/webapps/pwreset/%zz?req=${SECRET}`);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({ statusCode: 400, message: 'Bad Request' });
    expect(server.output).not.toContain(SECRET);
  });
});
