import { createHmac } from 'node:crypto';
import type { SignedAnswer } from '../../src/tokens/kinds/push/signed-texts.js';
import { Browserless, type SeenPage } from '../support/browserless.js';
import { ManagerClient } from '../support/manager-client.js';
import { SoftwareAuthenticator } from '../support/software-authenticator.js';
import { SoftwarePushDevice } from '../support/software-push-device.js';
import type { MailboxMessage } from '../support/test-app.js';

/** The key of the demo world's token, which is that of the RFCs. */
const KEY = '12345678901234567890';
const PERIOD_MS = 30_000;

/** Jane Doe of the demo world, with what she logs on with, enrolled as people and portals do it. */
export class DemoPerson {
  static readonly LOGIN = 'Jane Doe';
  static readonly PASSWORD = 'correct horse 1';
  private static readonly DN = 'cn=Jane Doe,dc=RCDEVSDOCS';
  private readonly desk: ManagerClient;

  constructor(private readonly url: string) {
    this.desk = new ManagerClient(url);
  }

  /** What her app shows, now or some steps later. */
  code(steps = 0): string {
    const counter = Buffer.alloc(8);
    counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / PERIOD_MS) + steps));
    return sixDigits(counter);
  }

  /** The response of a token with the same key to a challenge of eight digits (RFC 6287, section 7.1). */
  respond(challenge: string): string {
    const question = Buffer.from(BigInt(challenge).toString(16).padEnd(256, '0'), 'hex');
    return sixDigits(Buffer.concat([Buffer.from('OCRA-1:HOTP-SHA1-6:QN08\0'), question]));
  }

  /** The passcode that she was sent last. */
  async passcode(): Promise<string> {
    const messages = (await (await fetch(`${this.url}/dev/mailbox.json`)).json()) as MailboxMessage[];
    return /\b\d{6}\b/.exec(messages[0]?.text ?? '')?.[0] ?? '';
  }

  /** Reads cells of her grid card from the page that shows it in the demo world. */
  async readCard(labels: string): Promise<string> {
    const cells = cellsOf(await this.browser().get('/dev/grid-card'));
    return labels
      .split(' ')
      .map((label) => cells.get(label))
      .join('');
  }

  /** Calls a method of the help desk about her. */
  async ask<T>(method: string, params: object = {}): Promise<T> {
    const { result, error } = await this.desk.call(method, { dn: DemoPerson.DN, ...params });
    if (result === undefined || result === false) throw new Error(`${method}: ${JSON.stringify(error ?? result)}`);
    return result as T;
  }

  /** A link to set up an authenticator. */
  async enrolmentLink(): Promise<string> {
    const params = { username: DemoPerson.LOGIN, domain: 'RCDEVSDOCS', method: 'NONE' };
    const { result } = await this.desk.call('SelfReg.Send_Request', params);
    if (typeof result !== 'string') throw new Error('no link');
    return result;
  }

  /** Follows a link to the page of one item. */
  async enrol(item: string): Promise<{ browser: Browserless; page: SeenPage }> {
    const browser = this.browser();
    const login = await browser.submit(await browser.get(await this.enrolmentLink()), {});
    await browser.submit(login, { current: DemoPerson.PASSWORD });
    return { browser, page: await browser.get(`/webapps/selfreg/${item}`) };
  }

  /** Registers a FIDO key through the portal. */
  async fidoKey(): Promise<SoftwareAuthenticator> {
    const random = 'c2V2ZW50ZWVuIGJsdWUgYm9hdHM';
    const { result } = await this.desk.call('OpenOTP.FIDO_Challenge', {
      username: DemoPerson.LOGIN,
      domain: 'RCDEVSDOCS',
      random,
    });
    const key = new SoftwareAuthenticator(this.url.replace('127.0.0.1', 'localhost'));
    const response = key.create(JSON.parse(String(result)) as Parameters<typeof key.create>[0]);
    await this.ask('OpenOTP.FIDO_Register', { response: JSON.stringify(response), random });
    return key;
  }

  /** Makes a push device of hers, with a session of the help desk. */
  async pushDevice(): Promise<{ approve(): Promise<void> }> {
    const device = new SoftwarePushDevice();
    const code = await this.ask<string>('OpenOTP.Mobile_Session', { timeout: 600 });
    const { challenge } = await this.post<{ challenge: string }>('activation', { code });
    await this.post('activate', { code, ...device.claim(challenge) });
    const look = async () => {
      const { nonce } = await this.post<{ nonce: string }>('nonce', {});
      const signed = { device: device.thumbprint, nonce, signature: device.asks('look', nonce) };
      return (await this.post<{ request?: { id: string; application: string } | null }>('look', signed)).request;
    };
    return {
      approve: async () => {
        let request = await look();
        while (!request) request = await look();
        const answer: SignedAnswer = {
          requestId: request.id,
          decision: 'approve',
          number: undefined,
          application: request.application,
        };
        const { requestId, decision } = answer;
        const signature = device.answer(answer);
        await this.post('answer', { device: device.thumbprint, request: requestId, decision, signature });
      },
    };
  }

  private browser(): Browserless {
    return new Browserless(this.url);
  }

  private async post<T>(path: string, body: object): Promise<T> {
    const response = await fetch(`${this.url}/device/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`/device/${path}: ${response.status}`);
    return (await response.json()) as T;
  }
}

/** What stands in the cells of a page's table, by label. */
export function cellsOf({ html }: SeenPage): Map<string, string> {
  const found = [...html.matchAll(/data-cell="([A-Z]\d+)"[^>]*>\s*(.)\s*</g)];
  return new Map(found.map(([, label = '', symbol = '']) => [label, symbol]));
}

/** RFC 4226, section 5.3. */
function sixDigits(message: Buffer): string {
  const mac = createHmac('sha1', KEY).update(message).digest();
  const value = mac.readUInt32BE(mac.readUInt8(19) % 16) % 2 ** 31;
  return String(value % 1_000_000).padStart(6, '0');
}
