import { Logger } from '@nestjs/common';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { AdministratorCaller } from '../../core/administrators/administrator-caller.js';
import type { Audit, NewAuditEvent } from '../../core/audit/audit.js';
import type { Database } from '../../core/database/database.js';
import type { FoundPerson } from '../../core/directory/people.js';
import { DomainError } from '../../core/errors/domain-error.js';
import { CallJournal, type JournaledCall } from './call-journal.js';
import { RpcError } from './rpc-error.js';
import { TextsByNameParam, TextListParam } from './rpc-list-types.js';
import type { RpcMethodDeclaration } from './rpc-method.js';
import { Base64Param, IntegerParam, StringParam } from './rpc-parameter-types.js';

const CALLER: AdministratorCaller = {
  label: 'ACME\\desk',
  accountId: 'a1',
  domainId: 'd1',
  role: 'user-manager',
  clientAddress: '192.0.2.1',
  correlationId: 'req-1',
};

const WHO = { actor: 'ACME\\desk', clientAddress: '192.0.2.1', correlationId: 'req-1' };

class Params {
  @StringParam({ description: '' })
  dn?: string;

  @StringParam({ description: '' })
  domain?: string;

  @StringParam({ description: '', secret: true })
  password?: string;

  @IntegerParam({ description: '' })
  expires?: number;

  @TextListParam({ description: '' })
  names?: readonly string[];

  @TextsByNameParam({ description: '' })
  attrs?: ReadonlyMap<string, readonly string[]>;

  @Base64Param({ description: '' })
  key?: Uint8Array;
}

const METHOD: RpcMethodDeclaration<Params> = {
  name: 'Demo.Echo',
  summary: '',
  right: 'use-server',
  changes: false,
  params: Params,
  result: {},
};

const FOUND = {
  domain: { name: 'ACME' },
  account: { id: 'a7' },
  person: { dn: 'cn=jane,dc=ACME' },
} as unknown as FoundPerson;

function journal(record: (event: NewAuditEvent) => Promise<void>): CallJournal {
  const audit = { record: (_tx: unknown, event: NewAuditEvent) => record(event) } as unknown as Audit;
  return new CallJournal(audit, {} as Database);
}

const call = (fields: Partial<JournaledCall> = {}): JournaledCall => ({ caller: CALLER, name: 'Demo.Echo', ...fields });
const params = (fields: Params): Params => Object.assign(new Params(), fields);

describe('CallJournal', () => {
  let events: NewAuditEvent[] = [];
  const book = journal(async (event) => void events.push(event));

  afterEach(() => {
    events = [];
    vi.restoreAllMocks();
  });

  it('writes down who called what from where, and why it was refused', async () => {
    await book.refused(call(), new RpcError(-32602, 'Parameter a missing'));
    await book.refused(call(), new DomainError('access-denied'));
    await book.refused(call({ name: undefined }), new RpcError(-32700, null));
    const refused = { ...WHO, event: 'manager-call.refused', outcome: 'refused' };
    expect(events).toEqual([
      { ...refused, detail: { method: 'Demo.Echo', error: -32602, reason: 'Parameter a missing' } },
      { ...refused, code: 'access-denied', detail: { method: 'Demo.Echo' } },
      { ...refused, detail: { method: null, error: -32700, reason: null } },
    ]);
  });

  it('writes down on whom a call was carried out, with its parameters and its yes or no', async () => {
    const sent = params({
      dn: 'CN=Jane, dc=acme',
      expires: 60,
      names: ['a', 'b'],
      attrs: new Map([['mail', ['jane@example.test']]]),
      key: Buffer.from('abc'),
    });
    await book.completed(call({ method: METHOD, params: sent, found: FOUND }), true);
    await book.completed(call({ method: METHOD, params: params({}) }), { a: 1 });
    const completed = { ...WHO, event: 'manager-call.completed', outcome: 'success' };
    expect(events).toEqual([
      {
        ...completed,
        domain: 'ACME',
        accountId: 'a7',
        target: 'cn=jane,dc=ACME',
        detail: {
          method: 'Demo.Echo',
          'params.expires': 60,
          'params.names': 'a, b',
          'params.attrs': 'mail',
          'params.key': '3 bytes',
          result: true,
        },
      },
      { ...completed, detail: { method: 'Demo.Echo' } },
    ]);
  });

  it('names the person as the call did where nobody was found', async () => {
    const sent = params({ dn: 'cn=nobody', domain: 'ACME' });
    await book.refused(call({ method: METHOD, params: sent }), new DomainError('account-not-found'));
    expect(events).toMatchObject([{ code: 'account-not-found', target: 'cn=nobody', domain: 'ACME' }]);
  });

  it('attack 42: leaves secrets out', async () => {
    const sent = params({ dn: 'cn=jane', password: 'canary-7' });
    await book.completed(call({ method: METHOD, params: sent }), false);
    await book.refused(call({ method: METHOD, params: sent }), new DomainError('password-too-short'));
    expect(events).toHaveLength(2);
    expect(JSON.stringify(events)).not.toContain('canary-7');
  });

  it('leaves success to an act that writes its own rows, and refuses under its name', async () => {
    const method = { ...METHOD, act: 'password-reset' };
    await book.completed(call({ method, params: params({}) }), 'link');
    await book.refused(call({ method, params: params({}) }), new DomainError('no-address', { detail: 'none' }));
    await book.refused(call({ method, params: params({}) }), new DomainError('directory-unavailable'));
    await book.refused(call({ method, params: params({}) }), new TypeError('secret'));
    await book.refused(call({ method }), new DomainError('access-denied'));
    expect(events).toMatchObject([
      { event: 'password-reset.refused', outcome: 'refused', code: 'no-address', detail: { reason: 'none' } },
      { event: 'password-reset.refused', outcome: 'failed', code: 'directory-unavailable' },
      { event: 'password-reset.refused', outcome: 'failed', code: 'internal', detail: { method: 'Demo.Echo' } },
      { event: 'manager-call.refused', outcome: 'refused', code: 'access-denied' },
    ]);
    expect(JSON.stringify(events)).not.toContain('secret');
  });

  it('attack 63: lets the answer go out when the audit cannot be written', async () => {
    const warn = vi.spyOn(Logger.prototype, 'warn').mockReturnValue();
    const away = journal(() => Promise.reject(new DomainError('database-unavailable')));
    await expect(away.refused(call(), new RpcError(-32601, 'x'))).resolves.toBeUndefined();
    await expect(away.completed(call({ method: METHOD, params: params({}) }), true)).resolves.toBeUndefined();
    expect(warn).toHaveBeenCalledTimes(2);
  });
});
