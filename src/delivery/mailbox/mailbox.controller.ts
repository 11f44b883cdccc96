import { Controller, Delete, Get, Header, HttpCode } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Guarded } from '../../core/web/access.js';
import type { Channel } from '../outbox.js';
import { LoopbackHostGuard } from './loopback-host.guard.js';
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

/** The mailbox for programs on this machine. Exists in the embedded mode only. */
@ApiExcludeController()
@Controller('dev')
@Guarded(LoopbackHostGuard)
export class MailboxController {
  constructor(private readonly mailbox: Mailbox) {}

  /** Newest first. */
  @Get('mailbox.json')
  @Header('cache-control', 'no-store')
  @Header('x-content-type-options', 'nosniff')
  @Header('cross-origin-resource-policy', 'same-origin')
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
