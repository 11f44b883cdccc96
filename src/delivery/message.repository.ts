import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Database, rows, type Tx } from '../core/database/database.js';
import { consumeIfUnused } from '../core/database/guarded-update.js';
import { Clock } from '../core/time/clock.js';
import { Message } from './message.entity.js';
import type { MessageState, RefusalCategory } from './message-states.js';

/**
 * Seconds after which an attempt without an end counts as lost (its process was killed) and another sender may take
 * the message. Longer than any attempt takes, so it never runs out under a living sender.
 */
export const CLAIM_SECONDS = 300;

/** How an attempt ended. */
export interface Settlement {
  readonly state: Exclude<MessageState, 'sending'>;
  /** For `queued` only. */
  readonly nextAttemptAt?: Date | undefined;
  readonly category?: RefusalCategory | undefined;
  readonly reason?: string | undefined;
  readonly sender?: string | undefined;
  readonly providerId?: string | undefined;
}

const LONGEST_REASON = 500;
const LONGEST_PROVIDER_ID = 200;

@Injectable()
export class MessageRepository {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async add(
    tx: Tx,
    message: Omit<Message, 'lastAttemptAt' | 'reasonCategory' | 'reason' | 'sender' | 'providerId' | 'sentAt'>,
  ) {
    await tx.insert(Message, message);
  }

  find(id: string): Promise<Message | null> {
    return this.database.manager.findOneBy(Message, { id });
  }

  /** In the order of `ids`. */
  async findAll(ids: readonly string[]): Promise<Message[]> {
    const found = await this.database.manager.findBy(Message, { id: In([...ids]) });
    return ids.flatMap((id) => found.find((message) => message.id === id) ?? []);
  }

  /**
   * Takes a due message for one attempt. Of any number of senders, in any number of processes, exactly one gets it.
   *
   * @returns the message with this attempt counted, or undefined when it is not due or somebody else has it
   */
  claim(id: string): Promise<Message | undefined> {
    const now = this.clock.now();
    return consumeIfUnused(
      this.database.manager,
      Message,
      { where: `id = :id AND state IN ('queued', 'sending') AND next_attempt_at <= :now`, parameters: { id, now } },
      {
        state: 'sending',
        attempts: () => 'attempts + 1',
        lastAttemptAt: now,
        nextAttemptAt: this.clock.in(CLAIM_SECONDS),
      },
    );
  }

  /**
   * Ends the attempt that `message` was claimed for; a message that has ended loses its content.
   *
   * @returns undefined when the claim had run out and another sender has taken the message since
   */
  settle(tx: Tx, message: Message, settlement: Settlement): Promise<Message | undefined> {
    const ended = settlement.state !== 'queued';
    return consumeIfUnused(
      tx,
      Message,
      {
        where: `id = :id AND state = 'sending' AND attempts = :attempts`,
        parameters: { id: message.id, attempts: message.attempts },
      },
      {
        state: settlement.state,
        nextAttemptAt: settlement.nextAttemptAt ?? null,
        reasonCategory: settlement.category ?? null,
        reason: settlement.reason?.slice(0, LONGEST_REASON) ?? null,
        sender: settlement.sender ?? null,
        providerId: settlement.providerId?.slice(0, LONGEST_PROVIDER_ID) ?? null,
        ...(ended ? { content: null } : {}),
        ...(settlement.state === 'sent' ? { sentAt: this.clock.now() } : {}),
      },
    );
  }

  /** Messages that are due and that nobody is sending, the oldest first. */
  async due(limit: number): Promise<string[]> {
    const found = await this.database.query<{ id: string }>(
      `SELECT id FROM messages WHERE state IN ('queued', 'sending') AND next_attempt_at <= $1
       ORDER BY next_attempt_at LIMIT $2`,
      [this.clock.now(), limit],
    );
    return found.map(({ id }) => id);
  }

  /** Deletes ended messages older than `before`, a batch at a time; returns how many. */
  async purge(before: Date, batch: number): Promise<number> {
    const gone = await rows(
      this.database.manager,
      `DELETE FROM messages WHERE id IN (
         SELECT id FROM messages WHERE created_at < $1 AND state IN ('sent', 'failed')
         ORDER BY created_at LIMIT $2 FOR UPDATE SKIP LOCKED
       ) RETURNING id`,
      [before, batch],
    );
    return gone.length;
  }
}
