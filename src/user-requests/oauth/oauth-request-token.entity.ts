import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { declareKeyedColumns } from '../../core/crypto/keyed-columns.js';
import type { KeyedDigest, Sealed } from '../../core/crypto/secret-types.js';

/** A request token: temporary credentials, until they are exchanged for an access token (RFC 5849 section 2). */
@Entity('oauth_request_tokens')
export class OAuthRequestToken {
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

  /** Where the browser goes afterwards: an address, `oob`, or null when the consumer gave none. */
  @Column('text', { name: 'callback', nullable: true })
  callback!: string | null;

  /** Who granted it; null until somebody has. */
  @Column('uuid', { name: 'account_id', nullable: true })
  accountId!: string | null;

  @Column('integer', { name: 'credential_generation', nullable: true })
  credentialGeneration!: number | null;

  /** Null without callback. */
  @Column('text', { name: 'verifier_digest', nullable: true })
  verifierDigest!: KeyedDigest | null;

  @Column('timestamptz', { name: 'issued_at' })
  issuedAt!: Date;

  @Index('oauth_request_tokens_expires_at')
  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;
}

/** What the keyed values are for. */
export const REQUEST_TOKEN = 'oauth request token';
export const REQUEST_TOKEN_SECRET = 'secret of an oauth request token';
export const REQUEST_TOKEN_CONSUMER = 'consumer of an oauth request token';
export const VERIFIER = 'oauth verifier';

declareKeyedColumns('oauth_request_tokens', {
  token_digest: { kind: 'digest', purpose: REQUEST_TOKEN },
  secret: { kind: 'sealed', purpose: REQUEST_TOKEN_SECRET },
  consumer_secret_digest: { kind: 'digest', purpose: REQUEST_TOKEN_CONSUMER },
  verifier_digest: { kind: 'digest', purpose: VERIFIER },
});
