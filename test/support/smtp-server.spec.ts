import { readFileSync } from 'node:fs';
import { createTransport } from 'nodemailer';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { describeWith } from './describe-with.js';
import { TestSmtpServer } from './smtp-server.js';
import { removeTemporaryFolder, temporaryFolder } from './temporary-folder.js';
import { TestCa } from './test-ca.js';

const MAIL = { from: 'a@example.test', to: 'b@example.test', subject: 'Grüße', text: 'Guten Tag' };

describe('the test mail relay', () => {
  let relay: TestSmtpServer;
  beforeEach(async () => {
    relay = await TestSmtpServer.start();
  });
  afterEach(() => relay.stop());

  const send = (patience = '') => createTransport(relay.url + patience).sendMail(MAIL);

  it('keeps what it accepts, parsed and with its envelope', async () => {
    await send();
    const mail = await relay.mails.untilCount(1);
    expect(mail).toMatchObject({ from: 'a@example.test', to: ['b@example.test'], secure: false });
    expect(mail.parsed.subject).toBe('Grüße');
  });

  it.each([550, 451] as const)('refuses with %i', async (code) => {
    relay.refuse(code);
    await expect(send()).rejects.toMatchObject({ responseCode: code, command: 'RCPT TO' });
    relay.refuse(code, 'data');
    await expect(send()).rejects.toMatchObject({ responseCode: code, command: 'DATA' });
    expect(relay.mails.all).toHaveLength(0);
    relay.accept();
    await send();
    expect(relay.mails.all).toHaveLength(1);
  });

  it.each(['connect', 'recipient', 'data'] as const)('stalls and drops at %s', async (step) => {
    relay.stall(step);
    await expect(send('?socketTimeout=300&greetingTimeout=300')).rejects.toThrow(/timeout|never received/i);
    relay.drop(step);
    await expect(send()).rejects.toThrow(/closed|ECONNRESET|hang up/i);
    expect(relay.mails.all).toHaveLength(0);
  });
});

describeWith('openssl', 'the test mail relay with STARTTLS', () => {
  let folder: string;
  let ca: TestCa;
  let relay: TestSmtpServer;
  beforeAll(async () => {
    folder = temporaryFolder('smtp');
    ca = await TestCa.create(folder);
    const certificate = await ca.issue('relay', { addresses: ['127.0.0.1'], names: ['localhost'] });
    relay = await TestSmtpServer.start({ certificate, login: { user: 'latchkey', password: 'p' } });
  });
  afterAll(async () => {
    await relay.stop();
    removeTemporaryFolder(folder);
  });

  it('is trusted through its authority only, and asks for the login', async () => {
    const auth = { user: 'latchkey', pass: 'p' };
    const options = { host: '127.0.0.1', port: relay.port, requireTLS: true };
    await expect(createTransport({ ...options, auth }).sendMail(MAIL)).rejects.toThrow(/certificate/);
    const tls = { ca: readFileSync(ca.caFile) };
    await expect(createTransport({ ...options, tls }).sendMail(MAIL)).rejects.toMatchObject({ responseCode: 530 });
    await createTransport({ ...options, tls, auth }).sendMail(MAIL);
    expect(relay.mails.last).toMatchObject({ secure: true, user: 'latchkey' });
  });
});
