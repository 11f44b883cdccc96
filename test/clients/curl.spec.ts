import { X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DEMO_WORLD } from '../../src/demo/demo-world.js';
import { describeWith } from '../support/describe-with.js';
import { realPartPath } from '../support/real-parts.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { run, sample, type SampleRun } from './run-sample.js';
import { type ClientsServer, startTlsServer } from './servers.js';

const ADMINISTRATOR = 'RCDEVSDOCS\\administrator:password';
const call = (params: object = {}): string =>
  JSON.stringify({
    jsonrpc: '2.0',
    method: 'PwReset.Send_Request',
    params: { username: 'Jane Doe', method: 'NONE', ...params },
    id: 0,
  });
const LINKED = {
  jsonrpc: '2.0',
  result: expect.stringMatching(/^https:\/\/127\.0\.0\.1:\d+\/webapps\/pwreset\/\?req=/) as string,
  id: 0,
};

describeWith(['curl', 'openssl'], 'section 14: plain curl', () => {
  let server: ClientsServer;

  beforeAll(async () => {
    server = await startTlsServer('authority');
  });
  afterAll(() => server.stop());

  /** Runs curl against a server; prints the body, then the status on a line of its own. */
  const curl = (target: ClientsServer, ...args: string[]): Promise<SampleRun> =>
    run(
      realPartPath('curl'),
      '--silent',
      '--show-error',
      '--write-out',
      '\n%{http_code}',
      '--cacert',
      target.caFile,
      ...args,
      target.url,
    );
  const answerOf = ({ stdout, code }: SampleRun): unknown => {
    expect(code).toBe(0);
    const [body = '', status] = stdout.split('\n');
    return [status, JSON.parse(body) as unknown];
  };

  it('the call of the start page: credentials by -u, body by -d', async () => {
    expect(answerOf(await curl(server, '-u', ADMINISTRATOR, '-d', call()))).toEqual(['200', LINKED]);
  });

  it('waits for the challenge before it sends credentials (--anyauth), as PowerShell does', async () => {
    expect(answerOf(await curl(server, '--anyauth', '-u', ADMINISTRATOR, '-d', call()))).toEqual(['200', LINKED]);
  });

  it('PowerShell as published: challenged, then -32600', async () => {
    const doubled = `${ADMINISTRATOR}:password`;
    expect(answerOf(await curl(server, '--anyauth', '-u', doubled, '-d', call({ domain: 'RCDEVDOCS' })))).toMatchObject(
      ['200', { error: { code: -32600, data: 'Invalid username or password' }, id: null }],
    );
  });

  it('without credentials: 401', async () => {
    expect(answerOf(await curl(server, '-d', call()))).toMatchObject(['401', { error: { code: -32600 } }]);
  });

  it.each([
    ['HTTP/1.0', '--http1.0', '--no-alpn'],
    ['HTTP/1.1', '--http1.1'],
    ['an offer of HTTP/2', '--http2'],
    ['compression', '--compressed'],
  ])('over %s', async (_case, ...options) => {
    expect(answerOf(await curl(server, ...options, '-u', ADMINISTRATOR, '-d', call({ username: 'john' })))).toEqual([
      '200',
      LINKED,
    ]);
  });

  it('a body of almost 1 MiB behind "Expect: 100-continue", and 413 for a larger one', async () => {
    const folder = temporaryFolder('curl');
    const [fits, larger] = [join(folder, 'fits'), join(folder, 'larger')];
    writeFileSync(fits, call({ username: 'nobody' }).padEnd(1_048_576));
    writeFileSync(larger, call().padEnd(1_048_577));
    const expecting = ['-H', 'Expect: 100-continue', '-u', ADMINISTRATOR, '--data-binary'];
    expect(answerOf(await curl(server, ...expecting, `@${fits}`))).toMatchObject([
      '200',
      { error: { code: -32603 }, id: 0 },
    ]);
    expect(answerOf(await curl(server, ...expecting, `@${larger}`))).toMatchObject([
      '413',
      { error: { code: -32600 } },
    ]);
  });

  it('attack 1: another Host, as a client behind a virtual host sends it, changes no link', async () => {
    const answer = answerOf(
      await curl(server, '-H', 'Host: virtual.example.test', '-u', ADMINISTRATOR, '-d', call({ username: 'john' })),
    );
    expect(answer).toEqual(['200', LINKED]);
  });

  it('follows the link to the end, with the cookies of a TLS site', async () => {
    const [, body] = answerOf(
      await curl(
        server,
        '-u',
        'domain 1\\manager1:correct horse 4',
        '-d',
        call({ username: 'username1', domain: 'domain 1', method: 'MAIL' }),
      ),
    ) as [string, { result: string }];
    const { code, stdout, stderr } = await run(
      '/bin/sh',
      sample('follow_link.sh'),
      realPartPath('curl'),
      server.caFile,
      body.result,
      'Lake under 7 stars',
    );
    expect([code, stderr, stdout]).toEqual([0, '', '200\n200\n200\n']);
    await server.app.deliverDue();
    const subjects = (await server.app.mailbox())
      .filter(({ to }) => to === 'username1@example.test')
      .map(({ subject }) => subject);
    expect(subjects).toContain('Your password for domain 1 was changed');
  });
});

describeWith(['curl', 'openssl'], 'section 2: plain curl with a client certificate (manager_auth: PKI)', () => {
  let server: ClientsServer;

  beforeAll(async () => {
    server = await startTlsServer('authority', { clientCertificates: true });
  });
  afterAll(() => server.stop());

  it('needs login, password and the certificate stored for that administrator', async () => {
    const own = await server.ca.issue('administrator', { addresses: [], names: ['desk.example.test'] });
    const other = await server.ca.issue('other', { addresses: [], names: ['desk.example.test'] });
    const { fingerprint256 } = new X509Certificate(readFileSync(own.certFile));
    await server.app.apply(
      DEMO_WORLD.replace('publicUrl: http:', 'publicUrl: https:')
        .replace('self_register_mode: poll', 'manager_auth: PKI')
        .replace('role: global-admin', `role: global-admin, certificates: ["${fingerprint256}"]`),
      { PORT: new URL(server.url).port },
    );
    const curl = async (...args: string[]): Promise<unknown> => {
      const common = ['--silent', '--cacert', server.caFile, '-u', ADMINISTRATOR, '-d', call()];
      return JSON.parse((await run(realPartPath('curl'), ...common, ...args, server.url)).stdout);
    };
    const refused = { error: { code: -32600, data: 'Invalid username or password' } };
    expect(await curl('--cert', own.certFile, '--key', own.keyFile)).toEqual(LINKED);
    expect(await curl('--cert', other.certFile, '--key', other.keyFile)).toMatchObject(refused);
    expect(await curl()).toMatchObject(refused);
  });
});
