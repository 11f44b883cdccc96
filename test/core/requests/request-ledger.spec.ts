import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Account } from '../../../src/core/directory/account.entity.js';
import type { Domain } from '../../../src/core/domains/domain.entity.js';
import { OneTimeRequests } from '../../../src/core/requests/one-time-requests.js';
import { RequestLedger } from '../../../src/core/requests/request-ledger.js';
import type { RequestPurpose } from '../../../src/core/requests/request-purpose.js';
import { type Services, startServices } from '../../support/services.js';
import { eachDatabase } from '../../support/test-database.js';

const RESET: RequestPurpose = { name: 'password-reset', attemptLimit: 5, supersedes: 'account' };
const ENROL: RequestPurpose = { name: 'token-enrolment', attemptLimit: 5, supersedes: false };

describe('the ledger', () => {
  eachDatabase((database) => {
    let services: Services;
    let domain: Domain;
    let account: Account;

    beforeEach(async () => {
      services = await startServices(database());
      domain = await services.domain();
      account = await services.factory.account(await services.factory.person(domain, { login: 'jane' }));
    });

    afterEach(async () => {
      await services.close();
      await database().clear();
    });

    const create = (purpose: RequestPurpose, whose = account) =>
      services.database.transaction((tx) =>
        services.get(OneTimeRequests).create(tx, {
          purpose,
          domain,
          account: whose,
          login: whose.login,
          creator: { label: 'ACME\\desk', accountId: null, address: '192.0.2.1' },
          validSeconds: 3_600,
          deliveryMethod: 'MAIL',
          comments: 'Ticket 812',
        }),
      );

    it('shows what a person could still use, of every purpose, newest first', async () => {
      await create(RESET);
      services.clock.advance(1);
      const enrolment = await create(ENROL);
      const reset = await create(RESET);
      await create(RESET, await services.factory.account(await services.factory.person(domain)));
      const outstanding = await services.get(RequestLedger).outstanding(account.id);
      expect(outstanding.map(({ id }) => id)).toEqual([reset.request.id, enrolment.request.id]);
      expect(outstanding[0]).toEqual({
        id: reset.request.id,
        number: reset.request.number,
        purpose: 'password-reset',
        domainId: domain.id,
        accountId: account.id,
        state: 'created',
        login: 'jane',
        createdBy: 'ACME\\desk',
        createdByAccountId: null,
        createdAddress: '192.0.2.1',
        deliveryMethod: 'MAIL',
        createdAt: services.clock.now(),
        expiresAt: services.clock.in(3_600),
        sentAt: null,
        openedAt: null,
        openedAddress: null,
        endedAt: null,
        endReason: null,
      });
    });

    it('keeps what has ended, and why', async () => {
      await create(RESET);
      await create(RESET);
      const everything = await services.get(RequestLedger).everything(account.id);
      expect(everything.map(({ state, endReason }) => [state, endReason])).toEqual([
        ['created', null],
        ['cancelled', 'superseded'],
      ]);
    });

    it('gives the records of some purposes a page at a time, newest first, and nothing of others', async () => {
      const other = await services.domain({ name: 'Umbrella' });
      const made = [];
      for (let n = 0; n < 5; n++) made.push((await create(ENROL)).request.number);
      await create(RESET);
      const ledger = services.get(RequestLedger);
      const page = async (offset: number, limit: number, filter = {}) =>
        (await ledger.ofPurposes([ENROL.name], filter, { offset, limit })).map(({ number }) => number);
      expect(await page(0, 2)).toEqual([made[4], made[3]]);
      expect(await page(2, 2)).toEqual([made[2], made[1]]);
      expect(await page(4, 2)).toEqual([made[0]]);
      expect(await page(5, 2)).toEqual([]);
      expect(await page(0, 9, { domainIds: [other.id] })).toEqual([]);
      expect(await page(0, 9, { domainIds: [domain.id, other.id], accountId: account.id })).toHaveLength(5);
      expect(await ledger.ofPurposes([], {}, { offset: 0, limit: 9 })).toEqual([]);
      expect(await ledger.ofPurposes([ENROL.name, RESET.name], { live: true }, { offset: 0, limit: 9 })).toHaveLength(
        6,
      );
    });

    it('gives with a record what its purpose keeps besides', async () => {
      await services.database.transaction((tx) =>
        services.get(OneTimeRequests).create(tx, {
          purpose: ENROL,
          domain,
          account: null,
          login: 'mara',
          creator: { label: 'anonymous', accountId: null, address: '192.0.2.1' },
          validSeconds: 3_600,
          deliveryMethod: 'MAIL',
          payload: { email: 'mara@example.test' },
        }),
      );
      const [record] = await services.get(RequestLedger).ofPurposes([ENROL.name], {}, { offset: 0, limit: 1 });
      expect(record).toMatchObject({ accountId: null, domainId: domain.id, payload: { email: 'mara@example.test' } });
      expect(JSON.stringify(record)).not.toContain('k1.');
    });

    it('holds no digest of any secret', async () => {
      const { request, link } = await create(RESET);
      await services.database.transaction((tx) =>
        services.get(OneTimeRequests).open(tx, RESET, request, { actor: 'person' }),
      );
      const text = JSON.stringify(await services.get(RequestLedger).everything(account.id));
      expect(text).not.toContain(link);
      expect(text).not.toContain('k1.');
    });
  });
});
