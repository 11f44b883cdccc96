import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BuiltinPerson } from '../../../src/core/directory/builtin/builtin-person.entity.js';
import type { RpcAnswer } from '../../support/manager-client.js';
import { basic, FALSE, INVALID_LOGIN, refusal } from './answers.js';
import { databaseOfSuite } from './database-of-suite.js';
import { CHIEF, SEND, STAFF_PASSWORD, World } from './world.js';

describe('section 13: limits', () => {
  const database = databaseOfSuite();
  let world: World;
  let person: BuiltinPerson;

  beforeAll(async () => {
    world = await World.start(database(), {}, { environment: { trustedProxies: ['127.0.0.1'] } });
  });
  beforeEach(async () => {
    await world.calm();
    person = await world.person();
  });
  afterAll(() => world.stop());

  describe('5 sends per target user per hour', () => {
    const send = (params: object = {}): Promise<RpcAnswer> =>
      world.call({ username: person.login, method: 'NONE', ...params });
    const expectFive = async (): Promise<void> => {
      for (let sends = 0; sends < 5; sends++)
        expect(await send()).toMatchObject({ result: expect.any(String) as string });
    };

    it('the sixth is false, makes nothing, leaves the fifth link alone, and is audited', async () => {
      await expectFive();
      const fifth = (await world.requests(person))[0];
      expect(await send({ method: 'MAILSMS' })).toEqual(FALSE);
      expect((await world.requests(person))[0]).toEqual(fifth);
      expect(fifth?.state).toBe('sent');
      expect(await world.messages(person)).toEqual([]);
      expect((await world.audit({ event: 'password-reset.refused' })).at(-1)).toMatchObject({
        code: 'send-limit-reached',
        target: `cn=${person.login},dc=ACME`,
      });
    });

    it('an hour after the first one it goes on', async () => {
      await expectFive();
      world.app.clock.advance(3_599);
      expect(await send()).toEqual(FALSE);
      world.app.clock.advance(1);
      await expectFive();
      expect(await send()).toEqual(FALSE);
    });

    it('counts for the person, whoever asks and however the name is written', async () => {
      for (const username of [person.login, person.login.toUpperCase(), ` ${person.login} `]) await send({ username });
      await world.manager('ACME\\helper').call(SEND, { username: person.login, method: 'NONE' });
      await world.manager('ACME\\keeper').call(SEND, { username: person.login, method: 'NONE', domain: 'acme' });
      expect(await send()).toEqual(FALSE);
    });

    it('another person is not concerned', async () => {
      await expectFive();
      person = await world.person();
      await expectFive();
    });

    it('calls that make no link do not count', async () => {
      for (let call = 0; call < 6; call++) {
        await send({ method: 'FAX' });
        await send({ expires: 0 });
        await send({ username: 'nobody' });
      }
      await expectFive();
    });

    it('attack 34: a batch counts each of its calls, notifications too', async () => {
      const call = { jsonrpc: '2.0', method: SEND, params: { username: person.login, method: 'NONE' } };
      const batch = Array.from({ length: 20 }, (_, id) => (id < 3 ? call : { ...call, id }));
      const response = await world.chief.post(JSON.stringify(batch));
      const answers = (await response.json()) as RpcAnswer[];
      expect(answers).toHaveLength(17);
      expect(answers.map(({ result }) => typeof result)).toEqual([
        ...Array.from({ length: 2 }, () => 'string'),
        ...Array.from({ length: 15 }, () => 'boolean'),
      ]);
    });

    it('attack 26: twenty at the same moment make five links, and one of them is the last', async () => {
      const answers = await Promise.all(Array.from({ length: 20 }, () => send()));
      const links = answers.flatMap(({ result }) => (typeof result === 'string' ? [result] : []));
      expect(links).toHaveLength(5);
      expect(answers.filter(({ result }) => result === false)).toHaveLength(15);
      const pages = await Promise.all(links.map((link) => fetch(link)));
      expect(pages.filter(({ status }) => status === 200)).toHaveLength(1);
    });

    it('the number is a setting of the domain', async () => {
      await world.configure({ domainSettings: '{ link_sends_per_person_per_hour: 1 }' });
      expect(await send()).toMatchObject({ result: expect.any(String) as string });
      expect(await send()).toEqual(FALSE);
    });
  });

  describe('landing page: 30 requests per minute per IP', () => {
    const look = (link: string, address = '192.0.2.1', method = 'GET'): Promise<Response> =>
      fetch(link, { method, headers: { 'x-forwarded-for': address, 'accept-language': 'en' } });

    it('the thirty-first is told to wait, and consumes nothing; a minute later it goes on', async () => {
      const link = await world.link(person);
      for (let looks = 0; looks < 30; looks++)
        expect((await look(link, undefined, looks % 2 ? 'HEAD' : 'GET')).status).toBe(200);
      const waiting = await look(link);
      expect(waiting.status).toBe(429);
      expect(waiting.headers.get('retry-after')).toBe('60');
      expect(await waiting.text()).not.toContain(link.slice(-43));
      world.app.clock.advance(60);
      expect((await look(link)).status).toBe(200);
    });

    it('counts dead links and pressed buttons too, so that guessing is limited', async () => {
      const post = (req: string): Promise<Response> =>
        fetch(`${world.app.url}/webapps/pwreset/`, {
          method: 'POST',
          redirect: 'manual',
          headers: { 'x-forwarded-for': '192.0.2.1' },
          body: new URLSearchParams({ req }),
        });
      const link = await world.link(person);
      for (let guess = 0; guess < 30; guess++) {
        const wrong = guess.toString().padStart(43, 'A');
        expect((await (guess % 2 ? post(wrong) : look(`${world.app.url}/webapps/pwreset/?req=${wrong}`))).status).toBe(
          404,
        );
      }
      expect((await post(link.slice(-43))).status).toBe(429);
      expect((await world.requests(person))[0]?.state).toBe('sent');
    });

    it('another address is not concerned; the addresses of one IPv6 /64 are one', async () => {
      const link = await world.link(person);
      for (let looks = 0; looks < 31; looks++) await look(link, `2001:db8::${looks}`);
      expect((await look(link, '2001:db8::ffff')).status).toBe(429);
      expect((await look(link, '2001:db8:0:1::1')).status).toBe(200);
      expect((await look(link, '192.0.2.1')).status).toBe(200);
    });
  });

  describe('5 failed logins per IP in 3 minutes', () => {
    const call = (user: string, password: string, address = '192.0.2.1'): Promise<Response> =>
      fetch(`${world.app.url}/manag/`, {
        method: 'POST',
        body: '{}',
        headers: { authorization: basic(user, password), 'x-forwarded-for': address },
      });
    const fail = async (times: number, address?: string): Promise<void> => {
      for (let guess = 0; guess < times; guess++) {
        const response = await call(`ACME\\nobody${guess}`, 'wrong', address);
        expect([response.status, await response.json()]).toEqual([200, INVALID_LOGIN]);
      }
    };

    it('then HTTP 429 with -32600 and Retry-After, for right credentials too, until they are over', async () => {
      await fail(5);
      const banned = await call(CHIEF.user, CHIEF.password);
      expect(banned.status).toBe(429);
      expect(banned.headers.get('retry-after')).toBe('180');
      expect(await banned.json()).toEqual(refusal('Too many failed logins'));
      world.app.clock.advance(179);
      expect((await call(CHIEF.user, CHIEF.password)).status).toBe(429);
      world.app.clock.advance(1);
      expect((await call(CHIEF.user, CHIEF.password)).status).toBe(200);
    });

    it('another address is not concerned', async () => {
      await fail(5);
      expect((await call(CHIEF.user, 'wrong')).status).toBe(429);
      expect((await call(CHIEF.user, CHIEF.password, '192.0.2.2')).status).toBe(200);
    });

    it('right logins do not count, however many', async () => {
      await fail(4);
      for (let calls = 0; calls < 12; calls++) expect((await call(CHIEF.user, CHIEF.password)).status).toBe(200);
      await fail(1);
      expect((await call(CHIEF.user, CHIEF.password)).status).toBe(429);
    });

    it('attack 26: of forty guesses at the same moment no more than five are looked at', async () => {
      const after = await world.lastAuditId();
      const responses = await Promise.all(
        Array.from({ length: 40 }, (_, guess) => call('ACME\\second chief', `guess ${guess}`)),
      );
      const statuses = responses.map(({ status }) => status);
      expect(statuses.filter((status) => status === 200).length).toBeLessThanOrEqual(5);
      expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(35);
      expect((await world.audit({ event: 'manager-login.refused', after })).length).toBeLessThanOrEqual(5);
    });

    it('attack 28: a lock of the person holds under every spelling of the name', async () => {
      const spellings = [
        'ACME\\second chief',
        'acme\\SECOND CHIEF',
        'second chief',
        'ACME\\ second  chief',
        'ACME\\Second Chief',
      ];
      for (const [index, user] of spellings.entries()) await call(user, 'wrong', `192.0.2.${index + 10}`);
      expect(await (await call('ACME\\second chief', STAFF_PASSWORD, '192.0.2.99')).json()).toEqual(INVALID_LOGIN);
      world.app.clock.advance(30 * 60);
      expect((await call('ACME\\second chief', STAFF_PASSWORD, '192.0.2.98')).status).toBe(200);
      expect(await (await call('ACME\\second chief', STAFF_PASSWORD, '192.0.2.98')).json()).not.toEqual(INVALID_LOGIN);
    });
  });
});
