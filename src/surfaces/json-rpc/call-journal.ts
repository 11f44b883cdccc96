import { Injectable, Logger } from '@nestjs/common';
import type { AdministratorCaller } from '../../core/administrators/administrator-caller.js';
import { Audit, type NewAuditEvent } from '../../core/audit/audit.js';
import { Database } from '../../core/database/database.js';
import type { FoundPerson } from '../../core/directory/people.js';
import { DomainError } from '../../core/errors/domain-error.js';
import { describeError } from '../../core/logging/describe-error.js';
import { auditedParameters, type AuditedParameters } from './audited-parameters.js';
import { RpcError } from './rpc-error.js';
import type { RpcMethodDeclaration } from './rpc-method.js';
import type { RpcResult } from './rpc-result.js';

/** What is known of a call, more with each step that it takes. */
export interface JournaledCall {
  readonly caller: AdministratorCaller;
  /** Name as called; undefined when the envelope has none. */
  readonly name: string | undefined;
  method?: RpcMethodDeclaration<object>;
  params?: object;
  found?: FoundPerson;
}

/**
 * Audit of calls (manager-json-rpc section 13): who called what from where, on whom, with which parameters and what
 * became of it. Written here, by declaration, so that no method can forget it.
 *
 * It never fails: what was done is done, and a refusal is answered as such, even where neither can be written down
 * (attack class 63).
 */
@Injectable()
export class CallJournal {
  private readonly logger = new Logger('JSON-RPC');

  constructor(
    private readonly audit: Audit,
    private readonly database: Database,
  ) {}

  /** Notes that a call was carried out, unless its act has noted it already. */
  async completed(call: JournaledCall, result: RpcResult): Promise<void> {
    if (call.method?.act !== undefined) return;
    await this.write(
      call,
      'manager-call.completed',
      { outcome: 'success' },
      typeof result === 'boolean' ? { result } : {},
    );
  }

  /** Notes that a call was refused or has failed. */
  async refused(call: JournaledCall, error: unknown): Promise<void> {
    if (error instanceof RpcError) {
      const detail = { error: error.code, reason: error.data };
      return this.write(call, 'manager-call.refused', { outcome: 'refused' }, detail);
    }
    const act = call.params ? call.method?.act : undefined;
    const { code, category, detail: reason } = DomainError.is(error) ? error : new DomainError('internal');
    const outcome = category === 'unavailable' || category === 'internal' ? 'failed' : 'refused';
    return this.write(
      call,
      `${act ?? 'manager-call'}.refused`,
      { outcome, code },
      reason === undefined ? {} : { reason },
    );
  }

  private async write(
    call: JournaledCall,
    event: string,
    result: Pick<NewAuditEvent, 'outcome' | 'code'>,
    detail: AuditedParameters['others'],
  ): Promise<void> {
    const { caller, name, found } = call;
    const { person, domain, others } = auditedParameters(call.method, call.params);
    try {
      await this.audit.record(this.database.manager, {
        event,
        ...result,
        actor: caller.label,
        clientAddress: caller.clientAddress,
        correlationId: caller.correlationId,
        domain: found?.domain.name ?? domain,
        accountId: found?.account.id,
        target: found?.person.dn ?? person,
        detail: { method: name ?? null, ...others, ...detail },
      });
    } catch (failure) {
      const { correlationId } = caller;
      this.logger.warn({ msg: 'a call was not audited', correlationId, event, error: describeError(failure) });
    }
  }
}
