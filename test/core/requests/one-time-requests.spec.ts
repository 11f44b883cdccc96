import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KeyRing } from '../../../src/core/crypto/key-ring.js';
import type { Account } from '../../../src/core/directory/account.entity.js';
import { Accounts } from '../../../src/core/directory/accounts.js';
import type { Domain } from '../../../src/core/domains/domain.entity.js';
import { InterruptedSubmissions } from '../../../src/core/requests/interrupted-submissions.js';
import type { NewRequest } from '../../../src/core/requests/new-request.js';
import { OneTimeRequest } from '../../../src/core/requests/one-time-request.entity.js';
import { OneTimeRequests } from '../../../src/core/requests/one-time-requests.js';
import type { RequestActor } from '../../../src/core/requests/request-actor.js';
import type { RequestPurpose } from '../../../src/core/requests/request-purpose.js';
import { eachPool } from '../../support/each-pool.js';
import { type Services, startServices } from '../../support/services.js';

const RESET: RequestPurpose = { name: 'password-reset', attemptLimit: 5, supersedes: 'account' };
const ENROL: RequestPurpose = { name: 'token-enrolment', attemptLimit: 5, supersedes: 'account' };
const RUN: RequestPurpose = { name: 'run', attemptLimit: 5, supersedes: false };

const PERSON: RequestActor = { actor: 'person', clientAddress: '192.0.2.9', correlationId: 'r-9' };
const DESK: RequestActor = { actor: 'ACME\\desk', clientAddress: '192.0.2.1' };

const IDLE = 900;
const RIVALS = Array.from({ length: 50 }, (_, i) => i);

describe('one-time requests', () => {
  eachPool((database) => {
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

    async function create(purpose = RESET, fields: Partial<NewRequest> = {}) {
      return services.database.transaction(async (tx) =>
        requests.create(tx, {
          purpose,
          domain,
          account: await accounts.lock(tx, account.id),
          login: 'jane',
          creator: { label: 'ACME\\desk', accountId: null, address: '192.0.2.1' },
          validSeconds: 3_600,
          deliveryMethod: 'MAIL',
          ...fields,
        }),
      );
    }

    const byLink = (purpose: RequestPurpose, link: string) => requests.byLink(services.database.manager, purpose, link);

    const bySession = (purpose: RequestPurpose, session: string) =>
      requests.bySession(services.database.manager, purpose, session, IDLE);

    const open = (purpose: RequestPurpose, request: OneTimeRequest) =>
      services.database.transaction((tx) => requests.open(tx, purpose, request, PERSON));

    const claim = (request: OneTimeRequest) =>
      services.database.transaction(async (tx) => {
        await accounts.lock(tx, account.id);
        return requests.claim(tx, request);
      });

    const complete = (claimed: OneTimeRequest) =>
      services.database.transaction((tx) => requests.complete(tx, claimed, PERSON));

    const release = (claimed: OneTimeRequest) => services.database.transaction((tx) => requests.release(tx, claimed));

    const cancel = (options: Parameters<OneTimeRequests['cancel']>[2]) =>
      services.database.transaction(async (tx) => requests.cancel(tx, await accounts.lock(tx, account.id), options));

    async function row(id: string): Promise<OneTimeRequest> {
      return services.database.manager.findOneByOrFail(OneTimeRequest, { id });
    }

    /** A request of this purpose, opened, with the secret of its page session. */
    async function opened(purpose = RESET, fields: Partial<NewRequest> = {}) {
      const { request, link } = await create(purpose, fields);
      const result = await open(purpose, request);
      if (!result) throw new Error('could not be opened');
      return { ...result, link };
    }

    describe('a link', () => {
      it('is found by its secret, which is nowhere in the database', async () => {
        const { request, link } = await create();
        expect(await byLink(RESET, link)).toEqual(request);
        expect(request).toMatchObject({ state: 'created', number: '1', attempts: 0, login: 'jane' });
        const [stored] = await services.database.query('SELECT * FROM one_time_requests');
        expect(JSON.stringify(stored)).not.toContain(link);
      });

      it('attack 13: stays as it is however often it is looked at', async () => {
        const { request, link } = await create();
        for (let look = 0; look < 20; look++) await byLink(RESET, link);
        expect(await row(request.id)).toEqual(request);
      });

      it.each([
        ['another secret', (link: string) => `${link.startsWith('A') ? 'B' : 'A'}${link.slice(1)}`],
        ['a shorter one', (link: string) => link.slice(1)],
        ['a longer one', (link: string) => `${link}A`],
        ['one in another case', (link: string) => link.toLowerCase()],
        ['one with a line break', (link: string) => `${link}\n`],
        ['nothing', () => ''],
        ['a NUL', () => '\0'.repeat(43)],
        ['a pattern', () => '%'.repeat(43)],
        ['a hundred thousand characters', () => 'A'.repeat(100_000)],
      ])('is not found by %s', async (_, wrong) => {
        const { link } = await create();
        expect(await byLink(RESET, wrong(link))).toBeUndefined();
      });

      it('attack 9: is never found under another purpose, in either direction', async () => {
        const purposes = [RESET, ENROL, RUN];
        const made = await Promise.all(purposes.map(async (purpose) => (await create(purpose)).link));
        for (const [i, link] of made.entries()) {
          const found = await Promise.all(purposes.map((purpose) => byLink(purpose, link)));
          expect(found.map((request) => request?.purpose)).toEqual(
            purposes.map(({ name }, j) => (i === j ? name : undefined)),
          );
        }
      });

      it('attack 10: is no page session, nor a page session a link', async () => {
        const { request, link } = await create();
        expect(await bySession(RESET, link)).toBeUndefined();
        const result = await open(RESET, request);
        expect(await byLink(RESET, result?.session ?? '')).toBeUndefined();
        expect(await bySession(RESET, link)).toBeUndefined();
        expect(await bySession(ENROL, result?.session ?? '')).toBeUndefined();
        expect(await bySession(RESET, result?.session ?? '')).toMatchObject({ id: request.id });
      });

      it('attack 10: is found by neither its digest nor its id', async () => {
        const { request } = await create();
        for (const shown of [request.id, request.linkDigest ?? '', request.number]) {
          expect(await byLink(RESET, shown)).toBeUndefined();
          expect(await bySession(RESET, shown)).toBeUndefined();
        }
      });

      it('works under a key that was put behind a new one, and not when that key is gone', async () => {
        const { link } = await create();
        const rotated = await startServices(database(), { keyIds: ['k2', 'k1'], clock: services.clock });
        expect(await rotated.get(OneTimeRequests).byLink(rotated.database.manager, RESET, link)).toBeDefined();
        const other = await startServices(database(), { keyIds: ['k2'], clock: services.clock });
        expect(await other.get(OneTimeRequests).byLink(other.database.manager, RESET, link)).toBeUndefined();
        await Promise.all([rotated.close(), other.close()]);
      });

      it('attack 38: is dead at its deadline, whether or not the expiry job has run', async () => {
        const { request, link } = await create();
        services.clock.advance(3_599);
        expect(await byLink(RESET, link)).toBeDefined();
        services.clock.advance(1);
        expect(await byLink(RESET, link)).toBeUndefined();
        expect(await open(RESET, request)).toBeUndefined();
        expect((await row(request.id)).state).toBe('created');
      });
    });

    describe('opening', () => {
      it('kills the link and begins a page session', async () => {
        const { request, link, session } = await opened();
        expect(request).toMatchObject({ state: 'opened', linkDigest: null, openedAddress: '192.0.2.9' });
        expect(await byLink(RESET, link)).toBeUndefined();
        expect(await bySession(RESET, session)).toMatchObject({ id: request.id, state: 'opened' });
        const [stored] = await services.database.query('SELECT * FROM one_time_requests');
        expect(JSON.stringify(stored)).not.toContain(session);
      });

      it('attack 11: succeeds for exactly one of 50 at the same moment', async () => {
        const { request } = await create();
        const results = await Promise.all(RIVALS.map(() => open(RESET, request)));
        const winners = results.filter((result) => result !== undefined);
        expect(winners).toHaveLength(1);
        expect(await bySession(RESET, winners[0]?.session ?? '')).toMatchObject({ id: request.id });
      });

      it('works from every state in which nothing was opened, and from no other', async () => {
        for (const to of ['sent', 'undelivered'] as const) {
          const { request } = await create(RUN);
          expect(await services.database.transaction((tx) => requests.settleDelivery(tx, request, to, DESK))).toBe(
            true,
          );
          expect(await open(RUN, request)).toBeDefined();
        }
        const { request } = await create(RUN);
        await services.database.transaction((tx) => requests.settleDelivery(tx, request, 'failed', DESK));
        expect(await open(RUN, request)).toBeUndefined();
      });
    });

    describe('a page session', () => {
      it('lives while it is used and ends when it is idle, by the clock alone', async () => {
        const { session } = await opened();
        for (let step = 0; step < 5; step++) {
          services.clock.advance(IDLE - 1);
          expect(await bySession(RESET, session)).toBeDefined();
        }
        services.clock.advance(IDLE);
        expect(await bySession(RESET, session)).toBeUndefined();
      });

      it('ends after two hours, however much it is used', async () => {
        const { session } = await opened();
        for (let step = 0; step < 8; step++) {
          services.clock.advance(IDLE - 1);
          expect(await bySession(RESET, session)).toBeDefined();
        }
        services.clock.advance(8);
        expect(await bySession(RESET, session)).toBeUndefined();
      });

      it("goes on behind the link's deadline, which is for opening it", async () => {
        const { request } = await create();
        services.clock.advance(3_599);
        const result = await open(RESET, request);
        services.clock.advance(60);
        expect(await bySession(RESET, result?.session ?? '')).toBeDefined();
      });
    });

    describe('a submission', () => {
      it('attack 11: gets the claim as exactly one of 50 at the same moment', async () => {
        const { request } = await opened();
        const results = await Promise.all(RIVALS.map(() => claim(request)));
        expect(results.filter((claimed) => claimed !== undefined)).toHaveLength(1);
      });

      it('keeps out submissions for other requests of the same account', async () => {
        const first = await opened(RESET);
        const second = await opened(ENROL);
        expect(await claim(first.request)).toBeDefined();
        expect(await claim(second.request)).toBeUndefined();
      });

      it('may be repeated after its claim was given back, and its old claim is worth nothing then', async () => {
        const { request } = await opened();
        const first = await claim(request);
        if (!first) throw new Error('no claim');
        await release(first);
        services.clock.advance(1);
        const second = await claim(request);
        expect(second).toBeDefined();
        expect(await complete(first)).toBeUndefined();
        await release(first);
        expect(second && (await complete(second))).toMatchObject({ state: 'completed' });
      });

      it('that never came back keeps others out for a minute', async () => {
        const { request } = await opened();
        const lost = await claim(request);
        services.clock.advance(59);
        expect(await claim(request)).toBeUndefined();
        services.clock.advance(1);
        expect(await claim(request)).toBeDefined();
        expect(lost && (await complete(lost))).toBeUndefined();
      });

      it('completes once, and leaves no secret behind', async () => {
        const { request, session } = await opened();
        const claimed = await claim(request);
        if (!claimed) throw new Error('no claim');
        const results = await Promise.all(RIVALS.map(() => complete(claimed)));
        expect(results.filter((completed) => completed !== undefined)).toHaveLength(1);
        expect(await row(request.id)).toMatchObject({
          state: 'completed',
          linkDigest: null,
          receiptDigest: null,
          pinDigest: null,
          pageSessionDigest: null,
          claimedAt: null,
          endReason: null,
          endedAt: services.clock.now(),
        });
        expect(await bySession(RESET, session)).toBeUndefined();
        expect(await claim(request)).toBeUndefined();
      });

      it('completes nothing without a claim', async () => {
        const { request } = await opened();
        expect(await complete(request)).toBeUndefined();
        expect((await row(request.id)).state).toBe('opened');
      });
    });

    describe('a newer request', () => {
      it('attack 12: ends the older ones of the same person and purpose, each with an audit row', async () => {
        const first = await create();
        const second = await opened();
        const third = await create();
        expect(await byLink(RESET, first.link)).toBeUndefined();
        expect(await bySession(RESET, second.session)).toBeUndefined();
        expect(await byLink(RESET, third.link)).toBeDefined();
        expect(await row(first.request.id)).toMatchObject({
          state: 'cancelled',
          endReason: 'superseded',
          linkDigest: null,
        });
        expect(await services.audit('password-reset.cancelled')).toMatchObject([
          { requestId: first.request.id, accountId: account.id, actor: 'system', detail: { reason: 'superseded' } },
          { requestId: second.request.id, detail: { reason: 'superseded' } },
        ]);
      });

      it('attack 12: leaves exactly one of 20 made at the same moment alive', async () => {
        const made = await Promise.all(RIVALS.slice(0, 20).map(() => create()));
        const alive = await Promise.all(made.map(({ link }) => byLink(RESET, link)));
        expect(alive.filter((request) => request !== undefined)).toHaveLength(1);
        expect(await services.audit('password-reset.cancelled')).toHaveLength(19);
      });

      it('leaves other purposes, other people and those that do not supersede alone', async () => {
        const other = await services.factory.account(await services.factory.person(domain));
        const theirs = await create(RESET, { account: other });
        const enrolment = await create(ENROL);
        const runs = [await create(RUN), await create(RUN)];
        await create();
        expect(await byLink(RESET, theirs.link)).toBeDefined();
        expect(await byLink(ENROL, enrolment.link)).toBeDefined();
        for (const { link } of runs) expect(await byLink(RUN, link)).toBeDefined();
      });

      it('may be made for nobody yet, and supersedes nothing then', async () => {
        const first = await create(ENROL, { account: null });
        await create(ENROL, { account: null });
        expect(await byLink(ENROL, first.link)).toMatchObject({ accountId: null });
      });
    });

    describe('cancelling', () => {
      it('ends all live requests, or those of one purpose, or all but one', async () => {
        const reset = await create(RESET);
        const enrolment = await create(ENROL);
        const kept = await create(RUN);
        expect(await cancel({ reason: 'administrator', purpose: ENROL })).toBe(1);
        expect(await byLink(ENROL, enrolment.link)).toBeUndefined();
        expect(await cancel({ reason: 'password-changed', except: kept.request.id })).toBe(1);
        expect(await byLink(RESET, reset.link)).toBeUndefined();
        expect(await byLink(RUN, kept.link)).toBeDefined();
        expect(await cancel({ reason: 'account-closed' })).toBe(1);
        expect(await cancel({ reason: 'account-closed' })).toBe(0);
      });

      it('lets a submission under way end by itself', async () => {
        const { request } = await opened();
        const claimed = await claim(request);
        expect(await cancel({ reason: 'administrator' })).toBe(0);
        expect(claimed && (await complete(claimed))).toMatchObject({ state: 'completed', endReason: null });
        expect(await services.audit('password-reset.cancelled')).toEqual([]);
      });

      it('attack 12: reaches a request whose submission under way is refused later', async () => {
        const { request, session } = await opened();
        const claimed = await claim(request);
        if (!claimed) throw new Error('no claim');
        const newer = await create();
        expect(await bySession(RESET, session)).toBeUndefined();
        await release(claimed);
        expect(await row(request.id)).toMatchObject({
          state: 'cancelled',
          endReason: 'superseded',
          pageSessionDigest: null,
          endedAt: services.clock.now(),
        });
        expect(await bySession(RESET, session)).toBeUndefined();
        expect(await byLink(RESET, newer.link)).toBeDefined();
        expect(await services.audit('password-reset.cancelled')).toMatchObject([{ requestId: request.id }]);
      });

      it('attack 12: reaches a request whose submission under way never comes back', async () => {
        const { request } = await opened();
        await claim(request);
        await cancel({ reason: 'address-changed' });
        services.clock.advance(61);
        expect(await claim(request)).toBeUndefined();
        expect(await cancel({ reason: 'administrator' })).toBe(0);
        await services.get(InterruptedSubmissions).run();
        expect(await row(request.id)).toMatchObject({ state: 'cancelled', endReason: 'administrator' });
      });
    });

    it.each(['completed', 'cancelled', 'expired', 'failed', 'abandoned', 'locked'] as const)(
      'attack 6: that are %s are revived by no step',
      async (state) => {
        const { request, session, link } = await opened();
        const claimed = await claim(request);
        if (!claimed) throw new Error('no claim');
        // As if every secret had been left where it was.
        await services.database.query(`UPDATE one_time_requests SET state = $1, ended_at = now(), link_digest = $2`, [
          state,
          services.get(KeyRing).digest(link, `link ${RESET.name}`),
        ]);
        const before = await row(request.id);
        expect(await byLink(RESET, link)).toBeUndefined();
        expect(await open(RESET, request)).toBeUndefined();
        expect(await bySession(RESET, session)).toBeUndefined();
        expect(await claim(request)).toBeUndefined();
        expect(await complete(claimed)).toBeUndefined();
        await release(claimed);
        expect(await cancel({ reason: 'administrator' })).toBe(0);
        for (const to of ['sent', 'failed', 'undelivered'] as const) {
          expect(await services.database.transaction((tx) => requests.settleDelivery(tx, request, to, DESK))).toBe(
            false,
          );
        }
        expect(await row(request.id)).toEqual(before);
        expect((await services.audit()).map(({ event }) => event)).toEqual([
          'password-reset.created',
          'password-reset.opened',
        ]);
      },
    );

    it('notes how a delivery went once, and only before the link was opened', async () => {
      const { request } = await create();
      const settle = (to: 'sent' | 'failed') =>
        services.database.transaction((tx) => requests.settleDelivery(tx, request, to, DESK));
      expect(await settle('sent')).toBe(true);
      expect(await row(request.id)).toMatchObject({ state: 'sent', sentAt: services.clock.now() });
      expect(await settle('failed')).toBe(false);
      await open(RESET, request);
      expect(await settle('sent')).toBe(false);
      expect((await row(request.id)).state).toBe('opened');
    });

    it('keeps no secret of a request whose delivery failed', async () => {
      const { request, link } = await create();
      await services.database.transaction((tx) => requests.settleDelivery(tx, request, 'failed', DESK));
      expect(await row(request.id)).toMatchObject({ state: 'failed', linkDigest: null, endReason: 'delivery-failed' });
      expect(await byLink(RESET, link)).toBeUndefined();
    });
  });
});
