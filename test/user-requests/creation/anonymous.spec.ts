import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Orders } from '../../../src/core/orders/orders.js';
import { ANONYMOUS_ORDER } from '../../../src/user-requests/creation/anonymous-order.js';
import { eachDatabase } from '../../support/test-database.js';
import { DOMAIN, RECEIPT, RequestsWorld } from '../requests-world.js';

const MAIL = 'username1@example.test';

/** Whom strangers may name, and who gets a letter of it. */
const NAMES = {
  known: 'username1',
  unknown: 'who',
  inactive: 'idle1',
  'without an address': 'nomail1',
  'of two domains': 'john',
} as const;

eachDatabase((database) => {
  let world: RequestsWorld;

  beforeAll(async () => {
    world = await RequestsWorld.start(database());
  });
  beforeEach(() => world.begin());
  afterAll(() => world?.stop());

  const nobodys = async (): Promise<Record<string, unknown>[]> =>
    (await world.rows()).filter((row) => row['receipt_digest'] !== null);

  describe.each([false, true])('the anonymous trap, with a PIN: %s', (withPin) => {
    const form = { requestPin: String(withPin) };

    it.each(['PASSWORD_RESET', 'UNLOCK_ACCOUNT'])('attack 45: %s is answered alike, whoever is named', async (type) => {
      const shapes = new Set<string>();
      for (const name of Object.values(NAMES)) {
        const answer = await world.ask(type, name, { form });
        expect(answer.text).toMatch(RECEIPT);
        const headers = [...answer.headers].filter(
          ([header]) => !['date', 'x-request-id', 'content-length'].includes(header),
        );
        shapes.add(JSON.stringify([answer.status, headers, answer.text.replace(RECEIPT, 'number;code')]));
      }
      expect(shapes.size).toBe(1);
    });

    it('attack 45: its rows are alike before anybody is looked up', async () => {
      for (const name of Object.values(NAMES)) await world.given('PASSWORD_RESET', name, { form });
      const kept = (await nobodys()).map((row) => ({
        ...row,
        ...Object.fromEntries(
          [
            'id',
            'number',
            'link_digest',
            'receipt_digest',
            'pin_digest',
            'created_address',
            'account_id',
            'account_login',
            'login',
            'domain_id',
            'credential_generation',
            'password_changed_at',
          ].map((column) => [column, undefined]),
        ),
      }));
      expect(new Set(kept.map((row) => JSON.stringify(row))).size).toBe(1);
    });

    it('writes to one person at most, and to nobody who may not be written to', async () => {
      for (const name of Object.values(NAMES)) await world.given('PASSWORD_RESET', name, { form });
      await world.settle();
      expect((await world.house.app.mailbox()).map(({ to }) => to)).toEqual([MAIL]);
    });
  });

  describe('a link', () => {
    it('belongs to a request of its own; the receipt stays that of nobody’s', async () => {
      const { number, code } = await world.given('PASSWORD_RESET', 'username1');
      const link = await world.linkTo(MAIL);
      const [, , , linked] = link.split('/');
      expect(linked).not.toBe(number);
      expect(link).not.toContain(code);
      expect(await world.row(number)).toMatchObject({
        account_id: null,
        login: '(unknown)',
        state: 'sent',
        receipt_opens: false,
        created_by: 'anonymous',
        payload: { type: 'PASSWORD_RESET', anonymous: true, withPin: false },
      });
      expect(await world.row(linked ?? '')).toMatchObject({
        account_login: 'username1',
        state: 'sent',
        receipt_digest: null,
        payload: { type: 'PASSWORD_RESET', anonymous: true, withPin: false, askedAs: number },
      });
    });

    it('says who asked: somebody, from an address', async () => {
      await world.given('UNLOCK_ACCOUNT', 'username1', { from: '203.0.113.9' });
      const [letter] = await world.letters(MAIL);
      expect(letter?.subject).toBe('Unlock your account at domain 1');
      expect(letter?.text).toContain('Asked for by somebody, from the address: 203.0.113.9');
      expect(letter?.text).not.toContain('Asked for by:');
    });

    it('attack 12: is the newest of the person’s; what receipts show does not change by it', async () => {
      const first = await world.given('PASSWORD_RESET', 'username1');
      const older = await world.linkTo(MAIL);
      const second = await world.given('PASSWORD_RESET', 'USERNAME1');
      const newer = await world.linkTo(MAIL);
      const states = await Promise.all(
        [first.number, second.number, older.split('/')[3], newer.split('/')[3]].map(
          async (number) => (await world.row(number ?? ''))['state'],
        ),
      );
      expect(states).toEqual(['sent', 'sent', 'cancelled', 'sent']);
    });
  });

  describe('a PIN', () => {
    const form = { requestPin: 'true' };

    it('completes the request whose receipt the stranger holds, which is the person’s then', async () => {
      const { number } = await world.given('PASSWORD_RESET', 'username1', { form });
      const before = await world.row(number);
      expect(before).toMatchObject({ account_id: null, pin_attempt_limit: 5 });
      await world.pinTo(MAIL);
      const after = await world.row(number);
      expect(after).toMatchObject({ account_login: 'username1', login: 'username1', state: 'sent' });
      expect(after['pin_digest']).not.toBe(before['pin_digest']);
      expect(after['pin_expires_at']).toEqual(before['pin_expires_at']);
    });

    it('attack 45: makes the older request nobody’s again, and does not end it', async () => {
      const first = await world.given('PASSWORD_RESET', 'username1', { form });
      await world.settle();
      const { pin_digest: pin } = await world.row(first.number);
      const second = await world.given('PASSWORD_RESET', 'username1', { form });
      await world.settle();
      const older = await world.row(first.number);
      expect(older).toMatchObject({ account_id: null, state: 'sent', end_reason: null });
      expect([older['pin_digest'] !== null, older['pin_digest'] === pin]).toEqual([true, false]);
      expect(await world.row(second.number)).toMatchObject({ account_login: 'username1', state: 'sent' });
    });

    it('attack 45: an administrator’s request, or a stranger’s link, does not show at the receipt either', async () => {
      for (const next of [{ as: 'domainAdmin' } as const, {}]) {
        const { number } = await world.given('UNLOCK_ACCOUNT', 'username1', { form });
        await world.settle();
        await world.given('UNLOCK_ACCOUNT', 'username1', next);
        await world.settle();
        expect(await world.row(number)).toMatchObject({ account_id: null, state: 'sent' });
      }
    });

    it('is attached once, however often its order is carried out', async () => {
      const { number } = await world.given('PASSWORD_RESET', 'username1', { form });
      const order = {
        type: 'PASSWORD_RESET',
        name: 'username1',
        requestId: String((await world.row(number))['id']),
        number,
        withPin: 'true',
        address: '192.0.2.1',
        correlationId: 'again',
        language: null,
      };
      await world.pinTo(MAIL);
      const { pin_digest: pin } = await world.row(number);
      await world.house.app.get(Orders).place(ANONYMOUS_ORDER, order);
      await world.settle();
      expect(await world.letters(MAIL)).toHaveLength(1);
      expect((await world.row(number))['pin_digest']).toBe(pin);
    });
  });

  describe('how often', () => {
    it('attack 32: one address asks once in two minutes, one /64 of IPv6 as well', async () => {
      const from = '203.0.113.77';
      expect((await world.ask('PASSWORD_RESET', 'username1', { from })).status).toBe(200);
      const second = await world.ask('PASSWORD_RESET', 'who', { from });
      expect([second.status, Number(second.headers.get('retry-after'))]).toEqual([503, 120]);
      expect((await world.ask('LOGIN', 'who', { from })).status).toBe(503);
      world.house.app.clock.advance(121);
      expect((await world.ask('PASSWORD_RESET', 'username1', { from })).status).toBe(200);
      const spellings = ['2001:db8:1:2::1', '2001:DB8:1:2:0:0:0:1', '2001:db8:1:2:ffff::9'];
      const statuses: number[] = [];
      for (const address of spellings)
        statuses.push((await world.ask('PASSWORD_RESET', 'x', { from: address })).status);
      expect(statuses).toEqual([200, 503, 503]);
    });

    it('what is refused is not counted', async () => {
      const from = '203.0.113.78';
      for (const type of ['LOGIN', 'nothing']) await world.ask(type, 'username1', { from });
      await world.ask('PASSWORD_RESET', 'username1', { from, form: { requestPin: 'maybe' } });
      expect((await world.ask('PASSWORD_RESET', 'username1', { from })).status).toBe(200);
    });

    it('attack 67: three letters an hour for a person, under whatever spelling; the answer stays the same', async () => {
      for (const name of ['username1', 'USERNAME1', 'UserName1', 'userName1', 'username1']) {
        expect((await world.ask('PASSWORD_RESET', name)).text).toMatch(RECEIPT);
        await world.settle();
      }
      expect(await world.letters(MAIL)).toHaveLength(3);
      expect((await world.rows()).filter((row) => row['state'] === 'sent' && row['account_id'] !== null)).toHaveLength(
        1,
      );
      world.house.app.clock.advance(3_601);
      await world.given('PASSWORD_RESET', 'username1');
      expect(await world.letters(MAIL)).toHaveLength(4);
    });

    it('attack 67: a token asks 120 times a minute', async () => {
      const call = { as: 'domainAdmin' } as const;
      for (let i = 0; i < 120; i++) expect((await world.ask('LOGIN_UNATTENDED', 'username1', call)).status).toBe(200);
      const refused = await world.ask('LOGIN_UNATTENDED', 'username1', call);
      expect([refused.status, Number(refused.headers.get('retry-after')) > 0]).toEqual([503, true]);
      expect((await world.ask('PASSWORD_SET', 'username1', { as: 'userManager' })).status).toBe(200);
      world.house.app.clock.advance(61);
      expect((await world.ask('LOGIN_UNATTENDED', 'username1', call)).status).toBe(200);
    });
  });

  describe('which domains', () => {
    it('none: the call is not permitted without a token', async () => {
      await world.house.set('public_requests', false);
      const answer = await world.ask('PASSWORD_RESET', 'username1');
      expect([answer.status, answer.text]).toEqual([401, 'oauth_problem=missing_token']);
      expect(await world.rows()).toEqual([]);
    });

    it('those with public requests, and of two people of one name nobody', async () => {
      await world.house.set('public_requests', false, DOMAIN);
      await world.given('PASSWORD_RESET', 'username1');
      await world.given('PASSWORD_RESET', 'john');
      await world.settle();
      expect((await world.house.app.mailbox()).map(({ to }) => to)).toEqual(['john@example.test']);
    });

    it('a login name is nobody where people log in with email', async () => {
      await world.house.set('login_with_email', true, DOMAIN);
      await world.given('PASSWORD_RESET', 'username1');
      await world.settle();
      expect(await world.house.app.mailbox()).toEqual([]);
      await world.given('PASSWORD_RESET', MAIL);
      expect(await world.letters(MAIL)).toHaveLength(1);
    });
  });

  it('does not write down what was typed for a name, which may be a password', async () => {
    await world.given('PASSWORD_RESET', 'correct horse 3');
    await world.settle();
    const tables = await Promise.all(
      ['one_time_requests', 'audit_events', 'messages', 'throttle_counters'].map((table) =>
        database().database.query(`SELECT * FROM ${table}`),
      ),
    );
    expect(JSON.stringify(tables)).not.toContain('correct horse');
  });
});
