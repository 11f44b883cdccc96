import { type ArgumentsHost, Catch, type ExceptionFilter, Injectable, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../../core/errors/domain-error.js';
import { describeError } from '../../core/logging/describe-error.js';
import { BodyError } from '../../core/web/request-body.js';
import { invalidClient, OAuthError } from './oauth-error.js';
import { sendTokenAnswer } from './token-answer.js';

/** Answers token requests that were refused, as RFC 6749 section 5.2 wants it. */
@Catch()
@Injectable()
export class OAuthTokenFilter implements ExceptionFilter {
  private readonly logger = new Logger('OAuth 2.0');

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const reply = http.getResponse<FastifyReply>();
    const { code, description, status, headers } = this.refusal(error, http.getRequest<FastifyRequest>().id);
    if (reply.sent) return;
    void reply.headers(headers);
    sendTokenAnswer(reply, status, { error: code, error_description: description });
  }

  private refusal(error: unknown, correlationId: string): OAuthError {
    if (error instanceof OAuthError) return error;
    if (error instanceof BodyError) {
      return error.reason === 'too-large'
        ? new OAuthError('invalid_request', 'The body is too large', 413, { connection: 'close' })
        : new OAuthError('invalid_request', 'The body is incomplete');
    }
    if (DomainError.is(error, 'too-many-attempts')) {
      const retryAfter = String(Math.max(1, Math.ceil(Number(error.params['retryAfter'] ?? 1))));
      return new OAuthError('temporarily_unavailable', 'Too many requests', 429, { 'retry-after': retryAfter });
    }
    if (DomainError.is(error, 'client-address-unreadable')) return invalidClient();
    this.logger.error({ msg: 'token could not be given', correlationId, error: describeError(error) });
    return DomainError.is(error) && error.category === 'unavailable'
      ? new OAuthError('temporarily_unavailable', 'Service unavailable', 503)
      : new OAuthError('server_error', 'Internal error', 500);
  }
}
