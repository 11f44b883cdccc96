import { Injectable, Logger } from '@nestjs/common';
import { DomainError } from '../../core/errors/domain-error.js';
import { describeError } from '../../core/logging/describe-error.js';
import { BodyError } from '../../core/web/request-body.js';
import type { RestErrorBody } from './rest-answer.js';
import { REST_OUTCOMES } from './rest-outcomes.js';
import { RestRefusal } from './rest-refusal.js';

/** An answer that is no success. */
export interface RestFailure {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: RestErrorBody;
}

/** The one exit for everything that goes wrong: decides what the client reads and what the log reads. */
@Injectable()
export class RestExit {
  private readonly logger = new Logger('IAM REST');

  of(error: unknown, correlationId: string): RestFailure {
    const { status, code, message, details, headers } = this.refusal(error, correlationId);
    return { status, headers, body: { error_code: code, error_message: message, error_details: details } };
  }

  private refusal(error: unknown, correlationId: string): RestRefusal {
    if (error instanceof RestRefusal) return error;
    if (error instanceof BodyError) return bodyRefusal(error);
    if (DomainError.is(error) && error.category !== 'internal') {
      if (error.category === 'unavailable') {
        this.logger.warn({ msg: 'call could not be served', correlationId, error: describeError(error) });
      }
      return refusalOf(error);
    }
    this.logger.error({ msg: 'call failed unexpectedly', correlationId, error: describeError(error) });
    return new RestRefusal(1500, `internal error, reference ${correlationId}`);
  }
}

/**
 * A refusal of the core in the words of this surface.
 *
 * @param field what a 1501 is about, where the caller of the core knows better than its code; also in its text
 */
export function refusalOf(error: Pick<DomainError, 'code' | 'params'>, field?: string): RestRefusal {
  const outcome = REST_OUTCOMES[error.code];
  const { retryAfter, parameter } = error.params;
  if (outcome.code === 1429) return RestRefusal.tooFrequent(Number(retryAfter ?? 1));
  const text = outcome.message(error.params);
  if (outcome.code !== 1501) return new RestRefusal(outcome.code, text);
  const named = field ?? outcome.field ?? (parameter === undefined ? undefined : String(parameter));
  const ownText = named !== undefined && outcome.field !== undefined ? text.replace(outcome.field, named) : text;
  return named === undefined ? new RestRefusal(1501, text) : RestRefusal.field(named, ownText);
}

function bodyRefusal({ reason }: BodyError): RestRefusal {
  return reason === 'too-large'
    ? new RestRefusal(1400, 'body is too long', undefined, { connection: 'close' }, 413)
    : new RestRefusal(1400, 'body is incomplete');
}
