import { Injectable, Logger } from '@nestjs/common';
import { Audit } from '../../core/audit/audit.js';
import { Database } from '../../core/database/database.js';
import { DomainError } from '../../core/errors/domain-error.js';
import { describeError } from '../../core/logging/describe-error.js';
import type { RpcCaller } from './caller.js';
import { RpcError } from './rpc-error.js';

/**
 * Audit of the calls that did not reach their method (manager-json-rpc section 13); a method records its own outcome,
 * together with what it did and to whom.
 */
@Injectable()
export class CallJournal {
  private readonly logger = new Logger('JSON-RPC');

  constructor(
    private readonly audit: Audit,
    private readonly database: Database,
  ) {}

  /** Never fails: a refusal is answered as such even where it cannot be written down (attack class 63). */
  async refused(caller: RpcCaller, method: string | undefined, error: RpcError | DomainError): Promise<void> {
    const isDomainError = error instanceof DomainError;
    try {
      await this.audit.record(this.database.manager, {
        event: 'manager-call.refused',
        outcome: 'refused',
        code: isDomainError ? error.code : undefined,
        actor: caller.label,
        clientAddress: caller.clientAddress,
        correlationId: caller.correlationId,
        detail: { method: method ?? null, ...(!isDomainError && { error: error.code, reason: error.data }) },
      });
    } catch (failure) {
      this.logger.warn({
        msg: 'refused call not audited',
        correlationId: caller.correlationId,
        error: describeError(failure),
      });
    }
  }
}
