import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { generateAuthenticationOptions, type PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server';
import { equalSecrets } from '../../../core/crypto/equal-secrets.js';
import { Database } from '../../../core/database/database.js';
import { DomainError } from '../../../core/errors/domain-error.js';
import { Clock } from '../../../core/time/clock.js';
import type { TokenRules } from '../../token-rules.js';
import { TokenStore } from '../../token-store.js';
import { isUsableAt } from '../../usable-now.js';
import type { UsableToken } from '../../usable-token.js';
import { type AttemptContext, type AttemptOrder, Attempts, type AttemptVerdict } from '../../verification/attempts.js';
import { readAssertion } from './ceremony-response.js';
import { CEREMONY_SECONDS, type CeremonyHolder, FidoCeremonies } from './fido-ceremonies.js';
import { descriptors, fidoSerial, fidoState, userHandle } from './fido-token.js';
import { type Assertion, verifyAssertion } from './verify-ceremony.js';

/** What `navigator.credentials.get` gave, and who shows it. */
export interface FidoAttempt extends CeremonyHolder {
  /** JSON text or parsed. */
  readonly response: unknown;
  readonly rules: TokenRules;
  readonly context: AttemptContext;
}

export type FidoVerdict = AttemptVerdict<
  'proof-not-valid' | 'challenge-not-valid' | 'authenticator-locked' | 'no-usable-token'
>;

/** Log-on with FIDO keys (WebAuthn Level 3, section 7.2). */
@Injectable()
export class FidoAssertions {
  constructor(
    private readonly ceremonies: FidoCeremonies,
    private readonly store: TokenStore,
    private readonly attempts: Attempts,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Options for `navigator.credentials.get`. An older ceremony of the same holder cannot be finished any more. Not inside
   * a transaction.
   *
   * @throws DomainError `no-usable-token` when the person has no FIDO key that works now; `feature-locked`
   */
  async begin(holder: CeremonyHolder): Promise<PublicKeyCredentialRequestOptionsJSON> {
    const { relyingParty, userVerification } = await this.ceremonies.policy(holder.domainId);
    const { manager } = this.database;
    const held = await this.store.ofAccount(manager, holder.accountId, ['FIDO']);
    const allowCredentials = descriptors(held.filter((key) => isUsableAt(key, this.clock.now())));
    if (allowCredentials.length === 0) throw new DomainError('no-usable-token');
    return generateAuthenticationOptions({
      rpID: relyingParty.id,
      challenge: await this.ceremonies.challenge(manager, 'fido-assertion', holder),
      timeout: CEREMONY_SECONDS * 1_000,
      userVerification,
      allowCredentials,
    });
  }

  /**
   * Checks an assertion: the challenge is used up first (attack class 39), then the attempt is counted, judged and
   * settled like every other. Not inside a transaction.
   *
   * @throws DomainError `feature-locked`, `database-unavailable`
   */
  async verify(attempt: FidoAttempt): Promise<FidoVerdict> {
    const policy = await this.ceremonies.policy(attempt.domainId);
    const answer = readAssertion(attempt.response);
    const order = await this.order(attempt, answer?.id);
    const rules = await this.ceremonies.take('fido-assertion', attempt, policy).catch((error: unknown) => {
      if (!DomainError.is(error, 'challenge-not-valid')) throw error;
    });
    if (!rules) return this.attempts.refuse(order, 'challenge-not-valid');
    if (!answer) return this.attempts.refuse(order, 'proof-not-valid');
    const begun = await this.attempts.begin(order);
    if (begun.locked) return this.attempts.refuse(order, 'authenticator-locked');
    const [token] = begun.tokens;
    if (!token) return this.attempts.refuse(order, 'no-usable-token');
    const assertion = isOwners(answer.response.userHandle, attempt.accountId)
      ? await verifyAssertion(answer, rules, fidoState(token.state))
      : undefined;
    if (!assertion) return this.attempts.refuse(order, 'proof-not-valid', token);
    if (isCloned(token, assertion)) return this.attempts.refuse(order, 'proof-not-valid', token, 'signature-counter');
    const advance = assertion.newCounter > 0 ? { counter: assertion.newCounter } : {};
    return (await this.attempts.settle(order, begun, { token, advance }))
      ? { ok: true, token }
      : this.attempts.refuse(order, 'proof-not-valid', token, 'signature-counter');
  }

  /** @param credentialId that the browser named; an attempt without a usable one has nothing to be counted for */
  private async order(
    { accountId, rules, context }: FidoAttempt,
    credentialId: string | undefined,
  ): Promise<AttemptOrder> {
    const named =
      credentialId === undefined ? null : await this.store.bySerial(this.database.manager, fidoSerial(credentialId));
    // No token has this id where none was named.
    return {
      accountId,
      authenticator: 'FIDO',
      kinds: ['FIDO'],
      tokenId: named?.id ?? randomUUID(),
      rules,
      context,
    };
  }
}

/** Whether a user handle, where the key gives one, is that of the account (section 7.2, step 6). */
function isOwners(handle: string | undefined, accountId: string): boolean {
  return handle === undefined || equalSecrets(handle, Buffer.from(userHandle(accountId)).toString('base64url'));
}

/**
 * Whether the signature counter did not grow, which means that the key has a copy (section 6.1.1). Keys that count
 * nothing stay at 0.
 */
function isCloned({ counter }: UsableToken, { newCounter }: Assertion): boolean {
  const last = counter ?? 0;
  return (newCounter > 0 || last > 0) && newCounter <= last;
}
