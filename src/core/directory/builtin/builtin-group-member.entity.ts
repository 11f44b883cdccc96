import { Entity, Index, PrimaryColumn } from 'typeorm';

/** A person in a group of the built-in directory. */
@Entity('builtin_group_members')
@Index('builtin_group_members_person', ['personId'])
export class BuiltinGroupMember {
  @PrimaryColumn('uuid', { name: 'group_id' })
  groupId!: string;

  @PrimaryColumn('uuid', { name: 'person_id' })
  personId!: string;
}
