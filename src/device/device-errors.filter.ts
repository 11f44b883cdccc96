import { type ArgumentsHost, Catch, type ExceptionFilter, Injectable, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError, type DomainErrorCategory } from '../core/errors/domain-error.js';
import { describeError } from '../core/logging/describe-error.js';

const STATUS: Readonly<Record<DomainErrorCategory, number>> = {
  'not-found': 404,
  invalid: 400,
  refused: 403,
  credentials: 403,
  forbidden: 403,
  throttled: 429,
  unavailable: 503,
  internal: 500,
};

/** What a device is told when something is refused: the code, which its page knows a sentence for. */
@Catch()
@Injectable()
export class DeviceErrors implements ExceptionFilter {
  private readonly logger = new Logger('Device');

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const code = DomainError.is(error) ? error.code : 'internal';
    const status = DomainError.is(error) ? STATUS[error.category] : 500;
    if (status >= 500) {
      const { id: correlationId } = http.getRequest<FastifyRequest>();
      this.logger.error({ msg: 'device could not be served', correlationId, error: describeError(error) });
    }
    void http
      .getResponse<FastifyReply>()
      .code(status)
      .headers({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
      .send({ error: code });
  }
}
