import { Injectable } from '@nestjs/common';
import { printable } from '../../../core/audit/printable.js';
import { RandomSource } from '../../../core/crypto/random-source.js';
import { Database, type Tx } from '../../../core/database/database.js';
import { Configuration } from '../../../core/domains/configuration.js';
import { DomainError } from '../../../core/errors/domain-error.js';
import { Challenges } from '../../challenges/challenges.js';
import { DirectEnrolment } from '../../enrolment/direct-enrolment.js';
import type { EnrolmentHolder } from '../../enrolment/enrolment-holder.js';
import type { HeldToken } from '../../token-store.js';
import { Attempts } from '../../verification/attempts.js';
import { hasSigned, readDeviceKey, thumbprint } from './device-key.js';
import { pushSlots } from './push-settings.js';
import type { PushState } from './push-token.js';
import { registrationText } from './signed-texts.js';

/** What a device sends to be enrolled; nothing of it is trusted yet. */
export interface PushDeviceClaim {
  /** JWK of its public key. */
  readonly key: unknown;
  /** ES256 over `registrationText`, base64url. */
  readonly signature: unknown;
  readonly name?: string | undefined;
  /** E.g. `Pixel 9`. */
  readonly model?: string | undefined;
  /** E.g. `ANDROID`, `IOS`, `BROWSER`. */
  readonly type?: string | undefined;
}

/** A device that has shown that it holds its key, not stored yet. */
export interface ProvedPushDevice {
  readonly state: PushState;
  readonly name: string;
  /** Devices that the person may have. */
  readonly slots: number;
}

const CHALLENGE_SECONDS = 600;
const CHALLENGE_BYTES = 32;
const LONGEST_TEXT = 64;

/** Enrolment of devices for out-of-band authentication (authentication methods, section 6.11). */
@Injectable()
export class PushRegistrations {
  constructor(
    private readonly challenges: Challenges,
    private readonly enrolment: DirectEnrolment,
    private readonly attempts: Attempts,
    private readonly configuration: Configuration,
    private readonly database: Database,
    private readonly random: RandomSource,
  ) {}

  /** The challenge for the device, base64url; an older one of the same holder is gone. */
  async begin(holder: EnrolmentHolder, boundTo = boundToRequest(holder)): Promise<string> {
    const code = Buffer.from(this.random.bytes(CHALLENGE_BYTES)).toString('base64url');
    await this.challenges.create(this.database.manager, {
      purpose: 'push-registration',
      scope: 'holder',
      accountId: holder.found.account.id,
      boundTo,
      code,
      seconds: CHALLENGE_SECONDS,
    });
    return code;
  }

  /**
   * Checks that the device holds its key; the challenge is used up first. Not inside a transaction.
   *
   * @throws DomainError `challenge-not-valid`, `proof-not-valid`
   */
  async prove(
    holder: EnrolmentHolder,
    claim: PushDeviceClaim,
    boundTo = boundToRequest(holder),
  ): Promise<ProvedPushDevice> {
    const { account, domain } = holder.found;
    const slots = (await this.configuration.snapshot()).setting(pushSlots, domain.id);
    const challenge = await this.challenges.consume(this.database.manager, {
      purpose: 'push-registration',
      accountId: account.id,
      boundTo,
    });
    if (!challenge?.code) throw new DomainError('challenge-not-valid');
    const key = readDeviceKey(claim.key);
    const print = key && thumbprint(key);
    if (!key || !print || !hasSigned(key, registrationText(challenge.code, print), claim.signature)) {
      const order = { accountId: account.id, authenticator: 'OOBA', context: holder.context } as const;
      await this.attempts.refuse(order, 'proof-not-valid', undefined, 'registration');
      throw new DomainError('proof-not-valid');
    }
    const [deviceModel, deviceType] = [shown(claim.model, 'unknown'), shown(claim.type, 'unknown')];
    return { slots, name: shown(claim.name, deviceModel), state: { key, thumbprint: print, deviceModel, deviceType } };
  }

  /**
   * Stores a proved device, usable at once, in the transaction that completes the request (attack class 7).
   *
   * @throws DomainError `slot-taken` when the person has as many as they may; `serial-taken` when the key is enrolled
   *   already, whoever's it is
   */
  finish(tx: Tx, holder: EnrolmentHolder, { state, name, slots }: ProvedPushDevice): Promise<HeldToken> {
    return this.enrolment.enrol(
      tx,
      holder,
      { kind: 'Push', serial: `PUSH-${state.thumbprint}`, state: { ...state }, name },
      slots,
    );
  }
}

function boundToRequest({ requestId, found }: EnrolmentHolder): string {
  return requestId === undefined ? `account ${found.account.id}` : `request ${requestId}`;
}

function shown(text: string | undefined, otherwise: string): string {
  return printable(text ?? '', LONGEST_TEXT).trim() || otherwise;
}
