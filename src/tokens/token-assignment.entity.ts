import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { declareKeyedColumns } from '../core/crypto/keyed-columns.js';
import type { KeyedDigest } from '../core/crypto/secret-types.js';
import type { AssignmentStatus } from './token-states.js';

/**
 * A token in a person's hands (authentication methods, section 5). An assignment that has ended stays for the record;
 * at most one that has not ended fills a slot.
 */
@Entity('token_assignments')
@Index('token_assignments_token', ['tokenId'])
@Index('token_assignments_account', ['accountId'], { where: 'ended_at IS NULL' })
@Index('token_assignments_slot', ['accountId', 'slot'], {
  unique: true,
  where: 'ended_at IS NULL AND slot IS NOT NULL',
})
@Index('token_assignments_request', ['requestId'], { where: `status = 'INACTIVE' AND ended_at IS NULL` })
export class TokenAssignment {
  @PrimaryColumn('uuid', { name: 'id' })
  id!: string;

  @Column('uuid', { name: 'token_id' })
  tokenId!: string;

  @Column('uuid', { name: 'account_id' })
  accountId!: string;

  /** Place among the person's authenticators, e.g. `Token1`, `FIDO2`, `PINCode`; absent while it is not proved. */
  @Column('text', { name: 'slot', nullable: true })
  slot!: string | null;

  /** What the person calls it. */
  @Column('text', { name: 'name', nullable: true })
  name!: string | null;

  @Column('boolean', { name: 'is_owner', default: true })
  isOwner!: boolean;

  @Column('text', { name: 'status', default: 'ACTIVE' })
  status!: AssignmentStatus;

  /** Uses after which it is spent; 0 = without limit. */
  @Column('integer', { name: 'usage_limit', default: 0 })
  usageLimit!: number;

  @Column('integer', { name: 'usage_count', default: 0 })
  usageCount!: number;

  /** First moment at which it works; absent = from the beginning. */
  @Column('timestamptz', { name: 'starts', nullable: true })
  starts!: Date | null;

  /** Moment from which on it does not work any more; absent = without end. */
  @Column('timestamptz', { name: 'expires', nullable: true })
  expires!: Date | null;

  /** Among several usable tokens the higher one is tried first. */
  @Column('integer', { name: 'priority', default: 0 })
  priority!: number;

  /** Digest of the PIN of this assignment, bound to its id. */
  @Column('text', { name: 'pin_digest', nullable: true })
  pinDigest!: KeyedDigest | null;

  @Column('timestamptz', { name: 'last_change_pin', nullable: true })
  lastChangePin!: Date | null;

  @Column('boolean', { name: 'must_change_pin', default: false })
  mustChangePin!: boolean;

  @Column('boolean', { name: 'pin_never_expires', default: false })
  pinNeverExpires!: boolean;

  /** Attempts to prove an authenticator that is being enrolled, counted before the proof is looked at. */
  @Column('integer', { name: 'activation_attempts', default: 0 })
  activationAttempts!: number;

  /** The one-time request whose holder is enrolling it. */
  @Column('uuid', { name: 'request_id', nullable: true })
  requestId!: string | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt!: Date;

  @Column('timestamptz', { name: 'last_used_at', nullable: true })
  lastUsedAt!: Date | null;

  @Column('timestamptz', { name: 'ended_at', nullable: true })
  endedAt!: Date | null;

  /** Why it ended: `replaced`, `removed`, `abandoned`, `unassigned`, `account-closed`. */
  @Column('text', { name: 'end_reason', nullable: true })
  endReason!: string | null;
}

declareKeyedColumns('token_assignments', {
  pin_digest: { kind: 'digest', purpose: 'pin-code <token>' },
});
