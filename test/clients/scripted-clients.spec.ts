import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWith } from '../support/describe-with.js';
import { type RealPartName, realPartPath } from '../support/real-parts.js';
import { run, sample, type SampleRun } from './run-sample.js';
import { type ClientsServer, startTlsServer } from './servers.js';

const ADMINISTRATOR = 'RCDEVSDOCS\\administrator';
const LINK = /^https:\/\/127\.0\.0\.1:\d+\/webapps\/pwreset\/\?req=[A-Za-z0-9_-]{43}$/;
const ENROLMENT_LINK = /^https:\/\/127\.0\.0\.1:\d+\/webapps\/selfreg\/\?req=[A-Za-z0-9_-]{43}$/;
const PUBLISHED = {
  username: 'Jane Doe',
  domain: 'RCDEVSDOCS',
  method: 'MAILSMS',
  expires: 72,
  comments: 'Ticket 812',
};

interface Ask {
  readonly user?: string;
  readonly password?: string;
  readonly params?: object;
  readonly method?: string;
}

/** The samples, each in the language of its interpreter; they take the same arguments and print the same. */
const CLIENTS: readonly (readonly [title: string, part: RealPartName, file: string])[] = [
  ['Python with requests: JSON header, id 0', 'python-requests', 'send_request.py'],
  ['PHP with curl: form content type, preemptive Basic', 'php-curl', 'send_request.php'],
];

for (const [title, part, file] of CLIENTS) {
  describeWith([part, 'openssl'], `section 14: ${title}`, () => {
    let server: ClientsServer;
    let selfSigned: ClientsServer;

    beforeAll(async () => {
      server = await startTlsServer('authority');
      selfSigned = await startTlsServer('self-signed');
    });
    afterAll(() => Promise.all([server.stop(), selfSigned.stop()]));

    const send = (
      { url }: ClientsServer,
      verify: string,
      { user = ADMINISTRATOR, password = 'password', params = PUBLISHED, method = 'PwReset.Send_Request' }: Ask = {},
    ): Promise<SampleRun> =>
      run(realPartPath(part), sample(file), url, user, password, verify, JSON.stringify(params), method);
    const answerOf = ({ stdout, stderr, code }: SampleRun): unknown => {
      expect([code, stderr]).toEqual([0, '']);
      const [status, body = ''] = stdout.split('\n');
      expect(status).toBe('200');
      return JSON.parse(body);
    };
    const link = { jsonrpc: '2.0', result: expect.stringMatching(LINK) as string, id: 0 };

    it('gets the link from a listener with a self-signed certificate that it does not check', async () => {
      expect(answerOf(await send(selfSigned, 'no'))).toEqual(link);
      expect((await selfSigned.app.mailbox()).map(({ channel }) => channel).toSorted()).toEqual(['MAIL', 'SMS']);
    });

    it('gets an enrolment link by SelfReg.Send_Request', async () => {
      const params = { ...PUBLISHED, application: 'OpenOTP', item: 'Token1', expires: 48 };
      const ask = { params, method: 'SelfReg.Send_Request' };
      expect(answerOf(await send(server, server.caFile, ask))).toEqual({
        ...link,
        result: expect.stringMatching(ENROLMENT_LINK) as string,
      });
    });

    it.each([
      ['Voice', { item: 'Voice' }, false],
      ['seconds in place of hours', { item: 'Token1', expires: 3_600 }, false],
      ['an item of another application', { application: 'SpanKey', item: 'Token1' }, false],
    ])('reads false of SelfReg.Send_Request for %s', async (_case, params, result) => {
      const ask = { params: { username: 'john', method: 'NONE', ...params }, method: 'SelfReg.Send_Request' };
      expect(answerOf(await send(server, server.caFile, ask))).toEqual({ jsonrpc: '2.0', result, id: 0 });
    });

    it('gets the link from a listener whose certificate it checks against the CA', async () => {
      expect(answerOf(await send(server, server.caFile))).toEqual(link);
    });

    it('attack 51: refuses a listener that it has no reason to trust', async () => {
      const { code, stdout } = await send(server, 'yes');
      expect([code === 0, stdout]).toEqual([false, '']);
    });

    it('reads -32600 of wrong credentials from JSON, since the status is 200', async () => {
      expect(answerOf(await send(server, server.caFile, { password: 'wrong' }))).toMatchObject({
        error: { code: -32600, data: 'Invalid username or password' },
        id: null,
      });
    });

    it.each([
      ['an unknown person', { username: 'nobody' }, { code: -32603, data: 'User not found RCDEVSDOCS\\nobody' }],
      [
        'an unknown domain',
        { username: 'john', domain: 'RCDEVDOCS' },
        { code: -32603, data: "Domain 'RCDEVDOCS' not existing" },
      ],
      ['a wrong type', { username: 5 }, { code: -32602, data: 'Parameter username not String' }],
    ])('reads code and data of %s', async (_case, params, error) => {
      expect(answerOf(await send(server, server.caFile, { params }))).toMatchObject({ error, id: 0 });
    });

    it('reads false where the call could not be carried out', async () => {
      for (const params of [
        { username: 'john', expires: 721 },
        { username: 'john', method: 'FAX' },
      ]) {
        expect(answerOf(await send(server, server.caFile, { params }))).toEqual({
          jsonrpc: '2.0',
          result: false,
          id: 0,
        });
      }
    });

    it('sends names and comments beyond ASCII', async () => {
      const comments = 'Grüße – 東京 – 👋';
      const params = { username: 'john', method: 'MAIL', comments };
      expect(answerOf(await send(server, server.caFile, { params }))).toEqual(link);
      expect((await server.app.mailbox())[0]?.text).toContain(comments);
    });
  });
}
