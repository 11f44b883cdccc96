import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A setting that differs from its default. */
@Entity('settings')
export class StoredSetting {
  /** `server`, or the id of a domain. */
  @PrimaryColumn('text', { name: 'scope' })
  scope!: string;

  @PrimaryColumn('text', { name: 'name' })
  name!: string;

  @Column('jsonb', { name: 'value' })
  value!: unknown;
}
