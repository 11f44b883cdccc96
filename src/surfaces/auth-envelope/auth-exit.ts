import { Injectable, Logger } from '@nestjs/common';
import { DomainError } from '../../core/errors/domain-error.js';
import { describeError } from '../../core/logging/describe-error.js';
import { BodyError } from '../../core/web/request-body.js';
import { JsonError } from '../../core/web/strict-json.js';
import { type AuthAnswer, refusalAnswer } from './auth-answer.js';
import { AUTH_OUTCOMES } from './auth-outcomes.js';
import { AuthRefusal } from './auth-refusal.js';

/** Where a failure happened, for the log. */
export interface FailurePlace {
  readonly correlationId: string;
  /** The method called; undefined before it has begun. */
  readonly method: string | undefined;
}

/**
 * The one exit for everything that goes wrong: decides what the agent reads and what the log reads. Texts that leave come
 * from the table of codes; details and causes go to the log, once.
 */
@Injectable()
export class AuthExit {
  private readonly logger = new Logger('auth');

  /** What a request is answered that ended in `error`. */
  of(error: unknown, place: FailurePlace): AuthAnswer {
    if (error instanceof AuthRefusal) return refusalAnswer(error.code, error.params);
    if (error instanceof JsonError) return refusalAnswer(100);
    if (error instanceof BodyError) return ofBody(error);
    if (!(error instanceof DomainError)) return this.unexpected(error, place);
    const { code, params } = AUTH_OUTCOMES[error.code];
    if (code === 1) return this.unexpected(error, place);
    const { method, correlationId } = place;
    if (code === 2) {
      this.logger.warn({ msg: 'method could not be served', method, correlationId, error: describeError(error) });
      // What no method has decided is told by the status as well (section 1.2).
      return refusalAnswer(2, {}, method === undefined ? 503 : 200);
    }
    return refusalAnswer(code, params?.(error.params));
  }

  private unexpected(error: unknown, { method, correlationId }: FailurePlace): AuthAnswer {
    this.logger.error({ msg: 'method failed unexpectedly', method, correlationId, error: describeError(error) });
    return refusalAnswer(1);
  }
}

function ofBody({ reason }: BodyError): AuthAnswer {
  if (reason === 'aborted') return refusalAnswer(100);
  const answer = refusalAnswer(100, {}, 413);
  // The rest of the body may still be on its way.
  return { ...answer, headers: { ...answer.headers, connection: 'close' } };
}
