import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Web applications that can be unlocked for a person (manager-json-rpc section 12, `Unlock_Application_Access`). */
export const WEBAPPS = ['selfdesk', 'pwreset', 'selfreg', 'openid'] as const;
export type Webapp = (typeof WEBAPPS)[number];

/** A web application that is open to one person for a while, although it is locked. At most one row for each. */
@Entity('webapp_unlocks')
export class WebappUnlock {
  @PrimaryColumn('uuid', { name: 'account_id' })
  accountId!: string;

  @PrimaryColumn('text', { name: 'webapp' })
  webapp!: Webapp;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;

  /** `DOMAIN\login` of the administrator. */
  @Column('text', { name: 'created_by' })
  createdBy!: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
}
