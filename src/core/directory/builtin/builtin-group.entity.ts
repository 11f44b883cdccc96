import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';

/** A group of people in a domain whose directory is our own tables. */
@Entity('builtin_groups')
@Unique('builtin_groups_domain_name', ['domainId', 'nameKey'])
export class BuiltinGroup {
  @PrimaryColumn('uuid', { name: 'id' })
  id!: string;

  @Column('uuid', { name: 'domain_id' })
  domainId!: string;

  @Column('text', { name: 'name' })
  name!: string;

  /** Name folded for comparison; see `foldName`. */
  @Column('text', { name: 'name_key' })
  nameKey!: string;

  @Column('text', { name: 'description', nullable: true })
  description!: string | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
}
