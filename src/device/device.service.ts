import { Injectable } from '@nestjs/common';
import { plainSecret } from '../core/crypto/secret-types.js';
import { Configuration } from '../core/domains/configuration.js';
import { DomainError } from '../core/errors/domain-error.js';
import type { PushVerdict } from '../tokens/push-requests/push-answer.js';
import { PushAnswers } from '../tokens/push-requests/push-answers.js';
import { type DeviceClaim, PushDevices } from '../tokens/push-requests/push-devices.js';
import { PushNonces } from '../tokens/push-requests/push-nonces.js';
import { PushWakeUps } from '../tokens/push-requests/push-wake-ups.js';
import { tokenRules } from '../tokens/token-rules.js';
import type { Client } from '../core/web/clients.js';

/** What a device shows. */
export interface DeviceView {
  /** For the next call. */
  readonly nonce: string;
  readonly person: string;
  readonly domain: string;
  readonly name: string;
  /** Public key for Web Push (RFC 8292), where the server can wake devices. */
  readonly push: string | undefined;
  readonly request: DeviceRequest | undefined;
}

export interface DeviceRequest {
  readonly id: string;
  readonly application: string;
  readonly address: string | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  /** Whether the number that is shown elsewhere has to be entered. The number itself is never sent to a device. */
  readonly numberMatch: boolean;
  /** Whether the person's PIN code has to be entered. */
  readonly pin: boolean;
}

/** A device's answer as it comes. */
export interface DeviceAnswer {
  /** Thumbprint of its key. */
  readonly device: string;
  readonly requestId: string;
  readonly decision: unknown;
  readonly number: unknown;
  readonly pin: string | undefined;
  readonly signature: unknown;
}

/** What has become of an answer, in the words of the page. */
export type AnswerOutcome = 'approved' | 'denied' | 'mismatched' | 'pin-wrong' | 'gone' | 'locked' | 'revoked';

const OUTCOME_OF: Readonly<Record<Extract<PushVerdict, { ok: false }>['code'], AnswerOutcome>> = {
  denied: 'denied',
  mismatched: 'mismatched',
  'pin-wrong': 'pin-wrong',
  'challenge-not-valid': 'gone',
  'proof-not-valid': 'gone',
  'authenticator-locked': 'locked',
  'no-usable-token': 'revoked',
};

/** What push devices ask for and send (authentication methods, section 6.11). */
@Injectable()
export class DeviceService {
  constructor(
    private readonly devices: PushDevices,
    private readonly nonces: PushNonces,
    private readonly answers: PushAnswers,
    private readonly wakeUps: PushWakeUps,
    private readonly configuration: Configuration,
  ) {}

  nonce(): string {
    return this.nonces.issue();
  }

  /** What there is for a device to show. @throws DomainError see `PushDevices.recognise` */
  async look(claim: DeviceClaim): Promise<DeviceView> {
    const device = await this.devices.recognise(claim, 'look');
    const request = await this.devices.pending(device);
    const snapshot = await this.configuration.snapshot();
    return {
      nonce: this.nonces.issue(),
      person: device.login,
      domain: snapshot.domainById(device.domainId)?.name ?? '',
      name: device.name,
      push: this.wakeUps.publicKey(snapshot),
      request: request && {
        id: request.id,
        application: request.application,
        address: request.remoteAddress,
        createdAt: request.createdAt,
        expiresAt: request.expiresAt,
        numberMatch: request.number !== null,
        pin: request.localAuth === 'PIN',
      },
    };
  }

  /** Takes an answer. Its signature is over the request, so that it needs no nonce. */
  async answer(answer: DeviceAnswer, { address, correlationId }: Client): Promise<AnswerOutcome> {
    const device = await this.devices.byThumbprint(answer.device);
    if (!device) throw new DomainError('proof-not-valid');
    const snapshot = await this.configuration.snapshot();
    const verdict = await this.answers.verify({
      accountId: device.accountId,
      tokenId: device.tokenId,
      requestId: answer.requestId,
      decision: answer.decision,
      number: answer.number,
      pin: answer.pin === undefined ? undefined : plainSecret(answer.pin),
      signature: answer.signature,
      rules: tokenRules(snapshot, device.domainId),
      context: {
        actor: 'person',
        clientAddress: address,
        correlationId,
        domain: snapshot.domainById(device.domainId)?.name,
        target: device.login,
      },
    });
    return verdict.ok ? 'approved' : OUTCOME_OF[verdict.code];
  }

  /** Keeps where a device can be woken. @throws DomainError see `PushDevices.recognise`; `value-out-of-range` */
  async subscribe(claim: DeviceClaim, sent: string, digest: string): Promise<{ readonly nonce: string }> {
    const device = await this.devices.recognise(claim, 'subscribe', digest);
    await this.wakeUps.subscribe(device.tokenId, sent);
    return { nonce: this.nonces.issue() };
  }
}
