import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Domain } from '../../../src/core/domains/domain.entity.js';
import { plainSecret } from '../../../src/core/crypto/secret-types.js';
import type { EnrolmentHolder } from '../../../src/tokens/enrolment/enrolment-holder.js';
import { PinCodes } from '../../../src/tokens/kinds/pin-code/pin-codes.js';
import { PushHousekeeping } from '../../../src/tokens/push-requests/push-housekeeping.js';
import { PushNumbers } from '../../../src/tokens/push-requests/push-numbers.js';
import { PushRequest } from '../../../src/tokens/push-requests/push-request.entity.js';
import { PushRequests } from '../../../src/tokens/push-requests/push-requests.js';
import { PushWaiting } from '../../../src/tokens/push-requests/push-waiting.js';
import { type HeldToken, TokenStore } from '../../../src/tokens/token-store.js';
import { eachPool } from '../../support/each-pool.js';
import { enrolmentHolder } from '../../support/enrolment-holder.js';
import { secondProcess } from '../../support/second-process.js';
import { type Services, startServices } from '../../support/services.js';
import { SoftwarePushDevice } from '../../support/software-push-device.js';
import { RIVALS, tally } from '../../support/token-world.js';
import { PushDesk } from './push-desk.js';

const MINUTE = 60;

describe('push requests', () => {
  eachPool((database) => {
    let services: Services;
    let desk: PushDesk;
    let domain: Domain;
    let jane: EnrolmentHolder;
    let phone: SoftwarePushDevice;
    let held: HeldToken;

    beforeEach(async () => {
      services = await startServices(database());
      desk = new PushDesk(services);
      domain = await services.domain({ name: 'ACME' });
      await services.configure({});
      jane = await enrolmentHolder(services, domain, { login: 'jane', mail: 'jane@example.test' });
      phone = new SoftwarePushDevice();
      held = await phone.enrol(services, jane);
    });

    afterEach(async () => {
      vi.restoreAllMocks();
      await services.close();
      await database().clear();
    });

    const refusal = async (work: Promise<unknown>): Promise<unknown> => {
      const [outcome] = await Promise.allSettled([work]);
      return outcome.status === 'rejected' ? (outcome.reason as { code: unknown }).code : 'put';
    };
    const stored = ({ id }: PushRequest): Promise<PushRequest> =>
      services.database.manager.findOneByOrFail(PushRequest, { id });

    describe('are answered', () => {
      it('with yes, once', async () => {
        const asked = await desk.ask(jane);
        expect(await desk.answer(asked.request, held, phone)).toBe('ok');
        expect(await desk.told(asked)).toBe('approved');
        expect(await desk.answer(asked.request, held, phone)).toBe('challenge-not-valid');
        expect(await stored(asked.request)).toMatchObject({ state: 'approved', answeredBy: held.token.id });
        expect(await services.audit('authenticator.verified')).toMatchObject([
          { detail: { authenticator: 'OOBA', serial: held.token.serial } },
        ]);
      });

      it('by a device that whoever asked is told', async () => {
        const asking = services.get(PushRequests).request(jane.found, { applicationName: 'a', remoteIp: undefined });
        const { request } = await vi.waitUntil(async () => {
          const [request] = await services.database.manager.findBy(PushRequest, { state: 'open' });
          return request && { request };
        });
        await desk.answer(request, held, phone);
        await desk.look();
        expect(await asking).toEqual({
          outcome: 'approved',
          token: { id: held.token.id, serial: held.token.serial },
        });
      });

      it('with no, which is counted, written down and told the person', async () => {
        const asked = await desk.ask(jane);
        expect(await desk.answer(asked.request, held, phone, { decision: 'deny' })).toBe('denied');
        expect(await desk.told(asked)).toBe('denied');
        expect(await desk.answer(asked.request, held, phone)).toBe('challenge-not-valid');
        expect(await services.audit('authenticator.denied')).toMatchObject([
          { outcome: 'refused', detail: { application: 'Harbour VPN', told: true } },
        ]);
        const alerts = (await services.outbox.messages()).filter(({ purpose }) => purpose === 'push-denied');
        expect(alerts).toMatchObject([
          {
            purpose: 'push-denied',
            channel: 'MAIL',
            to: 'jane@example.test',
            variables: { APPLICATION: 'Harbour VPN', ADDRESS: '203.0.113.20', USERNAME: 'jane' },
          },
        ]);
      });

      it('attack 43: no approval with a number that was not shown', async () => {
        const asked = await desk.ask(jane, { number: '42' });
        expect(await desk.answer(asked.request, held, phone, { number: '24' })).toBe('mismatched');
        expect(await desk.told(asked)).toBe('denied');
        expect(await desk.answer(asked.request, held, phone, { number: '42' })).toBe('challenge-not-valid');
        const without = await desk.ask(jane, { number: '42' });
        expect(await desk.answer(without.request, held, phone)).toBe('mismatched');
        const right = await desk.ask(jane, { number: '42' });
        expect(await desk.answer(right.request, held, phone, { number: '42' })).toBe('ok');
        expect(await desk.told(right)).toBe('approved');
      });

      it('no without a number', async () => {
        const asked = await desk.ask(jane, { number: '42' });
        expect(await desk.answer(asked.request, held, phone, { decision: 'deny' })).toBe('denied');
      });

      it('attack 39: once, by fifty at once', async () => {
        await services.set('authenticator_max_failures', 100);
        const asked = await desk.ask(jane);
        const outcomes = await Promise.all(RIVALS.map(() => desk.answer(asked.request, held, phone)));
        expect(tally(outcomes)['ok']).toBe(1);
        expect(await desk.told(asked)).toBe('approved');
        expect(await services.audit('authenticator.verified')).toHaveLength(1);
      });

      it('attack 39: with one word, by fifty who say yes and no at once', async () => {
        await services.set('authenticator_max_failures', 100);
        const asked = await desk.ask(jane);
        const outcomes = await Promise.all(
          RIVALS.map((rival) =>
            desk.answer(asked.request, held, phone, { decision: rival % 2 === 0 ? 'approve' : 'deny' }),
          ),
        );
        const { ok = 0, denied = 0 } = tally(outcomes);
        expect(ok + denied).toBe(1);
        expect(await desk.told(asked)).toBe(ok === 1 ? 'approved' : 'denied');
      });

      it('attack 39: not with a signature for another request, decision, number, application or device', async () => {
        await services.set('authenticator_max_failures', 100);
        const asked = await desk.ask(jane);
        const { id, application } = asked.request;
        const right = { requestId: id, decision: 'approve', number: undefined, application } as const;
        const signed = (change: Partial<Parameters<SoftwarePushDevice['answer']>[0]>) =>
          desk.answer(asked.request, held, phone, { signature: phone.answer({ ...right, ...change }) });
        expect(await signed({ requestId: randomUUID() })).toBe('proof-not-valid');
        expect(await signed({ decision: 'deny' })).toBe('proof-not-valid');
        expect(await signed({ number: '42' })).toBe('proof-not-valid');
        expect(await signed({ application: 'Payroll' })).toBe('proof-not-valid');
        expect(await desk.answer(asked.request, held, new SoftwarePushDevice())).toBe('proof-not-valid');
        // Five were looked at.
        expect(await desk.answer(asked.request, held, phone)).toBe('challenge-not-valid');
      });

      it('attack 41: not by a device that is disabled, or somebody else’s', async () => {
        const john = await enrolmentHolder(services, domain, { login: 'john' });
        const johns = new SoftwarePushDevice();
        const other = await johns.enrol(services, john);
        const asked = await desk.ask(jane);
        expect(await desk.answer(asked.request, other, johns)).toBe('no-usable-token');
        await services.get(TokenStore).setAssignmentStatus(services.database.manager, held.assignment.id, 'DISABLED');
        expect(await desk.answer(asked.request, held, phone)).toBe('no-usable-token');
      });

      it('attack 38: not when their time is over, which ends them', async () => {
        const asked = await desk.ask(jane);
        services.clock.advance(60);
        expect(await desk.answer(asked.request, held, phone)).toBe('challenge-not-valid');
        expect(await desk.told(asked)).toBe('no-answer');
        expect(await services.database.query('SELECT 1 FROM authenticator_counters WHERE failures > 0')).toEqual([]);
        expect(await stored(asked.request)).toMatchObject({ state: 'expired' });
      });

      it('attack 41: by the device that is meant only', async () => {
        const tablet = new SoftwarePushDevice();
        const second = await tablet.enrol(services, jane);
        const asked = await desk.ask(jane, { tokenId: held.token.id });
        expect(await desk.answer(asked.request, second, tablet)).toBe('challenge-not-valid');
        expect(await desk.answer(asked.request, held, phone)).toBe('ok');
      });
    });

    describe('that ask for the PIN code', () => {
      const PIN = plainSecret('Abcd');
      const give = () => services.database.transaction((tx) => services.get(PinCodes).register(tx, jane, PIN));
      const failures = async (authenticator: string): Promise<unknown> => {
        const [row] = await services.database.query<{ failures: number }>(
          'SELECT failures FROM authenticator_counters WHERE authenticator = $1',
          [authenticator],
        );
        return row?.failures;
      };

      it('are approved with it, and not without', async () => {
        await give();
        const asked = await desk.ask(jane, { localAuth: 'PIN' });
        expect(await desk.answer(asked.request, held, phone)).toBe('pin-wrong');
        expect(await desk.answer(asked.request, held, phone, { pin: plainSecret('Abce') })).toBe('pin-wrong');
        expect(await stored(asked.request)).toMatchObject({ state: 'open', attempts: 2 });
        // One that is left out is no guess at it.
        expect([await failures('PIN'), await failures('OOBA')]).toEqual([1, 2]);
        expect(await desk.answer(asked.request, held, phone, { pin: PIN })).toBe('ok');
        expect(await desk.told(asked)).toBe('approved');
        expect([await failures('PIN'), await failures('OOBA')]).toEqual([0, 0]);
      });

      it('are declined without it', async () => {
        await give();
        const asked = await desk.ask(jane, { localAuth: 'PIN' });
        expect(await desk.answer(asked.request, held, phone, { decision: 'deny' })).toBe('denied');
        expect(await failures('PIN')).toBeUndefined();
      });

      it('attack 26: do not let guess it: five wrong ones end it, and lock both', async () => {
        await give();
        const asked = await desk.ask(jane, { localAuth: 'PIN' });
        for (let guess = 0; guess < 5; guess++) {
          const pin = plainSecret(`Abc${guess}`);
          expect(await desk.answer(asked.request, held, phone, { pin })).toBe('pin-wrong');
        }
        expect(await desk.answer(asked.request, held, phone, { pin: PIN })).toBe('challenge-not-valid');
        expect(await refusal(desk.ask(jane, { localAuth: 'PIN' }))).toBe('authenticator-locked');
      });

      it('attack 26: do not look at one that comes without the device, or with a wrong number', async () => {
        await give();
        const asked = await desk.ask(jane, { localAuth: 'PIN', number: '42' });
        const stranger = new SoftwarePushDevice();
        expect(await desk.answer(asked.request, held, stranger, { pin: PIN, number: '42' })).toBe('proof-not-valid');
        expect(await desk.answer(asked.request, held, phone, { pin: PIN, number: '24' })).toBe('mismatched');
        expect(await failures('PIN')).toBeUndefined();
      });

      it('attack 39: are approved once by fifty at once', async () => {
        await services.set('authenticator_max_failures', 100);
        await give();
        const asked = await desk.ask(jane, { localAuth: 'PIN' });
        const outcomes = await Promise.all(RIVALS.map(() => desk.answer(asked.request, held, phone, { pin: PIN })));
        expect(tally(outcomes)['ok']).toBe(1);
        expect(await desk.told(asked)).toBe('approved');
      });

      it('are not put to who has none, or whose is switched off or locked', async () => {
        expect(await refusal(desk.ask(jane, { localAuth: 'PIN' }))).toBe('no-usable-token');
        await give();
        await services.database.query(`UPDATE tokens SET status = 'DISABLED' WHERE kind = 'PINCode'`);
        expect(await refusal(desk.ask(jane, { localAuth: 'PIN' }))).toBe('no-usable-token');
        await services.database.query(`UPDATE tokens SET status = 'ACTIVE' WHERE kind = 'PINCode'`);
        for (let guess = 0; guess < 5; guess++) await services.get(PinCodes).verify(jane, plainSecret('Abce'));
        expect(await refusal(desk.ask(jane, { localAuth: 'PIN' }))).toBe('authenticator-locked');
        expect((await desk.ask(jane)).request.localAuth).toBe('NONE');
      });
    });

    describe('are waited for', () => {
      it('as long as the order says, and the answer that came in time counts', async () => {
        const asked = await desk.ask(jane, { timeoutSeconds: 120 });
        services.clock.advance(119);
        await desk.look();
        expect(await stored(asked.request)).toMatchObject({ state: 'open' });
        await desk.answer(asked.request, held, phone);
        services.clock.advance(10);
        expect(await desk.told(asked)).toBe('approved');
      });

      it('in one process, and answered in another', async () => {
        const other = await secondProcess(database());
        const elsewhere = await startServices(database(), { clock: services.clock, database: other.database });
        const asked = await desk.ask(jane);
        expect(await new PushDesk(elsewhere).answer(asked.request, held, phone)).toBe('ok');
        expect(await desk.told(asked)).toBe('approved');
        await elsewhere.close();
        await other.stop();
      });

      it('without a connection to the database', async () => {
        const outcomes = await Promise.all(
          RIVALS.slice(0, 16).map(async (rival) => {
            const holder = await enrolmentHolder(services, domain, { login: `person${rival}` });
            const device = new SoftwarePushDevice();
            const token = await device.enrol(services, holder);
            return { asked: await desk.ask(holder), token, device };
          }),
        );
        for (const { asked, token, device } of outcomes) await desk.answer(asked.request, token, device);
        await desk.look();
        const told = await Promise.all(outcomes.map(({ asked }) => asked.outcome));
        expect(tally(told)).toEqual({ approved: 16 });
      });

      it('until a newer one takes their place', async () => {
        const older = await desk.ask(jane);
        const newer = await desk.ask(jane);
        expect(await desk.told(older)).toBe('no-answer');
        expect(await desk.answer(older.request, held, phone)).toBe('challenge-not-valid');
        expect(await desk.answer(newer.request, held, phone)).toBe('ok');
        expect(await desk.told(newer)).toBe('approved');
      });

      it('attack 43: one of twenty that are put at once', async () => {
        await services.set('push_unanswered_limit', 20);
        const requests = services.get(PushRequests);
        const asking = Array.from({ length: 20 }, () =>
          requests.ask(jane.found, { applicationName: 'a', remoteIp: undefined }),
        );
        const open = await vi.waitUntil(async () => {
          const all = await services.database.manager.findBy(PushRequest, { accountId: jane.found.account.id });
          return all.length === 20 && all.filter(({ state }) => state === 'open');
        });
        expect(open).toHaveLength(1);
        services.clock.advance(60);
        await vi.waitUntil(async () => {
          await desk.look();
          return (await services.database.manager.countBy(PushRequest, { state: 'open' })) === 0;
        });
        expect(tally(await Promise.all(asking))).toEqual({ 'no-answer': 20 });
      });

      it('until their logon session ends', async () => {
        const asked = await desk.ask(jane, { session: 'logon 1' });
        expect(await services.get(PushRequests).withdraw('logon 2')).toBe(0);
        expect(await services.get(PushRequests).withdraw('logon 1')).toBe(1);
        expect(await desk.told(asked)).toBe('no-answer');
        expect(await desk.answer(asked.request, held, phone)).toBe('challenge-not-valid');
      });

      it('until the caller hangs up', async () => {
        const caller = new AbortController();
        const asked = await desk.ask(jane, { signal: caller.signal });
        caller.abort();
        await vi.waitUntil(async () => (await stored(asked.request)).state === 'withdrawn');
        expect(await desk.told(asked)).toBe('no-answer');
      });

      it('until the server stops', async () => {
        const asked = await desk.ask(jane);
        const refused = refusal(asked.outcome);
        await services.get(PushWaiting).beforeApplicationShutdown();
        expect(await refused).toBe('overloaded');
        expect(await stored(asked.request)).toMatchObject({ state: 'withdrawn' });
      });
    });

    describe('are not put', () => {
      it('to somebody without a device, or whose authenticator is locked', async () => {
        const john = await enrolmentHolder(services, domain, { login: 'john' });
        expect(await refusal(desk.ask(john))).toBe('no-usable-token');
        await services.set('authenticator_max_failures', 2);
        for (let i = 0; i < 2; i++) {
          const { request } = await desk.ask(jane);
          await desk.answer(request, held, phone, { decision: 'deny' });
        }
        expect(await refusal(desk.ask(jane))).toBe('authenticator-locked');
        services.clock.advance(30 * MINUTE);
        expect((await desk.ask(jane)).request.state).toBe('open');
      });

      it('attack 43: again and again to somebody who does not approve', async () => {
        for (let i = 0; i < 3; i++) {
          await desk.ask(jane, { session: 'logon 1' });
          if (i === 1) await services.get(PushRequests).withdraw('logon 1');
          services.clock.advance(61);
          await desk.look();
        }
        const refused = await desk.ask(jane).catch((error: unknown) => error);
        expect(refused).toMatchObject({ code: 'too-many-attempts', params: { retryAfter: 15 * MINUTE - 3 * 61 } });
        services.clock.advance(15 * MINUTE - 3 * 61);
        const { request } = await desk.ask(jane);
        await desk.answer(request, held, phone);
        await desk.ask(jane);
        expect((await desk.ask(jane)).request.state).toBe('open');
      });

      it('without a number where one is required', async () => {
        await services.set('push_number_match', 'REQUIRED');
        expect(await refusal(desk.ask(jane))).toBe('challenge-not-valid');
        expect((await desk.ask(jane, { number: '42' })).request.number).toBe('42');
        await services.set('push_number_match', 'OFF');
        expect((await desk.ask(jane, { number: '42' })).request.number).toBeNull();
      });
    });

    it('have numbers of two digits, each for one request of one caller', async () => {
      const numbers = services.get(PushNumbers);
      const drawn = await numbers.draw(jane.found, 'agent a');
      expect(drawn.code).toMatch(/^[1-9][0-9]$/);
      expect(await numbers.take(jane.found, 'agent b', drawn.id)).toBeUndefined();
      const taken = await Promise.all(RIVALS.map(() => numbers.take(jane.found, 'agent a', drawn.id)));
      expect(taken.filter((number) => number === drawn.code)).toHaveLength(1);
    });

    it('are kept for two days after their time', async () => {
      const asked = await desk.ask(jane);
      services.clock.advance(60);
      await desk.look();
      await asked.outcome;
      services.clock.advance(2 * 24 * 3_600 - 1);
      expect(await services.get(PushHousekeeping).run()).toBe(0);
      services.clock.advance(1);
      expect(await services.get(PushHousekeeping).run()).toBe(1);
    });
  });
});
