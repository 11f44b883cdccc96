import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { declareKeyedColumns } from '../../core/crypto/keyed-columns.js';
import type { KeyedDigest, Sealed } from '../../core/crypto/secret-types.js';

/**
 * How somebody's token came about: they granted it, gave their password for it, or an administrator asked for it, one who
 * reaches everybody or another.
 */
export type TokenOrigin = 'granted' | 'xauth' | 'global-administrator' | 'administrator';

/** An access token made on the wire (user-requests section 2); those of the configuration are nowhere else. */
@Entity('oauth_access_tokens')
@Index('oauth_access_tokens_account', ['accountId'])
export class OAuthAccessToken {
  /** Names it in limits and the audit; no secret. */
  @PrimaryColumn('uuid', { name: 'id' })
  id!: string;

  @Column('text', { name: 'token_digest', unique: true })
  tokenDigest!: KeyedDigest;

  /** Needed in the clear to verify HMAC-SHA1. */
  @Column('text', { name: 'secret' })
  secret!: Sealed;

  /** Key of the consumer in the configuration. */
  @Column('text', { name: 'consumer' })
  consumer!: string;

  /** Digest of the consumer's secret: a new one ends what was given under the old one. */
  @Column('text', { name: 'consumer_secret_digest' })
  consumerSecretDigest!: KeyedDigest;

  /** On whose behalf it acts. */
  @Column('uuid', { name: 'account_id' })
  accountId!: string;

  @Column('uuid', { name: 'domain_id' })
  domainId!: string;

  /** The account's when the token was made; a change of password ends it (attack class 17). */
  @Column('integer', { name: 'credential_generation' })
  credentialGeneration!: number;

  @Column('text', { name: 'origin' })
  origin!: TokenOrigin;

  @Column('timestamptz', { name: 'issued_at' })
  issuedAt!: Date;

  /** Null: without end. */
  @Index('oauth_access_tokens_expires_at')
  @Column('timestamptz', { name: 'expires_at', nullable: true })
  expiresAt!: Date | null;
}

/** What the keyed values are for. */
export const ACCESS_TOKEN = 'oauth access token';
export const ACCESS_TOKEN_SECRET = 'secret of an oauth access token';
export const ACCESS_TOKEN_CONSUMER = 'consumer of an oauth access token';

declareKeyedColumns('oauth_access_tokens', {
  token_digest: { kind: 'digest', purpose: ACCESS_TOKEN },
  secret: { kind: 'sealed', purpose: ACCESS_TOKEN_SECRET },
  consumer_secret_digest: { kind: 'digest', purpose: ACCESS_TOKEN_CONSUMER },
});
