import { Injectable } from '@nestjs/common';
import type { KeyedDigest } from '../../core/crypto/secret-types.js';
import { Database, rows, type Tx } from '../../core/database/database.js';
import type { AgentToken } from './agent-token.entity.js';

/** What a token says of itself. */
export type StoredAgentToken = Pick<AgentToken, 'agent' | 'secretDigest' | 'expiresAt'>;

@Injectable()
export class AgentTokenRepository {
  constructor(private readonly database: Database) {}

  async insert(tx: Tx, { tokenDigest, agent, secretDigest, issuedAt, expiresAt }: AgentToken): Promise<void> {
    await rows(
      tx,
      `INSERT INTO agent_tokens (token_digest, agent, secret_digest, issued_at, expires_at) VALUES ($1, $2, $3, $4, $5)`,
      [tokenDigest, agent, secretDigest, issuedAt, expiresAt],
    );
  }

  /** The token with one of the digests, whether or not it has expired. */
  async find(digests: readonly KeyedDigest[]): Promise<StoredAgentToken | undefined> {
    const [row] = await this.database.query<StoredAgentToken>(
      `SELECT agent, secret_digest AS "secretDigest", expires_at AS "expiresAt"
       FROM agent_tokens WHERE token_digest = ANY ($1)`,
      [digests],
    );
    return row;
  }

  /** Deletes tokens that had expired by `until`, a batch at a time; returns how many. */
  async purge(until: Date, batch: number): Promise<number> {
    const gone = await this.database.query(
      `DELETE FROM agent_tokens WHERE token_digest = ANY (ARRAY(
         SELECT token_digest FROM agent_tokens WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED
       )) RETURNING token_digest`,
      [until, batch],
    );
    return gone.length;
  }
}
