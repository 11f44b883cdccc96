import { Injectable } from '@nestjs/common';
import { generateRegistrationOptions, type PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/server';
import { Database, type Tx } from '../../../core/database/database.js';
import { Accounts } from '../../../core/directory/accounts.js';
import { DomainError } from '../../../core/errors/domain-error.js';
import type { EnrolmentHolder } from '../../enrolment/enrolment-holder.js';
import { Enrolments } from '../../enrolment/enrolments.js';
import { freeSlot } from '../../slots.js';
import type { TokenAssignment } from '../../token-assignment.entity.js';
import { TokenStore } from '../../token-store.js';
import { Attempts } from '../../verification/attempts.js';
import { readRegistration } from './ceremony-response.js';
import { CEREMONY_SECONDS, type CeremonyHolder, FidoCeremonies } from './fido-ceremonies.js';
import { descriptors, fidoSerial, type FidoState, userHandle } from './fido-token.js';
import { FIDO_ALGORITHMS, verifyRegistration } from './verify-ceremony.js';

/** A FIDO key that has shown that it works, not stored yet. */
export interface ProvedFidoKey {
  readonly state: FidoState;
  /** Signature counter at registration. */
  readonly counter: number;
  /** FIDO keys that the person may have. */
  readonly slots: number;
}

/** Where a new key goes. */
export interface FidoPlacement {
  /** The first free one unless given. */
  readonly slot?: string | undefined;
  /** The assignment that fills the slot now, as the person was shown it. */
  readonly replaces?: string | undefined;
  /** What the person calls it. */
  readonly name?: string | undefined;
}

/** Registration of FIDO keys (WebAuthn Level 3, section 7.1). Nothing is stored before the ceremony has ended well. */
@Injectable()
export class FidoRegistrations {
  constructor(
    private readonly ceremonies: FidoCeremonies,
    private readonly store: TokenStore,
    private readonly enrolments: Enrolments,
    private readonly attempts: Attempts,
    private readonly accounts: Accounts,
    private readonly database: Database,
  ) {}

  /**
   * Options for `navigator.credentials.create`. An older ceremony of the same holder cannot be finished any more. Not
   * inside a transaction.
   *
   * @param boundTo who may finish it; the holder's request unless given
   * @throws DomainError `feature-locked`
   */
  async begin(
    holder: EnrolmentHolder,
    boundTo = boundToRequest(holder),
  ): Promise<PublicKeyCredentialCreationOptionsJSON> {
    const { person, account } = holder.found;
    const ceremony = ceremonyOf(holder, boundTo);
    const { relyingParty, userVerification, attestation } = await this.ceremonies.policy(ceremony.domainId);
    const { manager } = this.database;
    const challenge = await this.ceremonies.challenge(manager, 'fido-registration', ceremony);
    return generateRegistrationOptions({
      rpName: relyingParty.name,
      rpID: relyingParty.id,
      userID: userHandle(account.id),
      userName: person.login,
      userDisplayName: person.displayName,
      challenge,
      timeout: CEREMONY_SECONDS * 1_000,
      attestationType: attestation,
      excludeCredentials: descriptors(await this.store.ofAccount(manager, account.id, ['FIDO'])),
      authenticatorSelection: { residentKey: 'preferred', userVerification },
      supportedAlgorithmIDs: FIDO_ALGORITHMS,
    });
  }

  /**
   * Verifies what `navigator.credentials.create` gave, as JSON text or parsed. One look for each challenge: whatever comes
   * of it, the next try needs a new ceremony. Not inside a transaction.
   *
   * @throws DomainError `challenge-not-valid`, `proof-not-valid`, `feature-locked`
   */
  async prove(holder: EnrolmentHolder, response: unknown, boundTo = boundToRequest(holder)): Promise<ProvedFidoKey> {
    const ceremony = ceremonyOf(holder, boundTo);
    const policy = await this.ceremonies.policy(ceremony.domainId);
    const rules = await this.ceremonies.take('fido-registration', ceremony, policy);
    const answer = readRegistration(response);
    const registration = answer && (await verifyRegistration(answer, { ...rules, attestation: policy.attestation }));
    if (!registration) {
      const order = { accountId: ceremony.accountId, authenticator: 'FIDO', context: holder.context } as const;
      await this.attempts.refuse(order, 'proof-not-valid', undefined, 'registration');
      throw new DomainError('proof-not-valid');
    }
    const { credential, aaguid, fmt, userVerified, credentialDeviceType } = registration;
    return {
      counter: credential.counter,
      slots: policy.slots,
      state: {
        credentialId: credential.id,
        publicKey: Buffer.from(credential.publicKey).toString('base64url'),
        transports: credential.transports ?? [],
        aaguid,
        attestation: fmt,
        userVerified,
        deviceType: credentialDeviceType,
      },
    };
  }

  /**
   * Stores a proved key, usable at once, in the transaction that completes the request (attack class 7).
   *
   * @throws DomainError `slot-taken` when no slot is free, or another filled it; `serial-taken` when the key is
   *   registered already, whoever's it is
   */
  async finish(
    tx: Tx,
    holder: EnrolmentHolder,
    { state, counter, slots }: ProvedFidoKey,
    { slot, replaces, name }: FidoPlacement = {},
  ): Promise<TokenAssignment> {
    const { account } = holder.found;
    await this.accounts.lock(tx, account.id);
    const filled = (await this.store.ofAccount(tx, account.id, ['FIDO'])).map(
      ({ assignment }) => assignment.slot ?? '',
    );
    const place = slot ?? freeSlot('FIDO', slots, filled);
    if (place === undefined) throw new DomainError('slot-taken');
    const held = await this.enrolments.begin(tx, holder, {
      kind: 'FIDO',
      serial: fidoSerial(state.credentialId),
      state: { ...state },
      counter,
      ...(name !== undefined && { name }),
    });
    return this.enrolments.finish(tx, holder, held, { slot: place, replaces });
  }
}

function boundToRequest({ requestId, found }: EnrolmentHolder): string {
  return requestId === undefined ? `account ${found.account.id}` : `request ${requestId}`;
}

function ceremonyOf({ found }: EnrolmentHolder, boundTo: string): CeremonyHolder {
  return { accountId: found.account.id, domainId: found.domain.id, boundTo };
}
