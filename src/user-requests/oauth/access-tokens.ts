import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Administrators } from '../../core/administrators/administrators.js';
import { KeyRing } from '../../core/crypto/key-ring.js';
import { RandomSource } from '../../core/crypto/random-source.js';
import { plainSecret } from '../../core/crypto/secret-types.js';
import type { Tx } from '../../core/database/database.js';
import type { Account } from '../../core/directory/account.entity.js';
import type { FoundPerson } from '../../core/directory/people.js';
import { Clock } from '../../core/time/clock.js';
import { OAuthProblem } from '../../surfaces/oauth1/oauth-problem.js';
import { ConsumerSecrets } from './consumer-secrets.js';
import { type Consumer, declaredToken } from './consumers.js';
import type { IssuedToken, ShownToken } from './issued-token.js';
import {
  ACCESS_TOKEN,
  ACCESS_TOKEN_CONSUMER,
  ACCESS_TOKEN_SECRET,
  OAuthAccessToken,
  type TokenOrigin,
} from './oauth-access-token.entity.js';
import { OAuthTokenRepository } from './oauth-token.repository.js';
import { TokenHolders } from './token-holders.js';

/** Whom a new token is for, and how long it works. */
export interface NewAccessToken {
  readonly consumer: Consumer;
  readonly account: Account;
  readonly origin: TokenOrigin;
  /** Seconds; 0 = without end. */
  readonly lifetime: number;
}

/** A token that a call shows, before anything but its name is believed. */
export interface ShownAccessToken extends ShownToken {
  /** The person behind it. Call it when the call has proved. @throws OAuthProblem `token_expired`, `invalid_token` */
  holder(): Promise<FoundPerson>;
}

/** Tokens that somebody else asked for; their person may be of another domain than the consumer. */
const ASKED_FOR: ReadonlySet<TokenOrigin> = new Set(['global-administrator', 'administrator'] as const);

/**
 * Access tokens: those of the configuration and those made on the wire, 256 random bits of which a keyed digest is stored.
 * One made on the wire dies with its lifetime, with its consumer, with the consumer's secret, with the password that its
 * person had, and with the person.
 */
@Injectable()
export class AccessTokens {
  constructor(
    private readonly repository: OAuthTokenRepository,
    private readonly consumerSecrets: ConsumerSecrets,
    private readonly holders: TokenHolders,
    private readonly administrators: Administrators,
    private readonly keyRing: KeyRing,
    private readonly random: RandomSource,
    private readonly clock: Clock,
  ) {}

  /** Makes a token, known to the caller alone. */
  async issue(tx: Tx, { consumer, account, origin, lifetime }: NewAccessToken): Promise<IssuedToken & { id: string }> {
    const token = this.random.linkSecret();
    const secret = this.random.linkSecret();
    const id = randomUUID();
    await this.repository.insertAccessToken(
      tx,
      Object.assign(new OAuthAccessToken(), {
        id,
        tokenDigest: this.keyRing.digest(token, ACCESS_TOKEN),
        secret: this.keyRing.seal(secret, ACCESS_TOKEN_SECRET),
        consumer: consumer.key,
        consumerSecretDigest: this.consumerSecrets.digest(consumer, ACCESS_TOKEN_CONSUMER),
        accountId: account.id,
        domainId: account.domainId,
        credentialGeneration: account.credentialGeneration,
        origin,
        issuedAt: this.clock.now(),
        expiresAt: lifetime === 0 ? null : this.clock.in(lifetime),
      }),
    );
    return { id, token, secret };
  }

  /** The token of this consumer that a call shows; undefined for one that the consumer never had, or has no more. */
  async shown(consumer: Consumer, text: string): Promise<ShownAccessToken | undefined> {
    const declared = declaredToken(consumer, text);
    if (declared) {
      const { id, secret, login } = declared;
      return { id, secret, holder: () => this.holders.byLogin(consumer.domain, login) };
    }
    const stored = await this.stored(consumer, text);
    return (
      stored && {
        id: stored.id,
        secret: this.keyRing.open(stored.secret, ACCESS_TOKEN_SECRET),
        holder: () => this.holderOf(stored),
      }
    );
  }

  private async stored(consumer: Consumer, text: string): Promise<OAuthAccessToken | undefined> {
    const digests = this.keyRing.digests(plainSecret(text), ACCESS_TOKEN);
    const stored = await this.repository.accessToken(digests);
    const secrets = this.consumerSecrets.digests(consumer, ACCESS_TOKEN_CONSUMER);
    const own =
      stored?.consumer === consumer.key &&
      (ASKED_FOR.has(stored.origin) || stored.domainId === consumer.domain.id) &&
      secrets.includes(stored.consumerSecretDigest);
    if (!stored || !own) return undefined;
    const [tokenDigest, consumerSecretDigest] = [digests[0], secrets[0]];
    if (tokenDigest && consumerSecretDigest && digests.indexOf(stored.tokenDigest) > 0) {
      await this.repository.renew({ id: stored.id, tokenDigest, consumerSecretDigest }, stored.tokenDigest);
    }
    return stored;
  }

  private async holderOf(stored: OAuthAccessToken): Promise<FoundPerson> {
    if (stored.expiresAt && stored.expiresAt <= this.clock.now()) throw new OAuthProblem('token_expired');
    const found = await this.holders.of(stored);
    // Who asked for it could not have it for somebody with a role, so it ends with the first one (attack class 65).
    const late = stored.origin === 'administrator' && (await this.administrators.standingOf(found)) !== undefined;
    if (late) throw new OAuthProblem('invalid_token');
    return found;
  }
}
