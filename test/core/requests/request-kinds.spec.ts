import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Accounts } from '../../../src/core/directory/accounts.js';
import type { OneTimeRequest } from '../../../src/core/requests/one-time-request.entity.js';
import { RequestExpiry } from '../../../src/core/requests/request-expiry.js';
import type { RequestStep } from '../../../src/core/requests/request-steps.js';
import { describeOnPostgres, eachDatabase, type TestDatabase } from '../../support/test-database.js';
import { DESK, PERSON, PURPOSES, RIVALS, type RequestsWorld, startRequestsWorld } from './requests-world.js';

const { recovery, registration, reset, unattended } = PURPOSES;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** What the surfaces do with requests, each in its own way. */
class Desk {
  constructor(readonly world: RequestsWorld) {}

  byLink = (link: string, purpose: (typeof PURPOSES)[keyof typeof PURPOSES] = recovery) =>
    this.world.requests.byLink(this.world.services.database.manager, purpose, link);

  claim = (request: OneTimeRequest, from: 'opened' | 'unopened', required: RequestStep[] = []) =>
    this.world.services.database.transaction(async (tx) => {
      if (request.accountId) await this.world.services.get(Accounts).lock(tx, request.accountId);
      return this.world.requests.claim(tx, request, { from, required });
    });

  complete = (claimed: OneTimeRequest) =>
    this.world.services.database.transaction((tx) => this.world.requests.complete(tx, claimed, PERSON));

  release = (claimed: OneTimeRequest) =>
    this.world.services.database.transaction((tx) => this.world.requests.release(tx, claimed));

  consume = (request: OneTimeRequest) =>
    this.world.services.database.transaction((tx) => this.world.requests.consume(tx, request, PERSON));

  open = (request: OneTimeRequest, required: RequestStep[] = []) =>
    this.world.services.database.transaction((tx) => this.world.requests.open(tx, recovery, request, PERSON, required));

  cancelOne = (request: OneTimeRequest) =>
    this.world.services.database.transaction((tx) =>
      this.world.requests.cancelOne(tx, request.id, 'administrator', DESK),
    );

  register = (fields: { login?: string; email?: string } = {}) =>
    this.world.create(registration, {
      account: null,
      login: fields.login ?? 'mara',
      payload: { email: fields.email ?? 'mara@example.test', name: 'Mara' },
    });
}

function withDesk(database: () => TestDatabase): () => Desk {
  let desk: Desk;

  beforeEach(async () => {
    desk = new Desk(await startRequestsWorld(database()));
  });

  afterEach(async () => {
    await desk.world.close();
    await database().clear();
  });

  return () => desk;
}

describe('requests of each kind', () => {
  eachDatabase((database) => {
    const desk = withDesk(database);

    it('have links in the shape that their purpose says, and are found in no other spelling but capitals of a UUID', async () => {
      const { link, request } = await desk().world.create(recovery);
      expect(link).toMatch(UUID);
      expect(await desk().byLink(link)).toMatchObject({ id: request.id });
      expect(await desk().byLink(link.toUpperCase())).toMatchObject({ id: request.id });
      for (const odd of [link.replaceAll('-', ''), `{${link}}`, `${link}\n`, `urn:uuid:${link}`, request.id])
        expect(await desk().byLink(odd)).toBeUndefined();
    });

    it('are sent at once when nobody delivers them', async () => {
      const { request } = await desk().world.create(reset);
      expect(request).toMatchObject({ state: 'sent', sentAt: desk().world.services.clock.now() });
      expect(await desk().world.services.audit()).toMatchObject([
        {
          event: 'password-reset.created',
          outcome: 'success',
          actor: 'ACME\\desk',
          clientAddress: '192.0.2.1',
          correlationId: 'r-1',
          domain: 'ACME',
          target: 'cn=jane,dc=ACME',
          accountId: desk().world.account.id,
          requestId: request.id,
          detail: { method: 'NONE' },
        },
      ]);
    });

    describe('without a page', () => {
      it('are completed in one step, once, before their deadline', async () => {
        const { request } = await desk().world.create(unattended, { receipt: 'opens', validSeconds: 30 });
        expect(await desk().consume(request)).toMatchObject({
          state: 'completed',
          receiptDigest: null,
          linkDigest: null,
        });
        expect(await desk().consume(request)).toBeUndefined();
        expect(await desk().world.events()).toEqual(['created', 'completed']);
        const { request: late } = await desk().world.create(unattended, { validSeconds: 30 });
        desk().world.services.clock.advance(30);
        expect(await desk().consume(late)).toBeUndefined();
      });

      it('attack 11: are not completed that way while a submission is under way, nor once they were opened', async () => {
        const { request } = await desk().world.create(recovery);
        const claimed = await desk().claim(request, 'unopened');
        expect(await desk().consume(request)).toBeUndefined();
        expect(await desk().open(request)).toBeUndefined();
        if (claimed) await desk().release(claimed);
        expect(await desk().open(request)).toBeDefined();
        expect(await desk().consume(request)).toBeUndefined();
      });
    });

    describe('whose secret comes with the submission', () => {
      it('are claimed unopened, stay alive after a refusal, and complete once', async () => {
        const { request, link } = await desk().world.create(recovery);
        const refused = await desk().claim(request, 'unopened');
        expect(refused).toMatchObject({ state: 'sent' });
        expect(await desk().claim(request, 'unopened')).toBeUndefined();
        if (!refused) return;
        await desk().release(refused);
        expect(await desk().byLink(link)).toMatchObject({ id: request.id, claimedAt: null });
        const claimed = await desk().claim(request, 'unopened');
        expect(claimed && (await desk().complete(claimed))).toMatchObject({ state: 'completed', linkDigest: null });
        expect(await desk().byLink(link)).toBeUndefined();
        expect(await desk().claim(request, 'unopened')).toBeUndefined();
      });

      it('attack 4: are not claimed unopened where a page session has to come first', async () => {
        const { request } = await desk().world.create(recovery);
        expect(await desk().claim(request, 'opened')).toBeUndefined();
        await desk().open(request);
        expect(await desk().claim(request, 'unopened')).toBeUndefined();
        expect(await desk().claim(request, 'opened')).toBeDefined();
      });

      it('attack 38: are not claimed after their deadline, and not ended by the job while they are claimed', async () => {
        const { clock } = desk().world.services;
        const { request } = await desk().world.create(recovery);
        clock.advance(3_599);
        const claimed = await desk().claim(request, 'unopened');
        clock.advance(2);
        await desk().world.services.get(RequestExpiry).run();
        expect(claimed && (await desk().complete(claimed))).toMatchObject({ state: 'completed' });
        const { request: late } = await desk().world.create(recovery);
        clock.advance(3_600);
        expect(await desk().claim(late, 'unopened')).toBeUndefined();
        await desk().world.services.get(RequestExpiry).run();
        expect((await desk().world.row(late)).state).toBe('expired');
      });

      it('attack 12: end with their submission when a newer one was made meanwhile', async () => {
        const { request, link } = await desk().world.create(recovery);
        const claimed = await desk().claim(request, 'unopened');
        await desk().world.create(recovery);
        expect(await desk().byLink(link)).toBeUndefined();
        expect((await desk().world.row(request)).state).toBe('sent');
        if (claimed) await desk().release(claimed);
        expect(await desk().world.row(request)).toMatchObject({ state: 'cancelled', endReason: 'superseded' });
      });
    });

    describe('with steps before they allow anything', () => {
      it.each([
        ['owed when they were opened', ['password'], []],
        ['owed since', [], ['password']],
        ['owed all along', ['password'], ['password']],
        ['owed one after the other', ['password'], ['second-factor']],
      ] as const)('attack 4: are not claimed while steps are %s', async (_, atOpening, now) => {
        const { request } = await desk().world.create(recovery);
        const opened = await desk().open(request, [...atOpening]);
        if (!opened) throw new Error('not opened');
        const { attempts } = desk().world;
        for (const step of new Set([...atOpening, ...now])) {
          expect(await desk().claim(opened.request, 'opened', [...now])).toBeUndefined();
          await attempts.attempt(opened.request, { counter: 'code', passes: step }, PERSON, () => true);
        }
        expect(await desk().claim(opened.request, 'opened', [...now])).toBeDefined();
        expect((await desk().world.events()).filter((event) => event === 'step-passed')).toHaveLength(
          new Set([...atOpening, ...now]).size,
        );
      });

      it('attack 5: pass no step with a wrong answer', async () => {
        const { request } = await desk().world.create(recovery);
        const opened = await desk().open(request, ['password']);
        const answer = { counter: 'code', passes: 'password' } as const;
        if (!opened) throw new Error('not opened');
        await desk().world.attempts.attempt(opened.request, answer, PERSON, () => false);
        expect((await desk().world.row(request)).passedSteps).toEqual([]);
        expect(await desk().claim(opened.request, 'opened')).toBeUndefined();
      });
    });

    describe('of people who have no account yet', () => {
      it('attack 12: end older ones of the same login and address, and nobody else’s', async () => {
        const first = await desk().register();
        const stranger = await desk().register({ email: 'eve@example.test' });
        const other = await desk().register({ login: 'kim' });
        const second = await desk().register();
        const alive = async (link: string) => (await desk().byLink(link, registration)) !== undefined;
        expect(await alive(first.link)).toBe(false);
        expect([await alive(stranger.link), await alive(other.link), await alive(second.link)]).toEqual([
          true,
          true,
          true,
        ]);
        expect(await desk().world.services.audit('registration.cancelled')).toMatchObject([
          { requestId: first.request.id, target: 'mara', detail: { reason: 'superseded' } },
        ]);
      });

      it('leave those of an account and of other domains alone', async () => {
        const { services } = desk().world;
        const first = await desk().register();
        const held = await desk().world.create(registration, {
          login: 'mara',
          payload: { email: 'mara@example.test' },
        });
        const elsewhere = await services.domain({ name: 'Umbrella' });
        await desk().world.create(registration, {
          account: null,
          domain: elsewhere,
          login: 'mara',
          payload: { email: 'mara@example.test' },
        });
        expect(await desk().byLink(first.link, registration)).toBeDefined();
        expect(await desk().byLink(held.link, registration)).toBeDefined();
      });
    });

    describe('ended by an administrator', () => {
      it('end one at a time, with the name of who did it, and only once', async () => {
        const { request, link } = await desk().world.create(unattended);
        const other = await desk().world.create(unattended);
        expect(await desk().cancelOne(request)).toBe(true);
        expect(await desk().cancelOne(request)).toBe(false);
        expect(await desk().byLink(link, unattended)).toBeUndefined();
        expect(await desk().byLink(other.link, unattended)).toBeDefined();
        expect(await desk().world.services.audit('login.cancelled')).toMatchObject([
          {
            actor: 'ACME\\desk',
            clientAddress: '192.0.2.1',
            requestId: request.id,
            detail: { reason: 'administrator' },
          },
        ]);
      });

      it('let a submission under way come to its end, and end when it is refused', async () => {
        const { request } = await desk().world.create(recovery);
        const claimed = await desk().claim(request, 'unopened');
        expect(await desk().cancelOne(request)).toBe(false);
        expect(await desk().world.row(request)).toMatchObject({ state: 'sent', endReason: 'administrator' });
        if (claimed) await desk().release(claimed);
        expect(await desk().world.row(request)).toMatchObject({ state: 'cancelled', endReason: 'administrator' });
      });
    });
  });
});

describeOnPostgres('requests of each kind at the same moment', (database) => {
  const desk = withDesk(database);

  it('attack 11: are completed without a page by exactly one of 50', async () => {
    const { request } = await desk().world.create(unattended);
    const results = await Promise.all(RIVALS.map(() => desk().consume(request)));
    expect(results.filter((completed) => completed !== undefined)).toHaveLength(1);
    expect(await desk().world.events()).toEqual(['created', 'completed']);
  });

  it('attack 11: are opened, completed or claimed unopened by exactly one of 50', async () => {
    const { request } = await desk().world.create(recovery);
    const ways = [desk().consume, desk().open, (rival: OneTimeRequest) => desk().claim(rival, 'unopened')];
    const results = await Promise.all(RIVALS.map((rival) => (ways[rival % ways.length] ?? desk().consume)(request)));
    expect(results.filter((won) => won !== undefined)).toHaveLength(1);
  });

  it('attack 11: are claimed unopened by exactly one of 50, and so are two of one account', async () => {
    const first = await desk().world.create({ ...recovery, supersedes: false });
    const second = await desk().world.create({ ...recovery, supersedes: false });
    const results = await Promise.all(
      RIVALS.map((rival) => desk().claim(rival % 2 === 0 ? first.request : second.request, 'unopened')),
    );
    expect(results.filter((claimed) => claimed !== undefined)).toHaveLength(1);
  });

  it('attack 11: are claimed by one of two where there is no account to lock, also when one waited for the other', async () => {
    const { request } = await desk().register();
    const { services, requests } = desk().world;
    let waiting: Promise<OneTimeRequest | undefined> | undefined;
    const first = await services.database.transaction(async (tx) => {
      const claimed = await requests.claim(tx, request, { from: 'unopened' });
      waiting = desk().claim(request, 'unopened');
      const waiters = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
      await expect.poll(() => services.database.query(waiters)).toHaveLength(1);
      return claimed;
    });
    expect(first).toBeDefined();
    expect(await waiting).toBeUndefined();
  });

  it('attack 11: are ended by exactly one of 50 administrators, or used before', async () => {
    const { request } = await desk().world.create(unattended);
    const ended = await Promise.all(
      RIVALS.map((rival) =>
        rival === 25
          ? desk()
              .consume(request)
              .then((won) => won !== undefined)
          : desk().cancelOne(request),
      ),
    );
    expect(ended.filter(Boolean)).toHaveLength(1);
    expect(await desk().world.events()).toHaveLength(2);
  });

  it('attack 12: of 20 registrations of one person at once leave exactly one alive', async () => {
    const made = await Promise.all(RIVALS.slice(0, 20).map(() => desk().register()));
    const alive = await Promise.all(made.map(({ link }) => desk().byLink(link, registration)));
    expect(alive.filter((request) => request !== undefined)).toHaveLength(1);
  });

  it('attack 12: end although their claim is given back at the very moment', async () => {
    for (let round = 0; round < 20; round++) {
      const { request } = await desk().world.create(recovery);
      const claimed = await desk().claim(request, 'unopened');
      if (!claimed) throw new Error('no claim');
      await Promise.all([desk().release(claimed), desk().cancelOne(request)]);
      expect((await desk().world.row(request)).state).toBe('cancelled');
    }
    expect((await desk().world.events()).filter((event) => event === 'cancelled')).toHaveLength(20);
  });
});
