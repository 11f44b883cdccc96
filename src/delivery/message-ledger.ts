import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Database } from '../core/database/database.js';
import { Message } from './message.entity.js';
import type { MessageState, RefusalCategory } from './message-states.js';
import type { Channel } from './outbox.js';

/** How one message stands, as a help desk may see it. Holds neither text nor address. */
export interface MessageStatus {
  readonly id: string;
  readonly requestId: string | null;
  readonly channel: Channel;
  readonly purpose: Message['purpose'];
  /** Masked address or number. */
  readonly recipient: string;
  readonly state: MessageState;
  readonly attempts: number;
  readonly createdAt: Date;
  readonly lastAttemptAt: Date | null;
  /** When it is tried again; null when it has ended. */
  readonly nextAttemptAt: Date | null;
  readonly sentAt: Date | null;
  readonly reasonCategory: RefusalCategory | null;
  readonly reason: string | null;
  /** Mail account or SMS gateway that was last used. */
  readonly sender: string | null;
  readonly providerId: string | null;
}

/** The read model of delivery. */
@Injectable()
export class MessageLedger {
  constructor(private readonly database: Database) {}

  /** The messages of these one-time requests, oldest first. */
  async forRequests(requestIds: readonly string[]): Promise<MessageStatus[]> {
    if (requestIds.length === 0) return [];
    const messages = await this.database.manager.find(Message, {
      where: { requestId: In([...requestIds]) },
      order: { createdAt: 'ASC', id: 'ASC' },
    });
    return messages.map(statusOf);
  }

  /** Dead letters, newest first. */
  async deadLetters(limit: number): Promise<MessageStatus[]> {
    const messages = await this.database.manager.find(Message, {
      where: { state: 'failed' },
      order: { createdAt: 'DESC' },
      take: limit,
    });
    return messages.map(statusOf);
  }
}

function statusOf(message: Message): MessageStatus {
  const { id, requestId, channel, purpose, recipient, state, attempts, createdAt, lastAttemptAt } = message;
  const { sentAt, reasonCategory, reason, sender, providerId } = message;
  return {
    id,
    requestId,
    channel,
    purpose,
    recipient,
    state,
    attempts,
    createdAt,
    lastAttemptAt,
    nextAttemptAt: state === 'queued' ? message.nextAttemptAt : null,
    sentAt,
    reasonCategory,
    reason,
    sender,
    providerId,
  };
}
