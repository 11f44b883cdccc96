import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CountedFor } from './token-kinds.js';

/**
 * Failed attempts of one person with one authenticator (authentication methods, section 6.4). An attempt is counted
 * before it is examined, and forgotten when it was right; success with one authenticator leaves the others' counts.
 */
@Entity('authenticator_counters')
export class AuthenticatorCounter {
  @PrimaryColumn('uuid', { name: 'account_id' })
  accountId!: string;

  @PrimaryColumn('text', { name: 'authenticator' })
  authenticator!: CountedFor;

  @Column('integer', { name: 'failures' })
  failures!: number;

  @Column('timestamptz', { name: 'last_failed_at' })
  lastFailedAt!: Date;
}
