import { Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';
import { declareKeyedColumns } from '../../core/crypto/keyed-columns.js';
import type { KeyedDigest } from '../../core/crypto/secret-types.js';

/** How an activation stands; `done` is final, and `waiting` ends with its time and its attempts. */
export type PushActivationState = 'waiting' | 'done' | 'withdrawn';

/** Leave for one device to be enrolled by whoever knows a code (manager-json-rpc section 12, `OpenOTP.Mobile_Session`). */
@Entity('push_activations')
@Unique('push_activations_code', ['codeDigest'])
@Index('push_activations_expires', ['expiresAt'])
export class PushActivation {
  @PrimaryColumn('uuid', { name: 'id' })
  id!: string;

  @Column('uuid', { name: 'account_id' })
  accountId!: string;

  @Column('text', { name: 'code_digest' })
  codeDigest!: KeyedDigest;

  /** Of what has to be entered besides the code, where something has; bound to the id. */
  @Column('text', { name: 'pin_digest', nullable: true })
  pinDigest!: KeyedDigest | null;

  @Column('text', { name: 'state', default: 'waiting' })
  state!: PushActivationState;

  /** Who allowed it, for the audit. */
  @Column('text', { name: 'actor' })
  actor!: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;

  /** Counted before the PIN is looked at. */
  @Column('integer', { name: 'attempts', default: 0 })
  attempts!: number;
}

declareKeyedColumns('push_activations', {
  code_digest: { kind: 'digest', purpose: 'push-activation' },
  pin_digest: { kind: 'digest', purpose: 'push-activation-pin <activation>' },
});
