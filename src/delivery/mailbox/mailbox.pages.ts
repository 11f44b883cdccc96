import { Controller, Get, Header, NotFoundException, Param, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../../core/errors/domain-error.js';
import { Guarded } from '../../core/web/access.js';
import { PageExceptionFilter } from '../../core/web/page-errors.js';
import { Pages } from '../../core/web/pages.js';
import { startedElsewhere } from '../../core/web/visit.js';
import { LoopbackHostGuard } from './loopback-host.guard.js';
import { Mailbox } from './mailbox.js';
import { MAILBOX_PATH, mailboxPage, STYLE_PATH } from './mailbox-page.js';
import { MAILBOX_STYLE } from './mailbox-style.js';

/** Messages on the page; the JSON list holds them all. */
const SHOWN = 50;

/**
 * Headers of a mail in its frame: its own inline styles and nothing else, no scripts, no forms, and links that open
 * beside the mailbox instead of inside it.
 */
const FRAMED_MAIL = {
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox",
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
};

/** The mailbox for people at this machine. Exists in the embedded mode only. */
@ApiExcludeController()
@Controller()
@UseFilters(PageExceptionFilter)
@Guarded(LoopbackHostGuard)
export class MailboxPages {
  constructor(
    private readonly mailbox: Mailbox,
    private readonly pages: Pages,
  ) {}

  @Get(MAILBOX_PATH)
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.pages.visit(request);
    this.pages.send(reply, visit, mailboxPage(visit, await this.mailbox.list(SHOWN)));
  }

  @Post(`${MAILBOX_PATH}/clear`)
  async clear(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    if (startedElsewhere(request)) throw new DomainError('access-denied');
    await this.mailbox.clear();
    this.pages.redirect(reply, await this.pages.visit(request), MAILBOX_PATH);
  }

  @Get(STYLE_PATH)
  @Header('content-type', 'text/css; charset=utf-8')
  @Header('x-content-type-options', 'nosniff')
  style(): string {
    return MAILBOX_STYLE;
  }

  /** One mail as a document of its own, for its frame. */
  @Get(`${MAILBOX_PATH}/messages/:id`)
  async mail(@Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    const message = /^\d{1,18}$/.test(id) ? await this.mailbox.find(id) : null;
    if (!message?.html) throw new NotFoundException();
    const html = message.html.replace('<head>', '<head><base target="_blank">');
    void reply.headers(FRAMED_MAIL).type('text/html; charset=utf-8').send(html);
  }
}
