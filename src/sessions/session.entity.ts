import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { declareKeyedColumns } from '../core/crypto/keyed-columns.js';
import type { KeyedDigest } from '../core/crypto/secret-types.js';

/** How the secret travels: in a cookie of a browser, or in a header that a program sets. */
export type SessionKind = 'cookie' | 'bearer';

/** What let the person in: their password, or a one-time request that was made for them. */
export type SessionBeginning = 'password' | 'request';

/** What the person of a session can prove in it. */
export type SessionProof = 'password' | 'second-factor';

/** Why a session was ended before its time. */
export type SessionEnd = 'logged-out' | 'ended' | 'superseded' | 'person-gone';

/** The session of a person who logged in. */
@Entity('sessions')
@Index('sessions_account', ['accountId'])
@Index('sessions_expires', ['expiresAt'])
export class Session {
  /** Names it in lists; no secret. */
  @PrimaryColumn('uuid', { name: 'id' })
  id!: string;

  @Column('text', { name: 'secret_digest', unique: true })
  secretDigest!: KeyedDigest;

  @Column('text', { name: 'kind' })
  kind!: SessionKind;

  @Column('uuid', { name: 'account_id' })
  accountId!: string;

  @Column('uuid', { name: 'domain_id' })
  domainId!: string;

  /** The account's when the session began; an older one is dead (attack class 17). */
  @Column('integer', { name: 'credential_generation' })
  credentialGeneration!: number;

  @Column('text', { name: 'begun_by' })
  begunBy!: SessionBeginning;

  /** When the person last proved their password in this session. */
  @Column('timestamptz', { name: 'password_proved_at', nullable: true })
  passwordProvedAt!: Date | null;

  /** When the person last proved a second factor in this session. */
  @Column('timestamptz', { name: 'factor_proved_at', nullable: true })
  factorProvedAt!: Date | null;

  @Column('text', { name: 'client_address' })
  clientAddress!: string;

  /** What the browser called itself, for the person's own list. */
  @Column('text', { name: 'client_name', nullable: true })
  clientName!: string | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'last_used_at' })
  lastUsedAt!: Date;

  /** When it is over without another use; moved on by each. */
  @Column('timestamptz', { name: 'idle_until' })
  idleUntil!: Date;

  /** When it is over however much it is used. */
  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;

  @Column('timestamptz', { name: 'ended_at', nullable: true })
  endedAt!: Date | null;

  @Column('text', { name: 'end_reason', nullable: true })
  endReason!: SessionEnd | null;
}

/** What the digests of session secrets are for. */
export const SESSION_SECRET = 'session';

declareKeyedColumns('sessions', { secret_digest: { kind: 'digest', purpose: SESSION_SECRET } });
