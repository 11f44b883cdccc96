import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ManagerClient } from '../../support/manager-client.js';
import { TestApp } from '../../support/test-app.js';
import { basic, failure, FALSE, INVALID_LOGIN } from './answers.js';
import { databaseOfSuite } from './database-of-suite.js';

const ADMINISTRATOR = 'RCDEVSDOCS\\administrator';
const LINK = /^http:\/\/127\.0\.0\.1:\d+\/webapps\/pwreset\/\?req=[A-Za-z0-9_-]{43}$/;

/** The published call. */
const published = (domain = 'RCDEVSDOCS'): string =>
  JSON.stringify({
    jsonrpc: '2.0',
    method: 'PwReset.Send_Request',
    params: { username: 'Jane Doe', domain, method: 'MAILSMS', expires: 72, comments: 'Reset your password' },
    id: 0,
  });

describe('section 14: sample quirks, on the demo world', () => {
  const database = databaseOfSuite();
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start({ database: database() });
  });
  afterAll(() => app.stop());

  const post = (body: string, headers: Record<string, string>): Promise<Response> =>
    fetch(`${app.url}/manag/`, { method: 'POST', body, headers });
  const call = (params: object): Promise<unknown> =>
    new ManagerClient(app.url).call('PwReset.Send_Request', { username: 'Jane Doe', method: 'NONE', ...params });

  it('Python: JSON header, id 0: {"jsonrpc":"2.0","result":"http...","id":0}', async () => {
    const response = await post(published(), {
      authorization: basic(ADMINISTRATOR, 'password'),
      'content-type': 'application/json',
      connection: 'close',
    });
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(response.headers.get('connection')).toBe('close');
    const text = await response.text();
    expect(text).toMatch(/^\{"jsonrpc":"2\.0","result":"[^"]+","id":0\}$/);
    expect((JSON.parse(text) as { result: string }).result).toMatch(LINK);
  });

  it('PHP: form content type, preemptive Basic', async () => {
    const response = await post(published(), {
      authorization: basic(ADMINISTRATOR, 'password'),
      'content-type': 'application/x-www-form-urlencoded',
    });
    expect(await response.json()).toEqual({ jsonrpc: '2.0', result: expect.stringMatching(LINK) as string, id: 0 });
  });

  it('PowerShell as published: the challenge 401, then -32600, for the password comes twice', async () => {
    const first = await post(published('RCDEVDOCS'), {});
    expect([first.status, first.headers.get('www-authenticate')]).toEqual([401, 'Basic realm="Manager"']);
    const authorization = basic(`${ADMINISTRATOR}:password`, 'password');
    const second = await post(published('RCDEVDOCS'), { authorization });
    expect([second.status, await second.json()]).toEqual([200, INVALID_LOGIN]);
  });

  it("PowerShell with the name put right: Domain 'RCDEVDOCS' not existing", async () => {
    const response = await post(published('RCDEVDOCS'), { authorization: basic(ADMINISTRATOR, 'password') });
    expect(await response.json()).toEqual(failure(-32603, "Domain 'RCDEVDOCS' not existing"));
  });

  it.each([
    ['expires 0', { expires: 0 }, FALSE],
    ['expires 721', { expires: 721 }, FALSE],
    ['expires -1', { expires: -1 }, FALSE],
    ['expires "abc"', { expires: 'abc' }, failure(-32602, 'Parameter expires not Integer')],
    ['method FAX', { method: 'FAX' }, FALSE],
    ['username 5', { username: 5 }, failure(-32602, 'Parameter username not String')],
  ])('%s', async (_case, params, answer) => {
    expect(await call(params)).toEqual(answer);
  });
});
