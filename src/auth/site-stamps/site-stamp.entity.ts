import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';

/**
 * A mark that a person has chosen and a site shows before the password is typed, so that a copied site lacks it
 * (authentication methods, section 4.16). A hint and no authentication factor; readable by every agent that sees the person.
 */
@Entity('site_stamps')
@Unique('site_stamps_name', ['accountId', 'name'])
export class SiteStamp {
  @PrimaryColumn('uuid', { name: 'id' })
  id!: string;

  @Column('uuid', { name: 'account_id' })
  accountId!: string;

  /** Told apart by it among the person's own. */
  @Column('text', { name: 'name' })
  name!: string;

  @Column('text', { name: 'text', nullable: true })
  text!: string | null;

  /** PNG. */
  @Column('bytea', { name: 'image', nullable: true })
  image!: Buffer | null;

  /** Identifier of the application that shows it; absent = all. */
  @Column('text', { name: 'application_id', nullable: true })
  applicationId!: string | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
}
