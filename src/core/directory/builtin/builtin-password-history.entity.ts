import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import type { PasswordHash } from '../../crypto/secret-types.js';

/** A password that a built-in person had before. */
@Entity('builtin_password_history')
@Index('builtin_password_history_person', ['personId', 'id'])
export class BuiltinPasswordHistory {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS', name: 'id' })
  id!: string;

  @Column('uuid', { name: 'person_id' })
  personId!: string;

  @Column('text', { name: 'password_hash' })
  passwordHash!: PasswordHash;

  @Column('timestamptz', { name: 'replaced_at' })
  replacedAt!: Date;
}
