import { Controller, Delete, Get, Header, HttpCode } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '../../core/web/access.js';
import type { Channel } from '../outbox.js';
import { Mailbox } from './mailbox.js';

/** A message as `GET /dev/mailbox.json` lists it. */
export interface MailboxItem {
  readonly id: string;
  readonly channel: Channel;
  readonly to: string;
  /** Null for SMS. */
  readonly subject: string | null;
  readonly text: string;
  /** Null for SMS. */
  readonly html: string | null;
  /** ISO 8601. */
  readonly sentAt: string;
}

/** The mailbox for programs. Exists in the embedded mode only. */
@ApiExcludeController()
@Controller('dev')
@Public('the embedded mode, its demo world and its mailbox are there to be looked at, on the loopback address only')
export class MailboxController {
  constructor(private readonly mailbox: Mailbox) {}

  /** Newest first. */
  @Get('mailbox.json')
  @Header('cache-control', 'no-store')
  async list(): Promise<MailboxItem[]> {
    const messages = await this.mailbox.list();
    return messages.map(({ sentAt, id, channel, to, subject, text, html }) => ({
      id,
      channel,
      to,
      subject,
      text,
      html,
      sentAt: sentAt.toISOString(),
    }));
  }

  @Delete('mailbox.json')
  @HttpCode(204)
  async clear(): Promise<void> {
    await this.mailbox.clear();
  }
}
