import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DomainError } from '../../../src/core/errors/domain-error.js';
import type { RequestPurpose } from '../../../src/core/requests/request-purpose.js';
import { eachDatabase, describeOnPostgres } from '../../support/test-database.js';
import { DESK, PERSON, PURPOSES, RIVALS, type RequestsWorld, startRequestsWorld } from './requests-world.js';

const { reset, unlock, unattended } = PURPOSES;
const PIN = { digits: 6, validSeconds: 600, attemptLimit: 5 };

/** A code of the right shape that is not `code`. */
function another(code: string): string {
  return (code.startsWith('A') ? 'B' : 'A') + code.slice(1);
}

describe('attempts at the secrets of a request', () => {
  eachDatabase((database) => {
    let world: RequestsWorld;

    beforeEach(async () => {
      world = await startRequestsWorld(database());
    });

    afterEach(async () => {
      await world.close();
      await database().clear();
    });

    it('are counted before they are judged, and a right one is taken back', async () => {
      const { request } = await world.create(reset);
      const counts: number[] = [];
      const judge = (right: boolean) =>
        world.attempts.attempt(request, { counter: 'code' }, PERSON, async (counted) => {
          counts.push(counted.attempts, (await world.row(request)).attempts);
          return right;
        });
      expect(await judge(false)).toEqual({ kind: 'wrong', left: 4 });
      expect(await judge(true)).toMatchObject({ kind: 'right', request: { attempts: 1 } });
      expect(await judge(false)).toEqual({ kind: 'wrong', left: 3 });
      expect(counts).toEqual([1, 1, 2, 2, 2, 2]);
    });

    it('lock the request with the last wrong one, without its secrets, and say so in the audit', async () => {
      const { request, link } = await world.create(reset);
      const results: string[] = [];
      for (let guess = 0; guess < 6; guess++) {
        results.push((await world.attempts.attempt(request, { counter: 'code' }, PERSON, () => false)).kind);
      }
      expect(results).toEqual(['wrong', 'wrong', 'wrong', 'wrong', 'locked', 'locked']);
      expect(await world.row(request)).toMatchObject({
        state: 'locked',
        endReason: 'too-many-attempts',
        linkDigest: null,
        endedAt: world.services.clock.now(),
      });
      expect(await world.requests.byLink(world.services.database.manager, reset, link)).toBeUndefined();
      expect(await world.events()).toEqual([
        'created',
        ...Array.from({ length: 5 }, () => 'attempt-refused'),
        'locked',
      ]);
      expect((await world.services.audit()).slice(-2)).toMatchObject([
        {
          outcome: 'refused',
          code: 'credentials-invalid',
          actor: 'person',
          requestId: request.id,
          detail: { at: 'code' },
        },
        { outcome: 'refused', code: 'too-many-attempts', clientAddress: '192.0.2.9', correlationId: 'r-9' },
      ]);
    });

    it('attack 29: count on from any number, as a number', async () => {
      const { request } = await world.create({ ...reset, attemptLimit: 100 });
      await world.services.database.query('UPDATE one_time_requests SET attempts = 98');
      const guess = () => world.attempts.attempt(request, { counter: 'code' }, PERSON, () => false);
      expect(await guess()).toEqual({ kind: 'wrong', left: 1 });
      expect((await world.row(request)).state).toBe('sent');
      expect(await guess()).toEqual({ kind: 'locked', judged: true });
      expect((await world.row(request)).state).toBe('locked');
    });

    it('that were not judged are taken back, and the error goes to the caller', async () => {
      const { request } = await world.create(reset);
      const failing = world.attempts.attempt(request, { counter: 'code' }, PERSON, () => {
        throw new DomainError('directory-unavailable');
      });
      await expect(failing).rejects.toMatchObject({ code: 'directory-unavailable' });
      expect((await world.row(request)).attempts).toBe(0);
      expect(await world.events()).toEqual(['created']);
    });

    it('are not judged at a request that is over', async () => {
      const judged: string[] = [];
      const { request: ended } = await world.create(reset);
      const { request: superseding } = await world.create(reset);
      const guess = (request: typeof ended) =>
        world.attempts.attempt(request, { counter: 'code' }, PERSON, ({ id }) => judged.push(id) > 0);
      expect(await guess(ended)).toEqual({ kind: 'not-valid' });
      world.services.clock.advance(3_600);
      expect(await guess(superseding)).toEqual({ kind: 'not-valid' });
      expect(judged).toEqual([]);
    });

    it('attack 6: at a request that ended while they were judged pass nothing', async () => {
      const { request } = await world.create(reset);
      const opened = await world.services.database.transaction((tx) => world.requests.open(tx, reset, request, PERSON));
      const late = world.attempts.attempt(
        opened?.request ?? request,
        { counter: 'code', passes: 'password' },
        PERSON,
        async () => {
          await world.services.database.transaction((tx) =>
            world.requests.cancelOne(tx, request.id, 'administrator', DESK),
          );
          return true;
        },
      );
      expect(await late).toEqual({ kind: 'not-valid' });
      expect(await world.row(request)).toMatchObject({ state: 'cancelled', passedSteps: [] });
    });

    describe('by number', () => {
      const byNumber = (number: string, purposes = [unlock, unattended]) =>
        world.requests.byNumber(world.services.database.manager, purposes, number);

      it('find requests of the purposes asked for, in whatever state, and nothing for what is no number', async () => {
        const { request } = await world.create(unlock);
        await world.create(unlock);
        expect(await byNumber(request.number)).toMatchObject({ id: request.id, state: 'cancelled' });
        expect(await byNumber(request.number, [unattended])).toBeUndefined();
        for (const odd of [
          '',
          '0',
          '01',
          '-1',
          '1.0',
          '1e3',
          ' 1',
          '1\n',
          '٣',
          request.id,
          '9'.repeat(19),
          '9'.repeat(400),
        ])
          expect(await byNumber(odd)).toBeUndefined();
      });

      it('attack 9: tell the delivered code from the returned one, and neither from those of other requests', async () => {
        const made = await world.create(unattended, { receipt: 'opens' });
        const other = await world.create(unattended, { receipt: 'only-a-receipt' });
        const check = (code: string, purpose: typeof unlock | typeof unattended = unattended) =>
          world.attempts.checkCode(purpose, made.request, code, PERSON);
        expect(made.receipt).toMatch(/^[A-Za-z0-9]{50}$/);
        expect(made.request.receiptOpens).toBe(true);
        expect(other.request.receiptOpens).toBe(false);
        expect(await check(made.link)).toMatchObject({ kind: 'right', shown: 'link' });
        expect(await check(made.receipt ?? '')).toMatchObject({ kind: 'right', shown: 'receipt' });
        for (const wrong of [other.link, other.receipt ?? '', another(made.link), '', made.request.id])
          expect(await check(wrong)).toMatchObject({ kind: 'wrong' });
        expect(await check(made.link, unlock)).toMatchObject({ kind: 'wrong' });
        expect((await world.row(made.request)).attempts).toBe(6);
      });

      it('attack 26: are counted with the number, of the purposes asked for and of no other', async () => {
        const { request, link } = await world.create(unattended);
        const check = (code: string, purpose: RequestPurpose = unattended) =>
          world.attempts.checkNumbered([purpose], request.number, code, PERSON);
        expect(await check(link, unlock)).toBeUndefined();
        expect((await world.row(request)).attempts).toBe(0);
        expect(await check(another(link))).toMatchObject({ attempt: { kind: 'wrong', left: 9 } });
        expect(await check(link)).toMatchObject({
          request: { id: request.id },
          attempt: { kind: 'right', shown: 'link' },
        });
        expect((await world.row(request)).attempts).toBe(1);
      });

      it('lock the request after ten wrong codes, and the right one is told so', async () => {
        const { request, link } = await world.create(unlock);
        for (let guess = 0; guess < 10; guess++) await world.attempts.checkCode(unlock, request, another(link), PERSON);
        const locked = await byNumber(request.number);
        expect(locked?.state).toBe('locked');
        if (!locked) return;
        expect(await world.attempts.checkCode(unlock, locked, link, PERSON)).toMatchObject({
          kind: 'ended',
          request: { state: 'locked' },
          shown: 'link',
        });
        expect(await world.attempts.checkCode(unlock, locked, another(link), PERSON)).toEqual({ kind: 'not-valid' });
      });

      it.each(['before', 'after'] as const)('say that it is too late, %s the expiry job has run', async (when) => {
        const { request, link } = await world.create(unattended, { validSeconds: 30 });
        world.services.clock.advance(31);
        if (when === 'after') {
          await world.services.database.query(`UPDATE one_time_requests SET state = 'expired', ended_at = $1`, [
            world.services.clock.now(),
          ]);
        }
        const found = await byNumber(request.number);
        if (!found) throw new Error('not found');
        expect(await world.attempts.checkCode(unattended, found, link, PERSON)).toMatchObject({ kind: 'ended' });
        expect(await world.attempts.checkCode(unattended, found, another(link), PERSON)).toEqual({ kind: 'not-valid' });
        const consumed = world.services.database.transaction((tx) => world.requests.consume(tx, found, PERSON));
        expect(await consumed).toBeUndefined();
      });

      it('say nothing of a request that was used', async () => {
        const { request, link } = await world.create(unattended);
        await world.services.database.transaction((tx) => world.requests.consume(tx, request, PERSON));
        const used = await byNumber(request.number);
        if (!used) throw new Error('not found');
        expect(await world.attempts.checkCode(unattended, used, link, PERSON)).toEqual({ kind: 'not-valid' });
      });
    });

    describe('with a PIN', () => {
      it('are right once it is typed, bound to their request, and apart from those at the code', async () => {
        const made = await world.create(unattended, { receipt: 'opens', pin: PIN });
        const other = await world.create(unattended, { receipt: 'opens', pin: PIN });
        expect(made.pin).toMatch(/^[0-9]{6}$/);
        const check = (pin: string) => world.attempts.checkPin(unattended, made.request, pin, PERSON);
        expect(await check(made.pin ?? '')).toMatchObject({ kind: 'right' });
        expect(other.pin).not.toBe(made.pin);
        for (const wrong of [other.pin ?? '', '', '12345x', `${made.pin ?? ''} `])
          expect(await check(wrong)).toMatchObject({ kind: 'wrong' });
        expect(await world.row(made.request)).toMatchObject({ attempts: 0, pinAttempts: 4 });
        const [stored] = await world.services.database.query('SELECT * FROM one_time_requests WHERE id = $1', [
          made.request.id,
        ]);
        expect(JSON.stringify(stored)).not.toContain(`"${made.pin ?? ''}"`);
      });

      it('attack 9: of two requests with the same PIN are not taken for one another', async () => {
        const made = await world.create(unattended, { pin: PIN });
        const other = await world.create(unattended, { pin: PIN });
        await world.services.database.query('UPDATE one_time_requests SET pin_digest = $1 WHERE id = $2', [
          other.request.pinDigest,
          made.request.id,
        ]);
        expect(await world.attempts.checkPin(unattended, made.request, other.pin ?? '', PERSON)).toMatchObject({
          kind: 'wrong',
        });
      });

      it('lock the request after five wrong ones, whatever is typed then', async () => {
        const made = await world.create(unlock, { receipt: 'opens', pin: PIN });
        const wrong = made.pin === '000000' ? '000001' : '000000';
        const kinds: string[] = [];
        for (let guess = 0; guess < 5; guess++)
          kinds.push((await world.attempts.checkPin(unlock, made.request, wrong, PERSON)).kind);
        expect(kinds).toEqual(['wrong', 'wrong', 'wrong', 'wrong', 'locked']);
        expect(await world.attempts.checkPin(unlock, made.request, made.pin ?? '', PERSON)).toEqual({
          kind: 'locked',
          judged: false,
        });
        const locked = await world.row(made.request);
        expect(locked).toMatchObject({ state: 'locked', pinDigest: null });
        expect(await world.attempts.checkCode(unlock, locked, made.receipt ?? '', PERSON)).toMatchObject({
          kind: 'ended',
          request: { state: 'locked' },
        });
      });

      it('are over when its time is, or there is none', async () => {
        const made = await world.create(unlock, { pin: PIN, receipt: 'opens' });
        const plain = await world.create(unattended);
        expect(await world.attempts.checkPin(unattended, plain.request, '123456', PERSON)).toEqual({
          kind: 'not-valid',
        });
        world.services.clock.advance(600);
        expect(await world.attempts.checkPin(unlock, made.request, made.pin ?? '', PERSON)).toEqual({
          kind: 'not-valid',
        });
        expect((await world.row(made.request)).state).toBe('sent');
      });

      it('last no longer than the request', async () => {
        const { request } = await world.create(unattended, { pin: PIN, validSeconds: 30 });
        expect(request.pinExpiresAt).toEqual(request.expiresAt);
      });
    });
  });
});

describeOnPostgres('attempts at the same moment', (database) => {
  let world: RequestsWorld;

  beforeEach(async () => {
    world = await startRequestsWorld(database());
  });

  afterEach(async () => {
    await world.close();
    await database().clear();
  });

  it('attack 26: are judged as often as the limit says, and no oftener', async () => {
    const { request } = await world.create(reset);
    let judged = 0;
    const results = await Promise.all(
      Array.from({ length: 200 }, () =>
        world.attempts.attempt(request, { counter: 'code' }, PERSON, () => {
          judged++;
          return false;
        }),
      ),
    );
    expect(judged).toBe(5);
    expect(results.filter(({ kind }) => kind === 'wrong')).toHaveLength(4);
    expect((await world.row(request)).state).toBe('locked');
    expect((await world.events()).filter((event) => event === 'locked')).toHaveLength(1);
  });

  it('attack 26: at a PIN and at the code are counted apart, neither beyond its limit', async () => {
    const made = await world.create(unlock, { pin: PIN, receipt: 'opens' });
    const wrong = made.pin === '000000' ? '000001' : '000000';
    const pins = await Promise.all(RIVALS.map(() => world.attempts.checkPin(unlock, made.request, wrong, PERSON)));
    expect(pins.filter(({ kind }) => kind === 'wrong')).toHaveLength(4);
    expect(await world.row(made.request)).toMatchObject({ state: 'locked', pinAttempts: 5, attempts: 0 });
  });

  it('that are right all stay right, and leave the count where it was', async () => {
    const { request, link } = await world.create({ ...unlock, attemptLimit: 50 });
    const results = await Promise.all(RIVALS.map(() => world.attempts.checkCode(unlock, request, link, PERSON)));
    expect(results.every(({ kind }) => kind === 'right')).toBe(true);
    expect((await world.row(request)).attempts).toBe(0);
  });
});
