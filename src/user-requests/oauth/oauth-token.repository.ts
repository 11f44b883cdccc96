import { Injectable } from '@nestjs/common';
import type { KeyedDigest } from '../../core/crypto/secret-types.js';
import { Database, rows, type Tx } from '../../core/database/database.js';
import { hydrate } from '../../core/database/guarded-update.js';
import { preparedStatement } from '../../core/database/prepared-statements.js';
import { OAuthAccessToken } from './oauth-access-token.entity.js';
import { OAuthRequestToken } from './oauth-request-token.entity.js';

type Row = Record<string, unknown>;

/** What granting writes down. */
export type Grant = Pick<OAuthRequestToken, 'id' | 'accountId' | 'credentialGeneration' | 'verifierDigest'>;

/** What renders the keyed digests of a token anew under the key that digests now. */
export type RenewedDigests = Pick<OAuthAccessToken, 'id' | 'tokenDigest' | 'consumerSecretDigest'>;

const ACCESS_TOKEN = preparedStatement('SELECT * FROM oauth_access_tokens WHERE token_digest = ANY ($1)');

/** Named queries over request tokens and access tokens. */
@Injectable()
export class OAuthTokenRepository {
  constructor(private readonly database: Database) {}

  async insertRequestToken(tx: Tx, token: OAuthRequestToken): Promise<void> {
    await tx.insert(OAuthRequestToken, token);
  }

  async insertAccessToken(tx: Tx, token: OAuthAccessToken): Promise<void> {
    await tx.insert(OAuthAccessToken, token);
  }

  /** The request token with one of the digests, also one that has expired. Reads only. */
  async requestToken(digests: readonly KeyedDigest[]): Promise<OAuthRequestToken | undefined> {
    const [row] = await this.database.query<Row>('SELECT * FROM oauth_request_tokens WHERE token_digest = ANY ($1)', [
      digests,
    ]);
    return row && hydrate(this.database.manager, OAuthRequestToken, row);
  }

  /** The access token with one of the digests, also one that has expired. Reads only. */
  async accessToken(digests: readonly KeyedDigest[]): Promise<OAuthAccessToken | undefined> {
    const [row] = await this.database.prepared<Row>(ACCESS_TOKEN, [digests]);
    return row && hydrate(this.database.manager, OAuthAccessToken, row);
  }

  /** Writes down who grants a request token; false when somebody has already, or when it is gone or over. */
  async grant(tx: Tx, { id, accountId, credentialGeneration, verifierDigest }: Grant, now: Date): Promise<boolean> {
    const granted = await rows(
      tx,
      `UPDATE oauth_request_tokens SET account_id = $2, credential_generation = $3, verifier_digest = $4
       WHERE id = $1 AND account_id IS NULL AND expires_at > $5 RETURNING id`,
      [id, accountId, credentialGeneration, verifierDigest, now],
    );
    return granted.length > 0;
  }

  /** Takes a request token away that nobody has granted yet; false when there is none. */
  async deny(tx: Tx, id: string): Promise<boolean> {
    const denied = await rows(
      tx,
      'DELETE FROM oauth_request_tokens WHERE id = $1 AND account_id IS NULL RETURNING id',
      [id],
    );
    return denied.length > 0;
  }

  /** Consumes a granted request token: of any number of exchanges one is told so. */
  async exchange(tx: Tx, id: string, now: Date): Promise<boolean> {
    const exchanged = await rows(
      tx,
      `DELETE FROM oauth_request_tokens WHERE id = $1 AND account_id IS NOT NULL AND expires_at > $2 RETURNING id`,
      [id, now],
    );
    return exchanged.length > 0;
  }

  /** Puts the digests of a token that is in use under the current key, so that an older one can leave the ring. */
  async renew({ id, tokenDigest, consumerSecretDigest }: RenewedDigests, held: KeyedDigest): Promise<void> {
    await this.database.query(
      `UPDATE oauth_access_tokens SET token_digest = $2, consumer_secret_digest = $3 WHERE id = $1 AND token_digest = $4`,
      [id, tokenDigest, consumerSecretDigest, held],
    );
  }

  /** Deletes request tokens that were over before this moment, a batch at a time; returns how many. */
  purgeRequestTokens(before: Date, batch: number): Promise<number> {
    return this.purge('oauth_request_tokens', before, batch);
  }

  /** As {@link purgeRequestTokens}, of access tokens; those without end stay. */
  purgeAccessTokens(before: Date, batch: number): Promise<number> {
    return this.purge('oauth_access_tokens', before, batch);
  }

  private async purge(table: string, before: Date, batch: number): Promise<number> {
    const gone = await this.database.query(
      `DELETE FROM ${table} WHERE id = ANY (ARRAY(
         SELECT id FROM ${table} WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED
       )) RETURNING id`,
      [before, batch],
    );
    return gone.length;
  }
}
