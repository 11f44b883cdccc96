import { Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';
import { declareKeyedColumns } from '../../core/crypto/keyed-columns.js';
import type { SecretPurpose } from '../../core/crypto/key-ring.js';
import type { KeyedDigest } from '../../core/crypto/secret-types.js';

/** What a code is for: to activate a token, or to have one put on a device (authentication methods, section 6.9). */
export type ActivationPurpose = 'activation' | 'authorisation';

/**
 * A code on its way to whom a token was assigned. There is one for a purpose at most; it goes when it is used. Only a
 * digest of its hash is stored, because its hash is all that a client ever sends.
 */
@Entity('activation_codes')
@Unique('activation_codes_one', ['assignmentId', 'purpose'])
@Index('activation_codes_expires', ['expiresAt'])
@Index('activation_codes_unsent', ['createdAt'], { where: 'to_be_sent' })
export class ActivationCode {
  /** Random. The code itself is made from it and a key of the ring, so that the same one can be sent again. */
  @PrimaryColumn('uuid', { name: 'id' })
  id!: string;

  @Column('uuid', { name: 'assignment_id' })
  assignmentId!: string;

  @Column('text', { name: 'purpose' })
  purpose!: ActivationPurpose;

  /** Digest of its `acHash`, bound to this row. */
  @Column('text', { name: 'digest' })
  digest!: KeyedDigest;

  /** Counted before the code is looked at. */
  @Column('integer', { name: 'attempts', default: 0 })
  attempts!: number;

  /** Attempts that are looked at. */
  @Column('integer', { name: 'attempt_limit' })
  attemptLimit!: number;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  /** Moment from which on it does not work any more; absent = without end. */
  @Column('timestamptz', { name: 'expires_at', nullable: true })
  expiresAt!: Date | null;

  /** Nobody was sent it yet, and the person is to be. */
  @Column('boolean', { name: 'to_be_sent', default: false })
  toBeSent!: boolean;
}

/** Purpose of the digests; that of one code is worth nothing for another. */
export function activationDigestPurpose(codeId: string): SecretPurpose {
  return `activation <${codeId}>`;
}

declareKeyedColumns('activation_codes', { digest: { kind: 'digest', purpose: 'activation <code>' } });
