import { generateKeyPairSync, sign } from 'node:crypto';
import type { EnrolmentHolder } from '../../src/tokens/enrolment/enrolment-holder.js';
import { type DeviceKey, thumbprint } from '../../src/tokens/kinds/push/device-key.js';
import { type PushDeviceClaim, PushRegistrations } from '../../src/tokens/kinds/push/push-registrations.js';
import {
  answerText,
  type DeviceAction,
  deviceText,
  registrationText,
  type SignedAnswer,
} from '../../src/tokens/kinds/push/signed-texts.js';
import type { HeldToken } from '../../src/tokens/token-store.js';
import type { Services } from './services.js';

/** A phone or browser that holds a key, without a screen. */
export class SoftwarePushDevice {
  private readonly keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  readonly key = this.keys.publicKey.export({ format: 'jwk' }) as unknown as DeviceKey;
  readonly thumbprint = thumbprint(this.key);

  sign(text: string): string {
    const key = { key: this.keys.privateKey, dsaEncoding: 'ieee-p1363' } as const;
    return sign('sha256', Buffer.from(text), key).toString('base64url');
  }

  claim(challenge: string): PushDeviceClaim {
    const signature = this.sign(registrationText(challenge, this.thumbprint));
    return { key: this.key, signature, name: 'my phone', model: 'Pixel 9', type: 'ANDROID' };
  }

  answer(answer: SignedAnswer): string {
    return this.sign(answerText(answer));
  }

  asks(action: DeviceAction, nonce: string, digest?: string): string {
    return this.sign(deviceText(action, nonce, this.thumbprint, digest));
  }

  /** Enrols it for somebody. */
  async enrol(services: Pick<Services, 'get' | 'database'>, holder: EnrolmentHolder): Promise<HeldToken> {
    const registrations = services.get(PushRegistrations);
    const proved = await registrations.prove(holder, this.claim(await registrations.begin(holder)));
    return services.database.transaction((tx) => registrations.finish(tx, holder, proved));
  }
}
