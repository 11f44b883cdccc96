import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The profile of a user whose directory has no place for it. */
@Entity('iam_profiles')
export class IamProfile {
  @PrimaryColumn('uuid', { name: 'account_id' })
  accountId!: string;

  /** See `UserProfile`. */
  @Column('jsonb', { name: 'profile' })
  profile!: Record<string, unknown>;
}
