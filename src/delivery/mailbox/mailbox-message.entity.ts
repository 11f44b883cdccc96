import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { Channel } from '../outbox.js';

/** A message as the embedded mode's mailbox shows it. Never written with a real PostgreSQL. */
@Entity('mailbox_messages')
export class MailboxMessage {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS', name: 'id' })
  id!: string;

  @Column('text', { name: 'channel' })
  channel!: Channel;

  @Column('text', { name: 'recipient' })
  to!: string;

  /** Absent for SMS. */
  @Column('text', { name: 'subject', nullable: true })
  subject!: string | null;

  @Column('text', { name: 'text' })
  text!: string;

  /** Absent for SMS. */
  @Column('text', { name: 'html', nullable: true })
  html!: string | null;

  @Column('timestamptz', { name: 'sent_at' })
  sentAt!: Date;
}
