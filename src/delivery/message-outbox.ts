import { randomUUID } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { KeyRing } from '../core/crypto/key-ring.js';
import type { Tx } from '../core/database/database.js';
import { Configuration } from '../core/domains/configuration.js';
import { Clock } from '../core/time/clock.js';
import { within } from '../core/time/within.js';
import { Delivery } from './delivery.js';
import { firstTrySeconds } from './delivery-settings.js';
import { LETTER } from './letters/letter.js';
import { maskedRecipient } from './masked-recipient.js';
import { type MessageContent, sealContent } from './message-content.js';
import type { Message } from './message.entity.js';
import { MessageQueue } from './message-queue.js';
import { MessageRepository } from './message.repository.js';
import { type DeliveryOutcome, type Letter, type NewMessage, Outbox } from './outbox.js';

/** How often to look whether another process has finished the message that it got hold of first. */
const LOOK_MS = 200;

/** The outbox on PostgreSQL. */
@Injectable()
export class MessageOutbox extends Outbox {
  private readonly logger = new Logger('Outbox');

  constructor(
    private readonly messages: MessageRepository,
    private readonly queue: MessageQueue,
    private readonly delivery: Delivery,
    private readonly configuration: Configuration,
    private readonly keyRing: KeyRing,
    private readonly clock: Clock,
  ) {
    super();
  }

  enqueue(tx: Tx, message: NewMessage): Promise<string> {
    return this.add(tx, { ...message, language: message.language ?? null });
  }

  post(tx: Tx, letter: Letter): Promise<string> {
    const { channel, to, domainId, subject, text, from, attachments } = letter;
    return this.add(tx, {
      channel,
      to,
      domainId,
      purpose: LETTER,
      language: null,
      accountId: null,
      requestId: null,
      variables: {},
      letter: { subject, text, from, attachments },
    });
  }

  async deliverNow(messageIds: readonly string[]): Promise<DeliveryOutcome[]> {
    const snapshot = await this.configuration.snapshot();
    const deadline = performance.now() + snapshot.setting(firstTrySeconds) * 1_000;
    const messages = await this.messages.findAll(messageIds);
    return Promise.all(messages.map((message) => this.firstTry(message, deadline)));
  }

  private async add(
    tx: Tx,
    message: MessageContent &
      Pick<Message, 'channel' | 'purpose' | 'language' | 'domainId' | 'accountId' | 'requestId'>,
  ): Promise<string> {
    const { channel, purpose, language, domainId, accountId, requestId } = message;
    const id = randomUUID();
    const now = this.clock.now();
    await this.messages.add(tx, {
      id,
      channel,
      purpose,
      language,
      recipient: maskedRecipient(message.to),
      content: sealContent(this.keyRing, message),
      domainId,
      accountId,
      requestId,
      state: 'queued',
      attempts: 0,
      nextAttemptAt: now,
      createdAt: now,
    });
    await this.queue.push(tx, { id, channel });
    return id;
  }

  private async firstTry(message: Message, deadline: number): Promise<DeliveryOutcome> {
    const left = () => Math.max(0, deadline - performance.now());
    try {
      const tried = await within(this.tried(message.id, left), left());
      return tried ? outcomeOf(tried) : { ...outcomeOf(message), state: 'queued', reason: 'the attempt takes longer' };
    } catch (error) {
      // The row is committed and the worker will come to it, so for the caller this is no failure.
      this.logger.error(error);
      return { ...outcomeOf(message), state: 'queued', reason: 'the first attempt met a fault on our side' };
    }
  }

  /** The message after its first attempt, whoever made it. */
  private async tried(id: string, left: () => number): Promise<Message | undefined> {
    let message = await this.delivery.attempt(id);
    while (message?.state === 'sending' && left() > LOOK_MS) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
      message = await this.messages.find(id);
    }
    return message ?? undefined;
  }
}

function outcomeOf({ id, channel, state, reason }: Message): DeliveryOutcome {
  return { messageId: id, channel, state: state === 'sending' ? 'queued' : state, reason: reason ?? undefined };
}
