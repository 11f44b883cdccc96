import { readFile } from 'node:fs/promises';
import { request as httpsRequest } from 'node:https';
import { X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DomainError } from '../../../src/core/errors/domain-error.js';
import { removeTemporaryFolder, temporaryFolder } from '../../support/temporary-folder.js';
import { TestCa, type ServerCertificate } from '../../support/test-ca.js';
import { ADMIN, basic, DemoSurface, PASSWORD } from './demo-surface.js';

const CALL = JSON.stringify({ jsonrpc: '2.0', method: 'Demo.Word', params: { word: 'ok' }, id: 0 });

/** The error of a refusal that is answered before any call. */
const refusal = (data: string) => ({
  jsonrpc: '2.0',
  error: { code: -32600, message: 'Invalid Request', data },
  id: null,
});

describe('JSON-RPC section 2: authentication and access', () => {
  let surface: DemoSurface;

  beforeAll(async () => {
    surface = await DemoSurface.start();
  });

  beforeEach(() => surface.reset());

  afterAll(() => surface.close());

  it('lets an administrator in, with backslashes in the name and colons in the password', async () => {
    expect((await surface.post(CALL)).status).toBe(200);
    expect(surface.methods.calls[0]?.caller).toMatchObject({ label: ADMIN, clientAddress: '127.0.0.1' });
  });

  it.each<Record<string, string>>([{}, { authorization: 'Bearer abc' }])(
    'challenges a request without credentials: %j',
    async (headers) => {
      const response = await fetch(`${surface.origin}/manag/`, { method: 'POST', body: CALL, headers });
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toBe('Basic realm="Manager"');
      expect(await response.json()).toEqual(refusal('Authentication required'));
    },
  );

  it.each([
    ['a wrong password', basic(ADMIN, 'wrong')],
    ['an unknown name', basic('nobody', PASSWORD)],
    ['attack 50: an empty password', basic(ADMIN, '')],
    ['no colon', `Basic ${Buffer.from(ADMIN).toString('base64')}`],
    ['no Base64', 'Basic %%%'],
    ['nothing', 'Basic '],
    ['attack 63: NUL in the name', basic('adm\0in', PASSWORD)],
  ])('answers %s with HTTP 200 and -32600', async (_case, authorization) => {
    const response = await surface.post(CALL, { authorization });
    expect(response.status).toBe(200);
    expect(response.headers.get('www-authenticate')).toBeNull();
    expect(await response.json()).toEqual(refusal('Invalid username or password'));
    expect(surface.methods.calls).toEqual([]);
  });

  it('shows malformed credentials to the gate, which counts them', async () => {
    await surface.post(CALL, { authorization: 'Basic %%%' });
    expect(surface.gate.admissions).toMatchObject([{ authorization: { kind: 'malformed' } }]);
  });

  it.each([
    ['client-address-not-allowed', {}, 403, 'Client address not allowed'],
    ['client-address-unreadable', {}, 403, 'Client address not allowed'],
    ['too-many-attempts', { retryAfter: 180 }, 429, 'Too many failed logins'],
  ] as const)('answers %s with its own status', async (code, params, status, data) => {
    surface.gate.refusal = new DomainError(code, { params });
    const response = await surface.post(CALL);
    expect(response.status).toBe(status);
    expect(await response.json()).toEqual(refusal(data));
    expect(response.headers.get('retry-after')).toBe(status === 429 ? '180' : null);
  });

  it.each([
    [
      new DomainError('database-unavailable', { cause: new Error('ECONNREFUSED 10.0.0.5') }),
      -32000,
      'Database not reachable',
    ],
    [new DomainError('directory-unavailable'), -32000, 'Directory not reachable'],
    [new Error('password=secret'), -32603, expect.stringMatching(/^Unexpected failure, reference \S+$/) as string],
  ])('answers with HTTP 200 when nobody can be let in because of %s', async (failure, code, data) => {
    surface.gate.refusal = failure;
    const response = await surface.post(CALL);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ error: { code, data }, id: null });
  });

  it('attack 68: keeps callers apart who log in at the same moment', async () => {
    const [good, bad] = [basic(ADMIN, PASSWORD), basic(ADMIN, 'wrong')];
    const answers = await Promise.all(
      Array.from({ length: 60 }, async (_, index) => {
        const body = JSON.stringify({ jsonrpc: '2.0', method: 'Demo.Word', params: { word: `w${index}` }, id: index });
        const response = await surface.post(body, { authorization: index % 2 ? bad : good });
        return response.json() as Promise<{ result?: string; id: unknown }>;
      }),
    );
    answers.forEach(({ result, id }, index) => {
      expect([result, id]).toEqual(index % 2 ? [undefined, null] : [`w${index}`, index]);
    });
  });

  it('asks the gate of its own application when two run in one process', async () => {
    const other = await DemoSurface.start();
    try {
      other.gate.refusal = new DomainError('client-address-not-allowed');
      expect((await surface.post(CALL)).status).toBe(200);
      expect((await other.post(CALL)).status).toBe(403);
    } finally {
      await other.close();
    }
    expect((await surface.post(CALL)).status).toBe(200);
  });
});

describe('JSON-RPC section 2: client certificates', () => {
  let surface: DemoSurface;
  let folder: string;
  let ca: TestCa;
  let known: ServerCertificate;
  let foreign: ServerCertificate;

  beforeAll(async () => {
    folder = temporaryFolder('client-certificates');
    ca = await TestCa.create(folder);
    const server = await ca.issue('server', { addresses: ['127.0.0.1'], names: [] });
    known = await ca.issue('desk1', { addresses: [], names: ['desk1'] });
    foreign = await ca.issue('stranger', { addresses: [], names: ['desk1'] }, 'self-signed');
    const https = {
      cert: await readFile(server.certFile),
      key: await readFile(server.keyFile),
      ca: await readFile(ca.caFile),
      requestCert: true,
      rejectUnauthorized: false,
    };
    surface = await DemoSurface.start({ https });
  });

  beforeEach(() => surface.reset());

  afterAll(async () => {
    await surface.close();
    removeTemporaryFolder(folder);
  });

  async function call(
    certificate: ServerCertificate | undefined,
    headers: Record<string, string> = {},
  ): Promise<number> {
    const options = {
      method: 'POST',
      agent: false as const,
      ca: await readFile(ca.caFile),
      ...(certificate && { cert: await readFile(certificate.certFile), key: await readFile(certificate.keyFile) }),
      headers: { authorization: basic(ADMIN, PASSWORD), ...headers },
    };
    return new Promise((resolve, reject) => {
      const request = httpsRequest(`${surface.origin}/manag/`, options, (response) => {
        response.resume().on('end', () => resolve(response.statusCode ?? 0));
      });
      request.on('error', reject).end(CALL);
    });
  }

  it('shows the gate the fingerprint of a certificate that our authority has signed', async () => {
    expect(await call(known)).toBe(200);
    const { fingerprint256 } = new X509Certificate(await readFile(known.certFile));
    expect(surface.gate.admissions[0]?.certificate).toBe(fingerprint256.replaceAll(':', '').toLowerCase());
  });

  it('shows none for a certificate of another authority, for none, and for a header that claims one', async () => {
    await call(foreign);
    await call(undefined);
    await call(undefined, { 'x-ssl-client-cert': await readFile(known.certFile, 'base64') });
    expect(surface.gate.admissions.map(({ certificate }) => certificate)).toEqual([undefined, undefined, undefined]);
  });
});
