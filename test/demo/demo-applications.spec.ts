import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestApp } from '../support/test-app.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

describe('the applications of the demo world', () => {
  let database: TestDatabase;
  let server: TestApp;
  beforeAll(async () => {
    database = await createTestDatabase('embedded');
    server = await TestApp.start({ database });
  });
  afterAll(async () => {
    await server.stop();
    await database.stop();
  });

  async function post(path: string, body: object, headers: Record<string, string> = {}): Promise<unknown> {
    const init = { method: 'POST', headers: { 'content-type': 'application/json', ...headers } };
    return (await fetch(`${server.url}${path}`, { ...init, body: JSON.stringify(body) })).json();
  }
  async function call(method: string, body: object): Promise<unknown> {
    const credentials = { client_id: 'demo-agent', client_secret: 'demo-agent-secret' };
    const token = await post('/auth/oauth/token', { grant_type: 'client_credentials', ...credentials });
    return post(`/das5/rest/auth/${method}`, body, {
      authorization: `Bearer ${(token as { access_token: string }).access_token}`,
    });
  }

  it('are the two that the published samples name', async () => {
    expect(await call('listApplications', { return: ['id', 'name'] })).toEqual({
      error: 0,
      result: {
        total: 2,
        rows: [
          { id: 'aid1', name: 'application 1' },
          { id: 'aid2', name: 'application 2' },
        ],
      },
    });
    expect(await call('listDomains', { application: { id: 'aid1' }, return: ['name'] })).toEqual({
      error: 0,
      result: { total: 2, rows: [{ name: 'RCDEVSDOCS' }, { name: 'domain 1' }] },
    });
  });

  it('ask for the steps that the design names', async () => {
    const codes = { return: ['name', 'authenticators'] };
    const rows = async (body: object) =>
      ((await call('getLogonSteps', { ...body, ...codes })) as { result: { rows: Record<string, unknown>[] } }).result
        .rows;
    const step = (name: string, ...wanted: string[]) => ({
      name,
      authenticators: wanted.map((code) => expect.objectContaining({ code }) as unknown),
    });
    expect(await rows({ application: { id: 'aid1' }, user: { loginName: 'Jane Doe' } })).toEqual([
      step('step 1', 'SPASS'),
      step('step 2', 'OTP', 'OTPoD', 'OOBA', 'GRID', 'FIDO'),
    ]);
    expect(await rows({ application: { name: 'application 2' } })).toEqual([step('step 1', 'OTP', 'OTPoD')]);
  });
});
