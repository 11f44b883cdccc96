import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { CONFIGURATION_STALENESS_MS } from '../../../src/core/domains/configuration.js';
import type { PushDecision } from '../../../src/tokens/kinds/push/signed-texts.js';
import { PushAnswers } from '../../../src/tokens/push-requests/push-answers.js';
import { tokenRules } from '../../../src/tokens/token-rules.js';
import type { HeldToken } from '../../../src/tokens/token-store.js';
import { Configuration } from '../../../src/core/domains/configuration.js';
import { secondProcess, type SecondProcess } from '../../support/second-process.js';
import type { SoftwarePushDevice } from '../../support/software-push-device.js';
import { describeOnPostgres } from '../../support/test-database.js';
import { AuthWorld, type AuthReply, JANES_PASSWORD } from '../auth-world.js';
import { Authenticators } from '../authenticators.js';

const SPASS = { method: 'SPASS', password: JANES_PASSWORD };
const USER = { loginName: 'jane' };
const PUSH = { method: 'OOBA' };

interface OpenRequest {
  readonly id: string;
  readonly application: string;
  readonly number: string | null;
}

/** A process keeps one connection: whoever waits for a person and holds it would stop everybody else. */
describeOnPostgres(
  'two processes',
  (database) => {
    let first: AuthWorld;
    let second: AuthWorld;
    let other: SecondProcess;
    let device: SoftwarePushDevice;
    let held: HeldToken;

    beforeAll(async () => {
      first = await AuthWorld.start(database());
      other = await secondProcess(database(), 1);
      const { clock } = first;
      second = await AuthWorld.start({ ...database(), ...other, dataSource: other.database.dataSource }, { clock });
    });
    beforeEach(async () => {
      ({ device, held } = await new Authenticators(first).push());
      await new Authenticators(first).totp();
    });
    afterEach(async () => {
      vi.restoreAllMocks();
      await first.reset();
      await second.reread();
    });
    afterAll(async () => {
      await first.stop();
      await second.stop();
    });

    const logon = async (world: AuthWorld, body: object, cookie?: string): Promise<AuthReply> =>
      world.call(
        'logon',
        { application: { name: 'mail' }, return: ['*'], ...body },
        { cookie, token: await first.bearer('vpn') },
      );
    const begin = async (): Promise<string> => (await logon(first, { user: USER, credential: SPASS })).cookie ?? '';

    /** The request that somebody waits for. */
    async function asked(): Promise<OpenRequest> {
      const open = async (): Promise<OpenRequest | undefined> =>
        (
          await second.database.query<OpenRequest>(
            `SELECT id, application, number FROM push_requests WHERE state = 'open'`,
          )
        )[0];
      return vi.waitUntil(open, { timeout: 20_000, interval: 20 });
    }

    async function answer(world: AuthWorld, decision: PushDecision, number?: string): Promise<string> {
      const { id, application } = await asked();
      const snapshot = await world.get(Configuration).snapshot();
      const verdict = await world.get(PushAnswers).verify({
        accountId: held.assignment.accountId,
        requestId: id,
        tokenId: held.token.id,
        decision,
        number,
        signature: device.answer({ requestId: id, decision, number, application }),
        rules: tokenRules(snapshot, ''),
        context: { actor: 'person' },
      });
      return verdict.ok ? 'ok' : verdict.code;
    }

    /** As if the time had passed for which a configuration is believed. */
    function later(): void {
      const now = performance.now.bind(performance);
      vi.spyOn(performance, 'now').mockImplementation(() => now() + CONFIGURATION_STALENESS_MS);
    }

    it('finish in one what was begun in the other', async () => {
      const cookie = await begin();
      const done = await logon(second, { credential: { otp: first.tokens.code() } }, cookie);
      expect(done).toMatchObject({ error: 0, result: { completed: true } });
      expect((await logon(first, { credential: { otp: first.tokens.code(1) } }, cookie)).error).toBe(236);
    });

    it('attack 23: let one of two take a step, whichever process is asked', async () => {
      const cookie = await begin();
      const credential = { otp: first.tokens.code() };
      const answers = await Promise.all(
        Array.from({ length: 16 }, (_, rival) => logon(rival % 2 ? first : second, { credential }, cookie)),
      );
      expect(answers.filter(({ error }) => error === 0)).toHaveLength(1);
      expect(await first.audit('logon.completed')).toHaveLength(1);
    });

    it('refuse an agent that was withdrawn in the middle of a logon', async () => {
      const cookie = await begin();
      await first.apply({ disabled: ['vpn'] });
      later();
      const body = { application: { name: 'mail' }, credential: { otp: first.tokens.code() } };
      const refused = await second.call('logon', body, { cookie, token: await first.bearer('vpn') });
      expect(refused).toMatchObject({ status: 401, error: 120 });
      expect(await first.code('logon', body, { cookie, agent: 'portal' })).toBe(236);
    });

    it('wait in one for an approval that the other takes, and serve everybody meanwhile', async () => {
      const cookie = await begin();
      const waiting = logon(first, { credential: PUSH, remoteIp: '203.0.113.20' }, cookie);
      await asked();
      expect(await first.code('verify', { user: USER, credential: SPASS })).toBe(0);
      expect(await answer(second, 'approve')).toBe('ok');
      expect(await waiting).toMatchObject({ error: 0, result: { completed: true } });
    });

    it('380 for a refusal, which keeps the step', async () => {
      const cookie = await begin();
      const waiting = logon(first, { credential: PUSH }, cookie);
      await answer(second, 'deny');
      expect((await waiting).error).toBe(380);
      expect((await logon(second, { credential: { otp: first.tokens.code() } }, cookie)).error).toBe(0);
    });

    it('381 without an answer in the time of the policy', async () => {
      await first.apply({ policies: [{ name: 'push', category: 'OOBA', options: { requestTimeoutSeconds: '20' } }] });
      const cookie = await begin();
      const waiting = logon(first, { credential: { method: 'OOBA', tokenId: held.token.id } }, cookie);
      await asked();
      first.clock.advance(20);
      expect((await waiting).error).toBe(381);
    });

    it('235 where approvals are switched off, 251 without a device, 250 for one that there is not', async () => {
      const cookie = await begin();
      expect((await logon(first, { credential: { ...PUSH, tokenId: 'none' } }, cookie)).error).toBe(250);
      const card = await new Authenticators(first).gridCard();
      expect((await logon(first, { credential: { ...PUSH, tokenId: card.token.id } }, cookie)).error).toBe(251);
      await first.apply({ policies: [{ name: 'push', category: 'OOBA', options: { enabled: 'false' } }] });
      expect((await logon(first, { credential: PUSH }, cookie)).error).toBe(235);
    });

    it('section 6.8: needs the PIN code besides where the policy says so, and 251 without one', async () => {
      await first.apply({ policies: [{ name: 'push', category: 'OOBA', options: { localAuth: 'PIN' } }] });
      const cookie = await begin();
      expect((await logon(first, { credential: PUSH }, cookie)).error).toBe(251);
      await new Authenticators(first).pin('Abcd');
      const waiting = logon(first, { credential: PUSH }, cookie);
      expect(await answer(second, 'approve')).toBe('pin-wrong');
      first.clock.advance(60);
      expect((await waiting).error).toBe(381);
    });

    it('attack 43: an approval needs the number that the agent was given to show', async () => {
      const { result } = await first.call('getChallengeCode', { user: USER, token: { 'product.functions': 'OOBA' } });
      const { id, code } = result as { id: string; code: string };
      expect(code).toMatch(/^\d\d$/);
      const waiting = logon(first, { credential: { ...PUSH, cc: id } }, await begin());
      expect((await asked()).number).toBe(code);
      expect(await answer(second, 'approve', code)).toBe('ok');
      expect((await waiting).error).toBe(0);
      expect(await first.code('verify', { user: USER, credential: { ...PUSH, cc: id } })).toBe(320);
    });

    it('attack 43: an approval without the number is none', async () => {
      const { result } = await first.call('getChallengeCode', { user: USER, token: { 'product.functions': 'OOBA' } });
      const waiting = logon(first, { credential: { ...PUSH, cc: result?.['id'] } }, await begin());
      expect(await answer(second, 'approve')).not.toBe('ok');
      first.clock.advance(60);
      expect([380, 381]).toContain((await waiting).error);
    });

    it('an approval is worth nothing to an agent that was withdrawn while it waited', async () => {
      const cookie = await begin();
      const waiting = logon(first, { credential: PUSH }, cookie);
      await asked();
      await first.apply({ disabled: ['vpn'] });
      expect(await answer(second, 'approve')).toBe('ok');
      expect(await waiting).toMatchObject({ status: 401, error: 120 });
      expect(await first.audit('logon.completed')).toEqual([]);
    });

    it('an approval checked by itself is worth nothing to an agent that was withdrawn while it waited', async () => {
      const waiting = first.call('verify', { user: USER, credential: PUSH });
      await asked();
      await first.apply({ disabled: ['vpn'] });
      expect(await answer(second, 'approve')).toBe('ok');
      expect(await waiting).toMatchObject({ status: 401, error: 120 });
    });

    it('an agent that hangs up takes its request off the device', async () => {
      const { port } = first.app.getHttpServer().address() as { port: number };
      const hangUp = new AbortController();
      const gone = fetch(`http://127.0.0.1:${port}/auth/verify`, {
        method: 'POST',
        headers: { authorization: `Bearer ${await first.bearer('vpn')}` },
        body: JSON.stringify({ user: USER, credential: PUSH }),
        signal: hangUp.signal,
      }).catch(() => 'gone');
      await asked();
      hangUp.abort();
      expect(await gone).toBe('gone');
      const states = () => second.database.query('SELECT state FROM push_requests');
      await vi.waitFor(async () => expect(await states()).toEqual([{ state: 'withdrawn' }]), { timeout: 20_000 });
      expect(await first.database.query('SELECT failures FROM authenticator_counters WHERE failures > 0')).toEqual([]);
    });

    it('logout withdraws what the person is asked', async () => {
      const cookie = await begin();
      const waiting = logon(first, { credential: PUSH }, cookie);
      await asked();
      await second.call('logout', {}, { cookie, token: await first.bearer('vpn') });
      expect((await waiting).error).toBe(381);
    });

    it('attack 69: a directory of people is asked without a second connection', async () => {
      const calls = Array.from({ length: 20 }, () => logon(second, { user: USER, credential: SPASS }));
      expect((await Promise.all(calls)).map(({ error }) => error)).toEqual(calls.map(() => 0));
    });
  },
  { poolSize: 1 },
);
