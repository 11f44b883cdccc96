import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Account } from '../../../src/core/directory/account.entity.js';
import { Accounts } from '../../../src/core/directory/accounts.js';
import type { Domain } from '../../../src/core/domains/domain.entity.js';
import { OneTimeRequest } from '../../../src/core/requests/one-time-request.entity.js';
import { OneTimeRequests } from '../../../src/core/requests/one-time-requests.js';
import type { RequestPurpose } from '../../../src/core/requests/request-purpose.js';
import { type Services, startServices } from '../../support/services.js';
import { describeOnPostgres } from '../../support/test-database.js';

const RESET: RequestPurpose = { name: 'password-reset', attemptLimit: 5, supersedes: 'account' };

describeOnPostgres('a claim that is given back while its request is cancelled', (database) => {
  let services: Services;
  let requests: OneTimeRequests;
  let accounts: Accounts;
  let domain: Domain;
  let account: Account;

  beforeEach(async () => {
    services = await startServices(database());
    requests = services.get(OneTimeRequests);
    accounts = services.get(Accounts);
    domain = await services.domain({ name: 'ACME' });
    account = await services.factory.account(await services.factory.person(domain, { login: 'jane' }));
  });

  afterEach(async () => {
    await services.close();
    await database().clear();
  });

  const create = () =>
    services.database.transaction(async (tx) =>
      requests.create(tx, {
        purpose: RESET,
        domain,
        account: await accounts.lock(tx, account.id),
        login: 'jane',
        creator: { label: 'ACME\\desk', accountId: null, address: '192.0.2.1' },
        validSeconds: 3_600,
        deliveryMethod: 'NONE',
      }),
    );

  /** Resolves when a session of this database waits for another one's lock. */
  async function somebodyWaits(): Promise<void> {
    for (let waiting = 0; waiting === 0;) {
      const [row] = await services.database.query<{ waiting: number }>(
        `SELECT count(*)::int AS waiting FROM pg_stat_activity
         WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      waiting = row?.waiting ?? 0;
    }
  }

  it('attack 12: the newer link ends it all the same', async () => {
    const { request } = await create();
    const opened = await services.database.transaction((tx) => requests.open(tx, RESET, request, { actor: 'person' }));
    const claimed = await services.database.transaction(async (tx) => {
      await accounts.lock(tx, account.id);
      return requests.claim(tx, request);
    });
    if (!opened || !claimed) throw new Error('no claim');
    let newer: Promise<unknown> | undefined;
    await services.database.transaction(async (tx) => {
      await requests.release(tx, claimed);
      newer = create();
      await somebodyWaits();
    });
    await newer;
    expect(await services.database.manager.findOneByOrFail(OneTimeRequest, { id: request.id })).toMatchObject({
      state: 'cancelled',
      endReason: 'superseded',
      pageSessionDigest: null,
    });
    const session = requests.bySession(services.database.manager, RESET, opened.session, 900);
    expect(await session).toBeUndefined();
  });
});
