import { Module } from '@nestjs/common';
import { LinkQuota } from './link-quota.js';
import { LinkRecipients } from './link-recipients.js';
import { LinkSender } from './link-sender.js';

/** One-time links on their way to people; needs an `Outbox` from the delivery module. */
@Module({ providers: [LinkQuota, LinkRecipients, LinkSender], exports: [LinkQuota, LinkRecipients, LinkSender] })
export class LinksModule {}
