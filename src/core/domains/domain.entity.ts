import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A named population of people, bound to one directory. */
@Entity('domains')
export class Domain {
  @PrimaryColumn('uuid', { name: 'id' })
  id!: string;

  /** As declared; shown to people and echoed on the wire. */
  @Column('text', { name: 'name' })
  name!: string;

  /** The name folded for comparison; see `foldName`. */
  @Column('text', { name: 'name_key', unique: true })
  nameKey!: string;

  /** `builtin`, or the name of a declared directory. */
  @Column('text', { name: 'directory' })
  directory!: string;

  /** A blocked domain counts as absent everywhere. */
  @Column('boolean', { name: 'blocked', default: false })
  blocked!: boolean;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
}
