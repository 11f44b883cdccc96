import { randomUUID } from 'node:crypto';
import type { Database, Tx } from '../../src/core/database/database.js';
import { rows } from '../../src/core/database/database.js';
import { type Channel, type DeliveryOutcome, type Letter, type NewMessage, Outbox } from '../../src/delivery/outbox.js';

/**
 * An outbox for service tests: messages are rows in the caller's transaction, as with the real one, but readable, and
 * their delivery ends as the test says.
 */
export class FakeOutbox extends Outbox {
  /** How the first try ends, by channel; `sent` unless given. */
  readonly outcomes: Partial<Record<Channel, DeliveryOutcome['state']>> = {};
  /** Called before a message is written; throws to make the transaction fail. */
  beforeEnqueue: (message: NewMessage) => void | Promise<void> = () => undefined;
  /** Called before the first try. */
  beforeDelivery: () => void | Promise<void> = () => undefined;

  constructor(private readonly database: Database) {
    super();
  }

  async enqueue(tx: Tx, message: NewMessage): Promise<string> {
    await this.beforeEnqueue(message);
    const id = randomUUID();
    await rows(
      tx,
      `INSERT INTO messages (id, channel, purpose, recipient, content, domain_id, account_id, request_id, state, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'queued', '2026-08-03T09:00:00Z')`,
      [
        id,
        message.channel,
        message.purpose,
        message.to,
        JSON.stringify(message),
        message.domainId,
        message.accountId,
        message.requestId,
      ],
    );
    return id;
  }

  async post(_tx: Tx, _letter: Letter): Promise<string> {
    throw new Error('no letters here');
  }

  async deliverNow(messageIds: readonly string[]): Promise<DeliveryOutcome[]> {
    await this.beforeDelivery();
    const tried = await this.database.query<{ id: string; channel: Channel }>(
      'SELECT id, channel FROM messages WHERE id = ANY($1) ORDER BY channel',
      [messageIds],
    );
    return tried.map(({ id, channel }) => {
      const state = this.outcomes[channel] ?? 'sent';
      return { messageId: id, channel, state, reason: state === 'sent' ? undefined : `${channel} said no` };
    });
  }

  /** The messages of committed transactions. */
  async messages(): Promise<NewMessage[]> {
    const found = await this.database.query<{ content: string }>('SELECT content FROM messages ORDER BY channel');
    return found.map(({ content }) => JSON.parse(content) as NewMessage);
  }
}
