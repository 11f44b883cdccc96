import { Injectable, Logger } from '@nestjs/common';
import { DomainError } from '../../core/errors/domain-error.js';
import { describeError } from '../../core/logging/describe-error.js';
import { httpRefusalFor } from './http-refusal.js';
import { errorHttpAnswer, type HttpAnswer } from './rpc-answer.js';
import { RpcError, rpcErrorObject, type RpcErrorObject } from './rpc-error.js';
import { RPC_OUTCOMES } from './rpc-outcomes.js';

/** Where a failure happened, for the log. */
export interface FailurePlace {
  readonly correlationId: string;
  /** The method called; undefined when none had been found yet. */
  readonly method: string | undefined;
}

/**
 * The one exit for everything that goes wrong: decides what the client reads and what the log reads. Texts that leave
 * come from this surface's own tables; details and causes go to the log, once.
 */
@Injectable()
export class RpcExit {
  private readonly logger = new Logger('JSON-RPC');

  /** What a call is answered when it ended in `error`. */
  ofCall(error: unknown, place: FailurePlace): RpcErrorObject | false {
    if (error instanceof RpcError) return rpcErrorObject(error.code, error.data);
    if (!(error instanceof DomainError) || error.category === 'internal') {
      this.logger.error({ msg: 'call failed unexpectedly', ...place, error: describeError(error) });
      return rpcErrorObject(-32603, `Unexpected failure, reference ${place.correlationId}`);
    }
    if (error.category === 'unavailable') {
      this.logger.warn({ msg: 'call could not be served', ...place, error: describeError(error) });
    }
    const outcome = RPC_OUTCOMES[error.code];
    return outcome && rpcErrorObject(outcome.code, outcome.data(error.params));
  }

  /** What a request is answered that ended in `error` before its first call. */
  ofRequest(error: unknown, correlationId: string): HttpAnswer {
    const refusal = httpRefusalFor(error);
    if (refusal) return errorHttpAnswer(refusal.status, rpcErrorObject(-32600, refusal.data), refusal.headers);
    // A caller who is refused for whatever reason was not let in; `false` would read as the result of a call.
    const outcome = this.ofCall(error, { correlationId, method: undefined });
    return errorHttpAnswer(200, outcome || rpcErrorObject(-32600, 'Invalid username or password'));
  }
}
