import { Injectable } from '@nestjs/common';
import { RandomSource } from '../../../core/crypto/random-source.js';
import { Database, type Tx } from '../../../core/database/database.js';
import { Configuration } from '../../../core/domains/configuration.js';
import { DomainError } from '../../../core/errors/domain-error.js';
import type { ChallengePurpose } from '../../challenges/challenge-purpose.js';
import { Challenges } from '../../challenges/challenges.js';
import { fidoSlots } from '../../slots.js';
import { fidoAttestation, fidoUserVerification } from './fido-settings.js';
import { type RelyingParty, relyingParty } from './relying-party.js';
import type { CeremonyRules } from './verify-ceremony.js';

/** Seconds that a person has for a ceremony (WebAuthn Level 3, section 15.1 recommends 300 to 600). */
export const CEREMONY_SECONDS = 300;

const CHALLENGE_BYTES = 32;

/** Who holds a ceremony: the person, and the request, session or call through which they came. */
export interface CeremonyHolder {
  readonly accountId: string;
  readonly domainId: string;
  /** E.g. `request <id>`; nobody else can finish the ceremony. */
  readonly boundTo: string;
  /** The ceremony that is meant, where whoever answers names it; the one under way when absent. */
  readonly challengeId?: string | undefined;
}

/** How the person's domain wants its ceremonies. */
export interface FidoPolicy {
  readonly relyingParty: RelyingParty;
  readonly userVerification: 'preferred' | 'required';
  readonly attestation: 'none' | 'direct';
  /** FIDO keys that a person may have. */
  readonly slots: number;
}

/** The challenges of FIDO ceremonies and the rules that they are held by. */
@Injectable()
export class FidoCeremonies {
  constructor(
    private readonly challenges: Challenges,
    private readonly database: Database,
    private readonly configuration: Configuration,
    private readonly random: RandomSource,
  ) {}

  /**
   * Not inside a transaction, because it may read the configuration.
   *
   * @throws DomainError `feature-locked` where browsers hold no ceremonies, see {@link relyingParty}
   */
  async policy(domainId: string): Promise<FidoPolicy> {
    const snapshot = await this.configuration.snapshot();
    const party = relyingParty(snapshot.publicUrl);
    if (!party) {
      throw new DomainError('feature-locked', { detail: 'FIDO needs a public URL with https and a domain name' });
    }
    return {
      relyingParty: party,
      userVerification: snapshot.setting(fidoUserVerification, domainId),
      attestation: snapshot.setting(fidoAttestation, domainId),
      slots: snapshot.setting(fidoSlots, domainId),
    };
  }

  /** A new challenge; the holder's older one of this purpose is gone. */
  async challenge(tx: Tx, purpose: ChallengePurpose, { accountId, boundTo }: CeremonyHolder) {
    const challenge = new Uint8Array(this.random.bytes(CHALLENGE_BYTES));
    const code = Buffer.from(challenge).toString('base64url');
    await this.challenges.create(tx, {
      purpose,
      scope: 'holder',
      accountId,
      boundTo,
      code,
      seconds: CEREMONY_SECONDS,
    });
    return challenge;
  }

  /**
   * Takes the holder's challenge out of use, committed by itself, before anything of the answer is looked at (attack
   * class 39), and gives the rules to look at it with.
   *
   * @throws DomainError `challenge-not-valid` when there is none, it is over, or another answer was first
   */
  async take(purpose: ChallengePurpose, holder: CeremonyHolder, policy: FidoPolicy): Promise<CeremonyRules> {
    const { accountId, boundTo, challengeId } = holder;
    const answered = { purpose, accountId, boundTo, ...(challengeId !== undefined && { id: challengeId }) };
    const taken = await this.challenges.consume(this.database.manager, answered);
    if (!taken?.code) throw new DomainError('challenge-not-valid');
    return {
      relyingParty: policy.relyingParty,
      challenge: taken.code,
      requireUserVerification: policy.userVerification === 'required',
    };
  }
}
