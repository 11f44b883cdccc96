import { STATUS_CODES } from 'node:http';
import { type ArgumentsHost, Catch, type ExceptionFilter, Injectable, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PageErrors } from './page-errors.js';
import { statusOf } from './page/error-page.js';

/**
 * The exit for what no surface takes as its own, such as an address where nothing is: a page for browsers, a line of
 * JSON for everybody else. Neither repeats the address, which may hold a secret.
 */
@Catch()
@Injectable()
export class FallbackFilter implements ExceptionFilter {
  private readonly logger = new Logger('Fallback');

  constructor(private readonly pages: PageErrors) {}

  async catch(error: unknown, host: ArgumentsHost): Promise<void> {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    if (request.headers.accept?.includes('text/html')) return this.pages.answer(error, request, reply);
    const status = statusOf(error);
    if (status >= 500) this.logger.error(`${String(error)} (${request.id})`, (error as Error | undefined)?.stack);
    void reply
      .code(status)
      .headers({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
      .send({ statusCode: status, message: STATUS_CODES[status] });
  }
}
