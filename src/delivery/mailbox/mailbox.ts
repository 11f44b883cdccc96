import { Injectable } from '@nestjs/common';
import { Database, rows } from '../../core/database/database.js';
import { Clock } from '../../core/time/clock.js';
import type { OutgoingMail, OutgoingSms } from '../transport/transport.js';
import { MailboxMessage } from './mailbox-message.entity.js';

/** Messages that are kept; older ones make room. */
const CAPACITY = 500;

/** Where the embedded mode's messages end up instead of at a relay or gateway. */
@Injectable()
export class Mailbox {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async addMail({ to, subject, text, html }: OutgoingMail): Promise<void> {
    await this.add({ channel: 'MAIL', to, subject, text, html });
  }

  async addSms({ to, text }: OutgoingSms): Promise<void> {
    await this.add({ channel: 'SMS', to, subject: null, text, html: null });
  }

  /** Newest first. */
  list(limit = CAPACITY): Promise<MailboxMessage[]> {
    return this.database.manager.find(MailboxMessage, { order: { id: 'DESC' }, take: limit });
  }

  find(id: string): Promise<MailboxMessage | null> {
    return this.database.manager.findOneBy(MailboxMessage, { id });
  }

  async clear(): Promise<void> {
    await rows(this.database.manager, 'DELETE FROM mailbox_messages');
  }

  private async add(message: Omit<MailboxMessage, 'id' | 'sentAt'>): Promise<void> {
    await this.database.manager.insert(MailboxMessage, { ...message, sentAt: this.clock.now() });
    await rows(
      this.database.manager,
      `DELETE FROM mailbox_messages WHERE id <= (SELECT id FROM mailbox_messages ORDER BY id DESC OFFSET $1 LIMIT 1)`,
      [CAPACITY],
    );
  }
}
