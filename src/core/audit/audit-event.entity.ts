import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

export type AuditOutcome = 'success' | 'refused' | 'failed';

/** One thing that happened. Rows are only ever added; the application has no statement that changes one. */
@Entity('audit_events')
@Index('audit_events_account_at', ['accountId', 'at'])
@Index('audit_events_at', ['at'])
export class AuditEvent {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS', name: 'id' })
  id!: string;

  @Column('timestamptz', { name: 'at' })
  at!: Date;

  /** What happened, e.g. `password-reset.sent`. */
  @Column('text', { name: 'event' })
  event!: string;

  @Column('text', { name: 'outcome' })
  outcome!: AuditOutcome;

  /** Domain error code of a refusal. */
  @Column('text', { name: 'code', nullable: true })
  code!: string | null;

  /** Who did it: `DOMAIN\login` of an administrator, `person`, `system`, or `anonymous`. */
  @Column('text', { name: 'actor' })
  actor!: string;

  @Column('text', { name: 'client_address', nullable: true })
  clientAddress!: string | null;

  @Column('text', { name: 'domain', nullable: true })
  domain!: string | null;

  @Column('uuid', { name: 'account_id', nullable: true })
  accountId!: string | null;

  /** Directory name of the person it was done to (a DN), or what was typed when nobody was found. */
  @Column('text', { name: 'target', nullable: true })
  target!: string | null;

  /** The one-time request it belongs to; its id is no secret. */
  @Column('uuid', { name: 'request_id', nullable: true })
  requestId!: string | null;

  /** Identifier of the HTTP request, as in the log and the `X-Request-Id` header. */
  @Column('text', { name: 'correlation_id', nullable: true })
  correlationId!: string | null;

  /** Further facts, never a secret. */
  @Column('jsonb', { name: 'detail', nullable: true })
  detail!: Record<string, unknown> | null;
}
