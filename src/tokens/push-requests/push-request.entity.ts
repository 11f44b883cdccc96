import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { LocalAuth } from './push-order.js';
import type { PushRequestState } from './push-request-states.js';

/** A question on its way to a person's push devices (authentication methods, section 6.11). */
@Entity('push_requests')
@Index('push_requests_open', ['accountId'], { unique: true, where: `state = 'open'` })
@Index('push_requests_account', ['accountId', 'createdAt'])
@Index('push_requests_session', ['session'], { where: `state = 'open'` })
@Index('push_requests_expires', ['expiresAt'])
export class PushRequest {
  @PrimaryColumn('uuid', { name: 'id' })
  id!: string;

  @Column('uuid', { name: 'account_id' })
  accountId!: string;

  /** The one device that may answer; absent where any of the person's may. */
  @Column('uuid', { name: 'token_id', nullable: true })
  tokenId!: string | null;

  /** Where somebody signs in, as the person knows it. */
  @Column('text', { name: 'application' })
  application!: string;

  /** Address of whoever signs in, as the application saw it. */
  @Column('text', { name: 'remote_address', nullable: true })
  remoteAddress!: string | null;

  /** Two digits that whoever signs in is shown and the person enters; absent where nobody could be shown them. */
  @Column('text', { name: 'number', nullable: true })
  number!: string | null;

  /** What the device asks its person for before an approval. */
  @Column('text', { name: 'local_auth', default: 'NONE' })
  localAuth!: LocalAuth;

  /** Whose request it is, e.g. a logon session, so that it is withdrawn with it. */
  @Column('text', { name: 'session', nullable: true })
  session!: string | null;

  @Column('text', { name: 'state', default: 'open' })
  state!: PushRequestState;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;

  /** When a device first showed it. */
  @Column('timestamptz', { name: 'delivered_at', nullable: true })
  deliveredAt!: Date | null;

  /** Answers that were looked at, counted before. */
  @Column('integer', { name: 'attempts', default: 0 })
  attempts!: number;

  @Column('timestamptz', { name: 'answered_at', nullable: true })
  answeredAt!: Date | null;

  /** The device that answered. */
  @Column('uuid', { name: 'answered_by', nullable: true })
  answeredBy!: string | null;
}
