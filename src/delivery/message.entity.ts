import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { declareKeyedColumns } from '../core/crypto/keyed-columns.js';
import type { Sealed } from '../core/crypto/secret-types.js';
import type { MessageState, RefusalCategory } from './message-states.js';
import type { LETTER } from './letters/letter.js';
import type { Channel, MessagePurpose } from './outbox.js';

/** One mail or SMS on its way out, and what became of it. */
@Entity('messages')
@Index('messages_pending', ['nextAttemptAt'], { where: `state IN ('queued', 'sending')` })
@Index('messages_request', ['requestId'])
@Index('messages_created_at', ['createdAt'])
export class Message {
  @PrimaryColumn('uuid', { name: 'id' })
  id!: string;

  @Column('text', { name: 'channel' })
  channel!: Channel;

  @Column('text', { name: 'purpose' })
  purpose!: MessagePurpose | typeof LETTER;

  /** BCP 47 tag wished for. */
  @Column('text', { name: 'language', nullable: true })
  language!: string | null;

  /** Masked address for the record, e.g. `j…e@example.test`. */
  @Column('text', { name: 'recipient' })
  recipient!: string;

  /** Address and variables, sealed for the purpose `message`. Erased when the message has ended. */
  @Column('text', { name: 'content', nullable: true })
  content!: Sealed | null;

  @Column('uuid', { name: 'domain_id' })
  domainId!: string;

  @Column('uuid', { name: 'account_id', nullable: true })
  accountId!: string | null;

  @Column('uuid', { name: 'request_id', nullable: true })
  requestId!: string | null;

  @Column('text', { name: 'state' })
  state!: MessageState;

  /** Attempts begun. Raised by each claim, so it also tells one claim from the next. */
  @Column('integer', { name: 'attempts', default: 0 })
  attempts!: number;

  /** When it is due: the next attempt of a queued one, or the moment at which an unfinished attempt counts as lost. */
  @Column('timestamptz', { name: 'next_attempt_at', nullable: true })
  nextAttemptAt!: Date | null;

  @Column('timestamptz', { name: 'last_attempt_at', nullable: true })
  lastAttemptAt!: Date | null;

  /** Kind of the last refusal. */
  @Column('text', { name: 'reason_category', nullable: true })
  reasonCategory!: RefusalCategory | null;

  /** The last refusal in plain words; never message text, an address or a secret. */
  @Column('text', { name: 'reason', nullable: true })
  reason!: string | null;

  /** Name of the mail account or SMS gateway that was last used. */
  @Column('text', { name: 'sender', nullable: true })
  sender!: string | null;

  /** What the relay or gateway calls the message. */
  @Column('text', { name: 'provider_id', nullable: true })
  providerId!: string | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'sent_at', nullable: true })
  sentAt!: Date | null;
}

/** What the content of messages is sealed for. */
export const MESSAGE_CONTENT = 'message';

declareKeyedColumns('messages', { content: { kind: 'sealed', purpose: MESSAGE_CONTENT } });
