import type { Account } from '../../../src/core/directory/account.entity.js';
import { Accounts } from '../../../src/core/directory/accounts.js';
import type { Domain } from '../../../src/core/domains/domain.entity.js';
import type { NewRequest } from '../../../src/core/requests/new-request.js';
import { OneTimeRequest } from '../../../src/core/requests/one-time-request.entity.js';
import { OneTimeRequests } from '../../../src/core/requests/one-time-requests.js';
import type { RequestActor } from '../../../src/core/requests/request-actor.js';
import { RequestAttempts } from '../../../src/core/requests/request-attempts.js';
import type { CreatedRequest } from '../../../src/core/requests/request-creation.js';
import type { RequestPurpose } from '../../../src/core/requests/request-purpose.js';
import { type Services, startServices } from '../../support/services.js';
import type { TestDatabase } from '../../support/test-database.js';

export const PERSON: RequestActor = { actor: 'person', clientAddress: '192.0.2.9', correlationId: 'r-9' };
export const DESK: RequestActor = { actor: 'ACME\\desk', clientAddress: '192.0.2.1', correlationId: 'r-1' };

/** One of each kind, as the surfaces have them. */
export const PURPOSES = {
  reset: { name: 'password-reset', attemptLimit: 5, supersedes: 'account' },
  recovery: { name: 'recovery', attemptLimit: 20, supersedes: 'account', secretShape: 'uuid' },
  registration: { name: 'registration', attemptLimit: 20, supersedes: 'login', secretShape: 'uuid' },
  unlock: { name: 'unlock', attemptLimit: 10, supersedes: 'account', secretShape: 'alphanumeric', tellsEnd: true },
  unattended: { name: 'login', attemptLimit: 10, supersedes: false, secretShape: 'alphanumeric', tellsEnd: true },
} as const satisfies Record<string, RequestPurpose>;

/** As many callers as want the same thing at the same moment. */
export const RIVALS = Array.from({ length: 50 }, (_, i) => i);

/** The request core, with one person who asks for things. */
export interface RequestsWorld {
  readonly services: Services;
  readonly requests: OneTimeRequests;
  readonly attempts: RequestAttempts;
  readonly domain: Domain;
  readonly account: Account;
  /** A request valid for an hour, by nobody's delivery. */
  create(purpose: RequestPurpose, fields?: Partial<NewRequest>): Promise<CreatedRequest>;
  row(request: Pick<OneTimeRequest, 'id'>): Promise<OneTimeRequest>;
  /** Names of audit events in their order, without the purpose. */
  events(): Promise<string[]>;
  close(): Promise<void>;
}

export async function startRequestsWorld(database: TestDatabase): Promise<RequestsWorld> {
  const services = await startServices(database);
  const requests = services.get(OneTimeRequests);
  const domain = await services.domain({ name: 'ACME' });
  const account = await services.factory.account(await services.factory.person(domain, { login: 'jane' }));
  return {
    services,
    requests,
    attempts: services.get(RequestAttempts),
    domain,
    account,
    create: (purpose, fields = {}) =>
      services.database.transaction(async (tx) =>
        requests.create(tx, {
          purpose,
          domain,
          account: await services.get(Accounts).lock(tx, account.id),
          login: 'jane',
          target: 'cn=jane,dc=ACME',
          creator: { label: 'ACME\\desk', accountId: null, address: '192.0.2.1', correlationId: 'r-1' },
          validSeconds: 3_600,
          deliveryMethod: 'NONE',
          ...fields,
        }),
      ),
    row: ({ id }) => services.database.manager.findOneByOrFail(OneTimeRequest, { id }),
    events: async () => (await services.audit()).map(({ event }) => event.replace(/^[a-z-]+\./, '')),
    close: () => services.close(),
  };
}
