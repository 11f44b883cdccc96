import { Injectable, Logger } from '@nestjs/common';
import { DomainError } from '../../core/errors/domain-error.js';
import { describeError } from '../../core/logging/describe-error.js';
import { type ApiAnswer, formEncoded } from './api-answer.js';
import { API_OUTCOMES } from './api-outcomes.js';
import { ApiRefusal } from './api-refusal.js';
import { OAuthProblem } from './oauth-problem.js';

/** The one exit for everything that goes wrong below `/api` and `/oauth`: what the client reads, what the log reads. */
@Injectable()
export class ApiExit {
  private readonly logger = new Logger('User requests');

  of(error: unknown, correlationId: string): ApiAnswer {
    if (error instanceof OAuthProblem) {
      return {
        status: error.status,
        type: 'form',
        body: formEncoded({ oauth_problem: error.problem, ...error.extra }),
      };
    }
    const { status, message, headers } = this.refusal(error, correlationId);
    return { status, type: 'json', body: JSON.stringify({ error: message }), headers };
  }

  private refusal(error: unknown, correlationId: string): ApiRefusal {
    if (error instanceof ApiRefusal) return error;
    if (DomainError.is(error) && error.category !== 'internal') {
      if (error.category === 'unavailable') {
        this.logger.warn({ msg: 'call could not be served', correlationId, error: describeError(error) });
      }
      return refusalOf(error);
    }
    this.logger.error({ msg: 'call failed unexpectedly', correlationId, error: describeError(error) });
    return new ApiRefusal(500, `internal error, reference ${correlationId}`);
  }
}

/** A refusal of the core in the words of this surface. */
export function refusalOf({ code, params }: Pick<DomainError, 'code' | 'params'>): ApiRefusal {
  const { status, message } = API_OUTCOMES[code];
  const { retryAfter } = params;
  return retryAfter === undefined ? new ApiRefusal(status, message(params)) : ApiRefusal.limited(Number(retryAfter));
}
