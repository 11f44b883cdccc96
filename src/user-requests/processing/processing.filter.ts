import { type ArgumentsHost, Catch, type ExceptionFilter, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../../core/errors/domain-error.js';
import { FormError } from '../../core/web/form-fields.js';
import { errorPage } from '../../core/web/page/error-page.js';
import { PageErrors } from '../../core/web/page-errors.js';
import { Pages } from '../../core/web/pages.js';
import { sendApi } from '../../surfaces/oauth1/api-answer.js';
import { ApiExit } from '../../surfaces/oauth1/api-exit.js';
import { ApiRefusal } from '../../surfaces/oauth1/api-refusal.js';
import { navigates } from './call-reader.js';

/** Answers calls that could not be served: JSON to scripts, a page to people. Limits are 503 to both (section 7). */
@Catch()
@Injectable()
export class ProcessingFilter implements ExceptionFilter {
  constructor(
    private readonly exit: ApiExit,
    private readonly errors: PageErrors,
    private readonly pages: Pages,
  ) {}

  async catch(error: unknown, host: ArgumentsHost): Promise<void> {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    if (reply.sent) return;
    if (!navigates(request)) return sendApi(reply, this.exit.of(error, request.id));
    if (!DomainError.is(error) || error.category !== 'throttled') {
      return this.errors.answer(asFormError(error), request, reply);
    }
    const visit = await this.pages.visit(request);
    const page = errorPage(error, { language: visit.language, repeatable: true, reference: request.id });
    this.pages.send(reply, visit, { ...page, status: 503 });
  }
}

/** Pages speak of forms where the API speaks of parameters. */
function asFormError(error: unknown): unknown {
  if (!(error instanceof ApiRefusal)) return error;
  if (error.status === 403) return new DomainError('form-not-valid', { cause: error });
  return new FormError(error.status === 413 ? 'too-large' : 'unreadable', { cause: error });
}
