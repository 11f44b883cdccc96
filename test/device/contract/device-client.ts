import { createHash } from 'node:crypto';
import type { DeviceAction, SignedAnswer } from '../../../src/tokens/kinds/push/signed-texts.js';
import type { World } from '../../pwreset/contract/world.js';
import { SoftwarePushDevice } from '../../support/software-push-device.js';

/** What the server answers a device. */
export interface DeviceReply {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A device that speaks to the server as the page does. */
export class DeviceClient {
  readonly device = new SoftwarePushDevice();

  constructor(private readonly world: World) {}

  async post(path: string, body: unknown): Promise<DeviceReply> {
    const response = await fetch(`${this.world.app.url}/device/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as DeviceReply['body'] };
  }

  async nonce(): Promise<string> {
    return String((await this.post('nonce', {})).body['nonce']);
  }

  /** Enrols it with a code. */
  async activate(code: string, fields: object = {}): Promise<DeviceReply> {
    const { status, body } = await this.post('activation', { code });
    if (status !== 200) return { status, body };
    const claim = this.device.claim(String(body['challenge']));
    return this.post('activate', { code, ...claim, ...fields });
  }

  async look(fields: object = {}): Promise<DeviceReply> {
    return this.as('look', await this.nonce(), undefined, fields);
  }

  as(action: DeviceAction, nonce: string, sent?: string, fields: object = {}): Promise<DeviceReply> {
    const digest = sent === undefined ? undefined : createHash('sha256').update(sent).digest('base64url');
    const signature = this.device.asks(action, nonce, digest);
    return this.post(action, { device: this.device.thumbprint, nonce, signature, sent, ...fields });
  }

  answer(answer: SignedAnswer, fields: object = {}): Promise<DeviceReply> {
    const { requestId, decision, number } = answer;
    const signature = this.device.answer(answer);
    return this.post('answer', {
      device: this.device.thumbprint,
      request: requestId,
      decision,
      number,
      signature,
      ...fields,
    });
  }
}
