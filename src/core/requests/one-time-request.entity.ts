import { Column, Entity, Generated, Index, PrimaryColumn } from 'typeorm';
import { declareKeyedColumns } from '../crypto/keyed-columns.js';
import type { KeyedDigest } from '../crypto/secret-types.js';
import type { RequestState } from './request-states.js';
import type { RequestStep } from './request-steps.js';

/** How a link or a PIN reaches the person; `NONE` leaves it to the caller. */
export const DELIVERY_METHODS = ['MAIL', 'SMS', 'MAILSMS', 'NONE'] as const;
export type DeliveryMethod = (typeof DELIVERY_METHODS)[number];

/**
 * Something a person may do once, before a deadline, by holding a secret. One row serves every surface: which secrets a
 * request has, how long it lives and what supersedes it is its purpose's business.
 */
@Entity('one_time_requests')
@Index('one_time_requests_account', ['accountId', 'state'])
@Index('one_time_requests_due', ['expiresAt'], { where: `state IN ('created', 'sent', 'undelivered')` })
@Index('one_time_requests_idle', ['pageSessionSeenAt'], { where: `state = 'opened'` })
@Index('one_time_requests_ended', ['endedAt'], { where: 'ended_at IS NOT NULL' })
@Index('one_time_requests_of_nobody', ['domainId', 'login'], { where: 'account_id IS NULL' })
export class OneTimeRequest {
  @PrimaryColumn('uuid', { name: 'id' })
  id!: string;

  /** Public record number, from a sequence. */
  @Column('bigint', { name: 'number', unique: true })
  @Generated('increment')
  number!: string;

  /** What it allows, e.g. `password-reset`; a secret of one purpose is never found under another. */
  @Column('text', { name: 'purpose' })
  purpose!: string;

  @Column('text', { name: 'state' })
  state!: RequestState;

  @Column('uuid', { name: 'domain_id' })
  domainId!: string;

  /** Absent while no account exists yet (self-registration). */
  @Column('uuid', { name: 'account_id', nullable: true })
  accountId!: string | null;

  /** The login as the caller wrote it, or as asked for at registration. */
  @Column('text', { name: 'login' })
  login!: string;

  /** Digest of the secret in the link. Erased when the request has ended; see {@link keepsCodes}. */
  @Column('text', { name: 'link_digest', nullable: true, unique: true })
  linkDigest!: KeyedDigest | null;

  /** Digest of the code returned to the caller. Erased when the request has ended; see {@link keepsCodes}. */
  @Column('text', { name: 'receipt_digest', nullable: true })
  receiptDigest!: KeyedDigest | null;

  /** Whether the returned code opens the request, or is only a receipt (user-requests section 3, "the anonymous trap"). */
  @Column('boolean', { name: 'receipt_opens', default: false })
  receiptOpens!: boolean;

  /**
   * Whether the digests of its codes stay when it ends unused, so that whoever shows the right one is told how it ended
   * (`RequestPurpose.tellsEnd`).
   */
  @Column('boolean', { name: 'keeps_codes', default: false })
  keepsCodes!: boolean;

  /** Whether it goes on when the person's password or address changes (`RequestPurpose.outlivesCredentials`). */
  @Column('boolean', { name: 'outlives_credentials', default: false })
  outlivesCredentials!: boolean;

  /** Digest of the PIN, bound to this request. Erased when the request has ended. */
  @Column('text', { name: 'pin_digest', nullable: true })
  pinDigest!: KeyedDigest | null;

  @Column('timestamptz', { name: 'pin_expires_at', nullable: true })
  pinExpiresAt!: Date | null;

  /** Attempts at the PIN, counted before it is looked at, and apart from those at a code. */
  @Column('integer', { name: 'pin_attempts', default: 0 })
  pinAttempts!: number;

  /** Attempts at the PIN after which the request is locked; absent without a PIN. */
  @Column('integer', { name: 'pin_attempt_limit', nullable: true })
  pinAttemptLimit!: number | null;

  /** Attempts at a secret of this request, counted before the secret is looked at. */
  @Column('integer', { name: 'attempts', default: 0 })
  attempts!: number;

  /** Attempts after which the request is locked. */
  @Column('integer', { name: 'attempt_limit' })
  attemptLimit!: number;

  @Column('text', { name: 'delivery_method' })
  deliveryMethod!: DeliveryMethod;

  /** Whether a second factor is asked for after the link was opened. */
  @Column('boolean', { name: 'second_factor', default: false })
  secondFactor!: boolean;

  /** Steps that were owed when the link was opened; those owed since come on top. */
  @Column('text', { name: 'required_steps', array: true, default: [] })
  requiredSteps!: RequestStep[];

  /** Steps that the person has passed. */
  @Column('text', { name: 'passed_steps', array: true, default: [] })
  passedSteps!: RequestStep[];

  /** Line of the caller for the message. */
  @Column('text', { name: 'comments', nullable: true })
  comments!: string | null;

  /** What the purpose needs besides: item and application, endpoint and parameters, name and address. */
  @Column('jsonb', { name: 'payload', default: {} })
  payload!: Record<string, unknown>;

  /** The account's credential generation when the request was made; an older one is dead. */
  @Column('integer', { name: 'credential_generation', default: 0 })
  credentialGeneration!: number;

  /**
   * When the password was last changed, by the directory's own time, as it stood when the request was made, or when its
   * submission began.
   */
  @Column('timestamptz', { name: 'password_changed_at', nullable: true })
  passwordChangedAt!: Date | null;

  /** `DOMAIN\login` of the administrator, or `anonymous`. */
  @Column('text', { name: 'created_by' })
  createdBy!: string;

  @Column('uuid', { name: 'created_by_account_id', nullable: true })
  createdByAccountId!: string | null;

  @Column('text', { name: 'created_address', nullable: true })
  createdAddress!: string | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  /** The last moment at which the link works. */
  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;

  @Column('timestamptz', { name: 'sent_at', nullable: true })
  sentAt!: Date | null;

  @Column('timestamptz', { name: 'opened_at', nullable: true })
  openedAt!: Date | null;

  @Column('text', { name: 'opened_address', nullable: true })
  openedAddress!: string | null;

  /** Digest of the cookie of the page session, which begins when the request is opened. */
  @Column('text', { name: 'page_session_digest', nullable: true, unique: true })
  pageSessionDigest!: KeyedDigest | null;

  @Column('timestamptz', { name: 'page_session_seen_at', nullable: true })
  pageSessionSeenAt!: Date | null;

  /** Set while one submission is being carried out, so that a second one cannot start. */
  @Column('timestamptz', { name: 'claimed_at', nullable: true })
  claimedAt!: Date | null;

  /** When the request reached a state it never leaves. */
  @Column('timestamptz', { name: 'ended_at', nullable: true })
  endedAt!: Date | null;

  /** Why it ended, e.g. `superseded`, `password-changed`; or why it ends as soon as its submission under way does. */
  @Column('text', { name: 'end_reason', nullable: true })
  endReason!: string | null;
}

declareKeyedColumns('one_time_requests', {
  link_digest: { kind: 'digest', purpose: 'link <purpose>' },
  receipt_digest: { kind: 'digest', purpose: 'receipt <purpose>' },
  pin_digest: { kind: 'digest', purpose: 'pin <purpose> <request>' },
  page_session_digest: { kind: 'digest', purpose: 'page-session <purpose>' },
});
