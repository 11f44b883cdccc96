import { Column, Entity, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';
import { declareKeyedColumns } from '../core/crypto/keyed-columns.js';
import type { KeyedDigest } from '../core/crypto/secret-types.js';

/**
 * One entry of what a person looks up: a numbered one-time password, an emergency code, an answer to a question. Look-up
 * secrets of NIST SP 800-63B section 5.1.2 are used once each; answers stay.
 */
@Entity('token_codes')
@Unique('token_codes_digest', ['tokenId', 'digest'])
@Index('token_codes_unused', ['tokenId', 'position'], { where: 'used_at IS NULL' })
export class TokenCode {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS', name: 'id' })
  id!: string;

  @Column('uuid', { name: 'token_id' })
  tokenId!: string;

  /** Number on the printed list, from 1. */
  @Column('integer', { name: 'position' })
  position!: number;

  /** What the person is asked, where the entry answers a question. */
  @Column('text', { name: 'label', nullable: true })
  label!: string | null;

  /** Digest of the code, bound to its token. */
  @Column('text', { name: 'digest' })
  digest!: KeyedDigest;

  @Column('timestamptz', { name: 'expires_at', nullable: true })
  expiresAt!: Date | null;

  @Column('timestamptz', { name: 'used_at', nullable: true })
  usedAt!: Date | null;
}

declareKeyedColumns('token_codes', { digest: { kind: 'digest', purpose: 'token-code <token>' } });
