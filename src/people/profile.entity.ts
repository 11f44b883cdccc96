import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The profile of a person whose directory has no place for it. */
@Entity('profiles')
export class Profile {
  @PrimaryColumn('uuid', { name: 'account_id' })
  accountId!: string;

  /** See `PersonProfile`. */
  @Column('jsonb', { name: 'profile' })
  profile!: Record<string, unknown>;
}
