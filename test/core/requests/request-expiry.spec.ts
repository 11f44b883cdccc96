import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { KeyedDigest } from '../../../src/core/crypto/secret-types.js';
import type { Domain } from '../../../src/core/domains/domain.entity.js';
import { newRow } from '../../../src/core/requests/new-request.js';
import { OneTimeRequest } from '../../../src/core/requests/one-time-request.entity.js';
import { OneTimeRequests } from '../../../src/core/requests/one-time-requests.js';
import { OverdueRequestRepository } from '../../../src/core/requests/overdue-request.repository.js';
import { RequestExpiry } from '../../../src/core/requests/request-expiry.js';
import type { RequestPurpose } from '../../../src/core/requests/request-purpose.js';
import { UNOPENED_STATES } from '../../../src/core/requests/request-states.js';
import { eachPool } from '../../support/each-pool.js';
import { secondProcess } from '../../support/second-process.js';
import { type Services, startServices } from '../../support/services.js';
import { describeOnPostgres, type TestDatabase } from '../../support/test-database.js';

const PURPOSE: RequestPurpose = { name: 'password-reset', attemptLimit: 5, supersedes: 'account' };

/** Writes requests of people who have no account yet, each valid for an hour. */
async function write(services: Services, domain: Domain, count: number, fields: Partial<OneTimeRequest> = {}) {
  const rows = Array.from({ length: count }, () => ({
    ...newRow(
      randomUUID(),
      {
        purpose: PURPOSE,
        domain,
        account: null,
        login: 'jane',
        creator: { label: 'anonymous', accountId: null, address: null },
        validSeconds: 3_600,
        deliveryMethod: 'MAIL',
      },
      { link: `k1.${randomUUID()}` as KeyedDigest },
      services.clock,
    ),
    ...fields,
  }));
  await services.database.manager.insert(OneTimeRequest, rows as never[]);
  return rows.map(({ id }) => id);
}

async function states(test: TestDatabase): Promise<Record<string, number>> {
  const found = await test.database.query<{ state: string; n: number }>(
    'SELECT state, count(*)::int AS n FROM one_time_requests GROUP BY state',
  );
  return Object.fromEntries(found.map(({ state, n }) => [state, n]));
}

describe('the expiry job', () => {
  eachPool((database) => {
    let services: Services;
    let expiry: RequestExpiry;
    let domain: Domain;

    beforeEach(async () => {
      services = await startServices(database());
      expiry = services.get(RequestExpiry);
      domain = await services.domain();
    });

    afterEach(async () => {
      await services.close();
      await database().clear();
    });

    it.each(UNOPENED_STATES)('ends overdue requests that are %s, without their secrets', async (state) => {
      const [id] = await write(services, domain, 1, { state });
      services.clock.advance(3_599);
      expect(await expiry.run()).toEqual({ ended: 0, deleted: 0 });
      services.clock.advance(1);
      expect(await expiry.run()).toEqual({ ended: 1, deleted: 0 });
      expect(await services.database.manager.findOneBy(OneTimeRequest, { id: id ?? '' })).toMatchObject({
        state: 'expired',
        endReason: 'deadline',
        endedAt: services.clock.now(),
        linkDigest: null,
      });
      expect(await services.audit()).toMatchObject([
        { event: 'password-reset.expired', outcome: 'success', actor: 'system', requestId: id, target: 'jane' },
      ]);
      expect(await expiry.run()).toEqual({ ended: 0, deleted: 0 });
    });

    it('ends page sessions that are idle, not those behind the deadline of their link', async () => {
      await write(services, domain, 1, {
        state: 'opened',
        linkDigest: null,
        pageSessionSeenAt: services.clock.in(3_590),
      });
      services.clock.advance(3_600);
      expect(await expiry.run()).toEqual({ ended: 0, deleted: 0 });
      services.clock.advance(890);
      expect(await expiry.run()).toEqual({ ended: 1, deleted: 0 });
      expect(await states(database())).toEqual({ abandoned: 1 });
      expect(await services.audit()).toMatchObject([{ event: 'password-reset.abandoned' }]);
    });

    it('goes by the settings', async () => {
      await services.set('page_session_idle_minutes', 1);
      await services.set('request_retention_days', 1);
      await write(services, domain, 1, { state: 'opened', pageSessionSeenAt: services.clock.now() });
      services.clock.advance(60);
      expect(await expiry.run()).toEqual({ ended: 1, deleted: 0 });
      services.clock.advance(86_400);
      expect(await expiry.run()).toEqual({ ended: 0, deleted: 1 });
    });

    it('deletes what has ended when it was kept long enough, and nothing that is alive', async () => {
      await write(services, domain, 2, { state: 'completed', endedAt: services.clock.now() });
      await write(services, domain, 1, { state: 'sent', expiresAt: services.clock.in(86_400 * 365) });
      services.clock.advance(86_400 * 90 - 1);
      expect(await expiry.run()).toEqual({ ended: 0, deleted: 0 });
      services.clock.advance(1);
      expect(await expiry.run()).toEqual({ ended: 0, deleted: 2 });
      expect(await states(database())).toEqual({ sent: 1 });
    });

    it('works off more than one batch, and each batch is no more than that', async () => {
      await write(services, domain, 7);
      services.clock.advance(3_600);
      const repository = services.get(OverdueRequestRepository);
      const now = services.clock.now();
      const sweep = { from: UNOPENED_STATES, to: 'expired', reason: 'deadline', due: 'expires_at' } as const;
      const batch = () =>
        services.database.transaction((tx) => repository.sweep(tx, sweep, { now, before: now, lostBefore: now }, 3));
      expect([(await batch()).length, (await batch()).length, (await batch()).length]).toEqual([3, 3, 1]);
      services.clock.advance(1);
      const gone = () => repository.deleteEnded(services.database.manager, services.clock.now(), 3);
      expect([await gone(), await gone(), await gone()]).toEqual([3, 3, 1]);
    });

    it('never moves a request along a way that the table of transitions does not know', async () => {
      await write(services, domain, 1, { state: 'completed', endedAt: services.clock.now() });
      services.clock.advance(3_600);
      const sweep = { from: ['completed', 'sent'], to: 'expired', reason: 'x', due: 'expires_at' } as const;
      const now = services.clock.now();
      const times = { now, before: now, lostBefore: now };
      const repository = services.get(OverdueRequestRepository);
      expect(await services.database.transaction((tx) => repository.sweep(tx, sweep, times, 10))).toEqual([]);
    });

    it('survives its own failures', async () => {
      await write(services, domain, 1);
      services.clock.advance(3_600);
      const failing = vi.spyOn(services.get(OverdueRequestRepository), 'sweep').mockRejectedValueOnce(new Error('x'));
      await expiry.tick();
      expect(failing).toHaveBeenCalledTimes(1);
      await expiry.tick();
      expect(await states(database())).toEqual({ expired: 1 });
    });

    it('ends a request once when its link is opened at the same moment', async () => {
      const requests = services.get(OneTimeRequests);
      const ids = await write(services, domain, 20);
      services.clock.advance(3_599);
      const open = async (id: string) => {
        const request = await services.database.manager.findOneByOrFail(OneTimeRequest, { id });
        return services.database.transaction((tx) => requests.open(tx, PURPOSE, request, { actor: 'person' }));
      };
      const opening = ids.map(open);
      services.clock.advance(1);
      await Promise.all([...opening, expiry.run()]);
      const { opened = 0, expired = 0 } = await states(database());
      expect(opened + expired).toBe(20);
      expect(await services.audit('password-reset.expired')).toHaveLength(expired);
    });
  });
});

describeOnPostgres('the expiry job of two processes', (database) => {
  it('ends each request once, with one audit row each', async () => {
    const services = await startServices(database());
    const domain = await services.domain();
    await write(services, domain, 1_200);
    await write(services, domain, 300, { state: 'opened', pageSessionSeenAt: services.clock.now() });
    await write(services, domain, 700, { state: 'cancelled', endedAt: services.clock.in(-86_400 * 90) });
    services.clock.advance(3_600);
    const second = await secondProcess(database());
    const others = await startServices(database(), { database: second.database, clock: services.clock });

    const runs = await Promise.all([services, others].map((process) => process.get(RequestExpiry).run()));

    expect(runs.reduce((sum, { ended }) => sum + ended, 0)).toBe(1_500);
    expect(runs.reduce((sum, { deleted }) => sum + deleted, 0)).toBe(700);
    expect(await states(database())).toEqual({ expired: 1_200, abandoned: 300 });
    const rows = await services.audit();
    expect(rows).toHaveLength(1_500);
    expect(new Set(rows.map(({ requestId }) => requestId)).size).toBe(1_500);
    await Promise.all([services.close(), others.close()]);
    await second.stop();
  });
});
