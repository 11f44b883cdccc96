import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { equalSecrets } from '../../core/crypto/equal-secrets.js';
import { KeyRing } from '../../core/crypto/key-ring.js';
import { RandomSource } from '../../core/crypto/random-source.js';
import { plainSecret } from '../../core/crypto/secret-types.js';
import { Database } from '../../core/database/database.js';
import { Configuration } from '../../core/domains/configuration.js';
import { Clock } from '../../core/time/clock.js';
import { OAuthProblem } from '../../surfaces/oauth1/oauth-problem.js';
import { ConsumerSecrets } from './consumer-secrets.js';
import { type Consumer, consumers } from './consumers.js';
import type { IssuedToken, ShownToken } from './issued-token.js';
import {
  OAuthRequestToken,
  REQUEST_TOKEN,
  REQUEST_TOKEN_CONSUMER,
  REQUEST_TOKEN_SECRET,
  VERIFIER,
} from './oauth-request-token.entity.js';
import { OAuthTokenRepository } from './oauth-token.repository.js';

/** A request token as a call or a browser shows it. */
export interface ShownRequestToken extends ShownToken {
  readonly stored: OAuthRequestToken;
  readonly consumer: Consumer;
}

/** Seconds in which a request token is granted and exchanged. */
const LIFETIME = 900;

/** Request tokens: what a consumer shows people, and exchanges once they have granted it (RFC 5849 section 2). */
@Injectable()
export class RequestTokens {
  constructor(
    private readonly repository: OAuthTokenRepository,
    private readonly configuration: Configuration,
    private readonly consumerSecrets: ConsumerSecrets,
    private readonly database: Database,
    private readonly keyRing: KeyRing,
    private readonly random: RandomSource,
    private readonly clock: Clock,
  ) {}

  /** Makes a token. @param callback an address, `oob`, or undefined */
  async issue(consumer: Consumer, callback: string | undefined): Promise<IssuedToken> {
    const token = this.random.linkSecret();
    const secret = this.random.linkSecret();
    await this.repository.insertRequestToken(
      this.database.manager,
      Object.assign(new OAuthRequestToken(), {
        id: randomUUID(),
        tokenDigest: this.keyRing.digest(token, REQUEST_TOKEN),
        secret: this.keyRing.seal(secret, REQUEST_TOKEN_SECRET),
        consumer: consumer.key,
        consumerSecretDigest: this.consumerSecrets.digest(consumer, REQUEST_TOKEN_CONSUMER),
        callback: callback ?? null,
        accountId: null,
        credentialGeneration: null,
        verifierDigest: null,
        issuedAt: this.clock.now(),
        expiresAt: this.clock.in(LIFETIME),
      }),
    );
    return { token, secret };
  }

  /** The token with this text, whether it was granted and is over or not; undefined when its consumer is gone. */
  async shown(text: string): Promise<ShownRequestToken | undefined> {
    const stored = await this.repository.requestToken(this.keyRing.digests(plainSecret(text), REQUEST_TOKEN));
    const consumer = stored && consumers(await this.configuration.snapshot()).get(stored.consumer);
    if (!stored || !consumer) return undefined;
    const secrets = this.consumerSecrets.digests(consumer, REQUEST_TOKEN_CONSUMER);
    if (!secrets.includes(stored.consumerSecretDigest)) return undefined;
    return { id: stored.id, secret: this.keyRing.open(stored.secret, REQUEST_TOKEN_SECRET), stored, consumer };
  }

  /** The token while somebody may grant it; undefined when it is unknown, over, or granted already. */
  async open(text: string): Promise<ShownRequestToken | undefined> {
    const shown = await this.shown(text);
    return shown && shown.stored.accountId === null && shown.stored.expiresAt > this.clock.now() ? shown : undefined;
  }

  /**
   * Who granted a token that was shown, and proved.
   *
   * @param verifier needed where the consumer gave a callback, and what the person's browser brought there
   * @throws OAuthProblem `token_expired`, `unauthorized_token`, `verifier_invalid`
   */
  requireGranted(
    { stored }: ShownRequestToken,
    verifier: string | undefined,
  ): { readonly id: string; readonly credentialGeneration: number } {
    const { accountId: id, credentialGeneration, callback, verifierDigest } = stored;
    if (stored.expiresAt <= this.clock.now()) throw new OAuthProblem('token_expired');
    if (id === null || credentialGeneration === null) throw new OAuthProblem('unauthorized_token');
    const shown = this.keyRing.digests(plainSecret(verifier ?? ''), VERIFIER);
    const right = shown.map((digest) => equalSecrets(digest, verifierDigest)).includes(true);
    if (callback !== null && !right) throw new OAuthProblem('verifier_invalid');
    return { id, credentialGeneration };
  }
}
