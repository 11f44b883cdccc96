import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ADMIN, basic, DemoSurface, PASSWORD } from './demo-surface.js';

const CALL = JSON.stringify({ jsonrpc: '2.0', method: 'Demo.Word', params: { word: 'ok' }, id: 0 });
const ANSWER = { jsonrpc: '2.0', result: 'ok', id: 0 };
const MEBIBYTE = 1024 * 1024;

/** The call with blanks before it, so that the body has this many bytes. */
const padded = (bytes: number): string => CALL.padStart(bytes, ' ');

describe('JSON-RPC section 1: transport', () => {
  let surface: DemoSurface;

  beforeAll(async () => {
    surface = await DemoSurface.start();
  });

  beforeEach(() => surface.reset());

  afterAll(() => surface.close());

  it.each(['/manag/', '/manag', '/manag/?x=1'])('serves POST %s without a redirect', async (path) => {
    const response = await surface.post(CALL, {}, path);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual(ANSWER);
  });

  it.each([
    ['application/json'],
    ['application/json; charset=utf-8'],
    ['application/x-www-form-urlencoded'],
    ['multipart/form-data; boundary=----x'],
    ['text/plain'],
    ['application/xml'],
    ['no media type'],
    [';'],
    [''],
  ])('parses the body as JSON when its type is said to be %j', async (type) => {
    const response = await surface.post(CALL, { 'content-type': type });
    expect(await response.json()).toEqual(ANSWER);
  });

  it('parses the body as JSON when no type is given', async () => {
    const answer = await surface.raw(
      `POST /manag/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: ${basic(ADMIN, PASSWORD)}\r\n` +
        `Content-Length: ${CALL.length}\r\n\r\n${CALL}`,
    );
    expect(answer).toContain(JSON.stringify(ANSWER));
  });

  it('takes a body in chunks, and one that waits for 100-continue', async () => {
    const answer = await surface.raw(
      `POST /manag/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: ${basic(ADMIN, PASSWORD)}\r\n` +
        `Expect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n`,
      `${(10).toString(16)}\r\n${CALL.slice(0, 10)}\r\n`,
      `${(CALL.length - 10).toString(16)}\r\n${CALL.slice(10)}\r\n0\r\n\r\n`,
    );
    expect(answer).toContain('HTTP/1.1 100 Continue');
    expect(answer).toContain(JSON.stringify(ANSWER));
  });

  it('answers as application/json, to be stored nowhere, and without a cookie', async () => {
    const response = await surface.post(CALL);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('set-cookie')).toBeNull();
  });

  it('answers refusals the same way', async () => {
    const responses = await Promise.all([
      surface.post('{'),
      surface.post(CALL, { authorization: '' }),
      surface.post(CALL, { authorization: basic('a', 'b') }),
      surface.post(padded(MEBIBYTE + 1)),
      fetch(`${surface.origin}/manag/`),
    ]);
    expect(responses.map(({ status }) => status)).toEqual([200, 401, 200, 413, 405]);
    for (const { headers } of responses) {
      expect(headers.get('content-type')).toBe('application/json');
      expect(headers.get('cache-control')).toBe('no-store');
    }
  });

  it('honours Connection: close, also on refusals', async () => {
    const head = `POST /manag/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: ${CALL.length}\r\n`;
    const served = await surface.raw(`${head}Authorization: ${basic(ADMIN, PASSWORD)}\r\n\r\n${CALL}`);
    expect(served).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*connection: close\r\n/i);
    expect(await surface.raw(`${head}\r\n${CALL}`)).toMatch(/^HTTP\/1\.1 401 [^]*connection: close\r\n/i);
  });

  it('serves the next call on a connection whose last one was refused before its body was read', async () => {
    const head = (more: string): string =>
      `POST /manag/ HTTP/1.1\r\nHost: x\r\n${more}Content-Length: ${CALL.length}\r\n\r\n${CALL}`;
    const answers = await surface.raw(
      head(''),
      head(`Authorization: ${basic('a', 'b')}\r\n`),
      head(`Connection: close\r\nAuthorization: ${basic(ADMIN, PASSWORD)}\r\n`),
    );
    expect(answers.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 401', 'HTTP/1.1 200', 'HTTP/1.1 200']);
    expect(answers).toContain(JSON.stringify(ANSWER));
  });

  it('attack 1: takes no notice of Host and forwarding headers', async () => {
    const response = await surface.post(CALL, { 'x-forwarded-host': 'evil.example.test', 'x-original-url': '/x' });
    expect(await response.json()).toEqual(ANSWER);
    const answer = await surface.raw(
      `POST http://evil.example.test/manag/ HTTP/1.1\r\nHost: evil.example.test\r\nConnection: close\r\n` +
        `Authorization: ${basic(ADMIN, PASSWORD)}\r\nContent-Length: ${CALL.length}\r\n\r\n${CALL}`,
    );
    expect(answer).toContain(JSON.stringify(ANSWER));
  });

  it.each(['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND', 'LOCK', 'SEARCH', 'QUERY'])(
    'refuses %s with 405, saying what is allowed',
    async (method) => {
      const response = await fetch(`${surface.origin}/manag/`, { method });
      expect(response.status).toBe(405);
      expect(response.headers.get('allow')).toBe('POST');
      expect(response.headers.get('content-type')).toBe('application/json');
      const text = await response.text();
      const error = { code: -32600, message: 'Invalid Request', data: 'HTTP method not POST' };
      expect(text).toBe(method === 'HEAD' ? '' : JSON.stringify({ jsonrpc: '2.0', error, id: null }));
      expect(surface.gate.admissions).toEqual([]);
    },
  );

  it('takes a body of 1 MiB', async () => {
    const response = await surface.post(padded(MEBIBYTE));
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual(ANSWER);
  });

  it.each([MEBIBYTE + 1, 5 * MEBIBYTE])('refuses a body of %d bytes with 413', async (bytes) => {
    const response = await surface.post(padded(bytes));
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ error: { code: -32600, data: 'Request body over 1 MiB' }, id: null });
    expect(surface.methods.calls).toEqual([]);
  });

  /** A call whose body comes in this many chunks of 64 KiB. */
  const inChunks = (chunks: number, end: string): string[] => [
    `POST /manag/ HTTP/1.1\r\nHost: x\r\nAuthorization: ${basic(ADMIN, PASSWORD)}\r\nTransfer-Encoding: chunked\r\n\r\n`,
    ...Array.from({ length: chunks }, () => `10000\r\n${' '.repeat(0x1_00_00)}\r\n`),
    end,
  ];

  it('refuses a body in chunks that grows too large, and closes the connection', async () => {
    const answer = await surface.raw(...inChunks(17, '0\r\n\r\n'));
    expect(answer).toMatch(/^HTTP\/1\.1 413 [^]*connection: close\r\n/i);
  });

  it('does not wait for the end of a body without one', async () => {
    // Whether the client gets to read the answer, or notices the broken connection first, is up to its system.
    await surface.raw(...inChunks(20 * 16, '')).catch(() => '');
    expect(surface.methods.calls).toEqual([]);
    expect((await surface.post(CALL)).status).toBe(200);
  });

  it('does not take a body that ends early for a call', async () => {
    const answer = await surface.raw(
      `POST /manag/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: ${basic(ADMIN, PASSWORD)}\r\n` +
        `Transfer-Encoding: chunked\r\n\r\nnonsense\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(surface.methods.calls).toEqual([]);
  });
});
