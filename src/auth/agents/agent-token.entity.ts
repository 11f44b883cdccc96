import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { declareKeyedColumns } from '../../core/crypto/keyed-columns.js';
import type { KeyedDigest } from '../../core/crypto/secret-types.js';

/** An OAuth 2.0 access token of an agent (authentication methods, section 1.3). The token itself is nowhere. */
@Entity('agent_tokens')
export class AgentToken {
  @PrimaryColumn('text', { name: 'token_digest' })
  tokenDigest!: KeyedDigest;

  /** Name of the agent in the configuration. */
  @Column('text', { name: 'agent' })
  agent!: string;

  /** Digest of the client secret that it was given for: a new secret ends the tokens of the old one. */
  @Column('text', { name: 'secret_digest' })
  secretDigest!: KeyedDigest;

  @Column('timestamptz', { name: 'issued_at' })
  issuedAt!: Date;

  @Index('agent_tokens_expires_at')
  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;
}

/** What the digests are for. */
export const AGENT_TOKEN = 'agent token';
export const AGENT_SECRET = 'secret of an agent';

declareKeyedColumns('agent_tokens', {
  token_digest: { kind: 'digest', purpose: AGENT_TOKEN },
  secret_digest: { kind: 'digest', purpose: AGENT_SECRET },
});
