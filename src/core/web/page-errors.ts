import { type ArgumentsHost, Catch, type ExceptionFilter, Injectable, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { errorPage } from './page/error-page.js';
import { Pages } from './pages.js';

/** The one exit of pages for everything that goes wrong: a page in the person's language, details to the log. */
@Injectable()
export class PageErrors {
  private readonly logger = new Logger('Pages');

  constructor(private readonly pages: Pages) {}

  async answer(error: unknown, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    if (reply.sent) return;
    try {
      const visit = await this.pages.visit(request);
      const repeatable = request.method === 'GET' || request.method === 'HEAD';
      const page = errorPage(error, { language: visit.language, repeatable, reference: request.id });
      if (page.status >= 500) this.record(error, request);
      this.pages.send(reply, visit, page);
    } catch (failure) {
      this.record(error, request);
      this.record(failure, request);
      void reply.code(500).type('text/plain; charset=utf-8').send(`Internal error ${request.id}\n`);
    }
  }

  /** The route's pattern and not the address: a query may hold a link's secret. */
  private record(error: unknown, request: FastifyRequest): void {
    const where = `${request.method} ${request.routeOptions.url ?? 'unknown route'} (${request.id})`;
    this.logger.error(`${where}: ${String(error)}`, error instanceof Error ? error.stack : undefined);
  }
}

/** Puts {@link PageErrors} behind the handlers of a page controller. */
@Catch()
@Injectable()
export class PageExceptionFilter implements ExceptionFilter {
  constructor(private readonly errors: PageErrors) {}

  async catch(error: unknown, host: ArgumentsHost): Promise<void> {
    const http = host.switchToHttp();
    await this.errors.answer(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }
}
