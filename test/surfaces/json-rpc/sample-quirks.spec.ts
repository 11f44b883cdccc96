import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DomainError } from '../../../src/core/errors/domain-error.js';
import { ADMIN, basic, DemoSurface, PASSWORD } from './demo-surface.js';

const CALL = '{"jsonrpc":"2.0","method":"Demo.Echo","params":{"username":"Jane Doe","expires":72},"id":0}';
const RESULT = '{"jsonrpc":"2.0","result":{"username":"Jane Doe","expires":72},"id":0}';

describe('JSON-RPC section 14: quirks of the published samples', () => {
  let surface: DemoSurface;

  beforeAll(async () => {
    surface = await DemoSurface.start();
  });

  beforeEach(() => surface.reset());

  afterAll(() => surface.close());

  it('Python: JSON header, id 0, Connection: close', async () => {
    const response = await surface.post(CALL, { connection: 'close' });
    expect(response.headers.get('connection')).toBe('close');
    expect(await response.text()).toBe(RESULT);
  });

  it('PHP: raw JSON under a form content type, credentials sent at once', async () => {
    const answer = await surface.raw(
      `POST /manag/ HTTP/1.1\r\nHost: x\r\nAuthorization: ${basic(ADMIN, PASSWORD)}\r\nAccept: */*\r\n` +
        `connection: close\r\nContent-Length: ${CALL.length}\r\n` +
        `Content-Type: application/x-www-form-urlencoded\r\n\r\n${CALL}`,
    );
    expect(answer.split('\r\n\r\n')[1]).toBe(RESULT);
  });

  it('PowerShell as published: challenged, then refused, because the password comes twice', async () => {
    const first = await fetch(`${surface.origin}/manag/`, { method: 'POST', body: CALL });
    expect([first.status, first.headers.get('www-authenticate')]).toEqual([401, 'Basic realm="Manager"']);
    const authorization = basic(`${ADMIN}:${PASSWORD}`, PASSWORD);
    const second = await surface.post(CALL, { authorization });
    expect(second.status).toBe(200);
    expect(await second.json()).toMatchObject({
      error: { code: -32600, data: 'Invalid username or password' },
      id: null,
    });
    expect(surface.gate.admissions[1]?.authorization).toEqual({
      kind: 'basic',
      user: ADMIN,
      password: `${PASSWORD}:${PASSWORD}`,
    });
  });

  it('PowerShell with the name put right: the domain it names does not exist', async () => {
    surface.methods.failure = new DomainError('domain-not-found', { params: { domain: 'RCDEVDOCS' } });
    expect(await surface.call({ jsonrpc: '2.0', method: 'Demo.Fail', id: 0 })).toEqual({
      jsonrpc: '2.0',
      error: { code: -32603, message: 'Internal error', data: "Domain 'RCDEVDOCS' not existing" },
      id: 0,
    });
  });
});
