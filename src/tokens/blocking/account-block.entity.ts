import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * An administrator has blocked a person (manager-json-rpc section 12, `OpenOTP.Block_Start`): none of their authenticators
 * is examined, and no attempt is counted.
 */
@Entity('account_blocks')
export class AccountBlock {
  @PrimaryColumn('uuid', { name: 'account_id' })
  accountId!: string;

  /** Moment from which on it does not hold any more; absent = until an administrator takes it back. */
  @Column('timestamptz', { name: 'until', nullable: true })
  until!: Date | null;

  /** `DOMAIN\login` of the administrator. */
  @Column('text', { name: 'created_by' })
  createdBy!: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
}
