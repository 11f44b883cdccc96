import { Database } from '../../../src/core/database/database.js';
import { Accounts } from '../../../src/core/directory/accounts.js';
import type { FoundPerson } from '../../../src/core/directory/people.js';
import { OneTimeRequests } from '../../../src/core/requests/one-time-requests.js';
import { PURPOSES, type RequestType, type UserRequestPayload } from '../../../src/user-requests/request-types.js';
import type { TestApp } from '../../support/test-app.js';

/** Path of a request as an authorised caller would have made it, for worlds without consumers. */
export async function madeRequest(app: TestApp, found: FoundPerson, type: RequestType): Promise<string> {
  const { request, receipt } = await app.get(Database).transaction(async (tx) =>
    app.get(OneTimeRequests).create(tx, {
      purpose: PURPOSES[type],
      domain: found.domain,
      account: await app.get(Accounts).lock(tx, found.account.id),
      login: found.person.login,
      target: found.person.dn,
      passwordChangedAt: found.person.passwordChangedAt,
      creator: { label: 'DESK\\chief', accountId: null, address: null },
      validSeconds: 600,
      deliveryMethod: 'NONE',
      receipt: 'opens',
      payload: { ...({ type, anonymous: false, withPin: false } satisfies UserRequestPayload) },
    }),
  );
  return `/user/processRequest/${request.number}/${receipt ?? ''}`;
}
