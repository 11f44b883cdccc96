import { Logger } from '@nestjs/common';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Audit, NewAuditEvent } from '../../core/audit/audit.js';
import type { Database } from '../../core/database/database.js';
import { DomainError } from '../../core/errors/domain-error.js';
import { CallJournal } from './call-journal.js';
import type { RpcCaller } from './caller.js';
import { RpcError } from './rpc-error.js';

const CALLER: RpcCaller = {
  label: 'ACME\\desk',
  accountId: 'a1',
  domainId: 'd1',
  role: 'user-manager',
  clientAddress: '192.0.2.1',
  correlationId: 'req-1',
};

function journal(record: (event: NewAuditEvent) => Promise<void>): CallJournal {
  const audit = { record: (_tx: unknown, event: NewAuditEvent) => record(event) } as unknown as Audit;
  return new CallJournal(audit, {} as Database);
}

describe('CallJournal', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('writes down who called what from where, and why it was refused', async () => {
    const events: NewAuditEvent[] = [];
    const book = journal(async (event) => void events.push(event));
    await book.refused(CALLER, 'Demo.Echo', new RpcError(-32602, 'Parameter a missing'));
    await book.refused(CALLER, 'Demo.Echo', new DomainError('access-denied'));
    await book.refused(CALLER, undefined, new RpcError(-32700, null));
    const who = {
      event: 'manager-call.refused',
      outcome: 'refused',
      actor: 'ACME\\desk',
      clientAddress: '192.0.2.1',
      correlationId: 'req-1',
    };
    expect(events).toEqual([
      { ...who, detail: { method: 'Demo.Echo', error: -32602, reason: 'Parameter a missing' } },
      { ...who, code: 'access-denied', detail: { method: 'Demo.Echo' } },
      { ...who, detail: { method: null, error: -32700, reason: null } },
    ]);
  });

  it('attack 63: lets the answer go out when the audit cannot be written', async () => {
    const warn = vi.spyOn(Logger.prototype, 'warn').mockReturnValue();
    const book = journal(() => Promise.reject(new DomainError('database-unavailable')));
    await expect(book.refused(CALLER, 'x', new RpcError(-32601, 'x'))).resolves.toBeUndefined();
    expect(warn).toHaveBeenCalledOnce();
  });
});
