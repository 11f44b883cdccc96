import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { RequestExpiry } from '../../../src/core/requests/request-expiry.js';
import { eachDatabase } from '../../support/test-database.js';
import { NAVIGATION, NEW_PASSWORD, OLD_PASSWORD, ProcessingWorld, SCRIPT } from './processing-world.js';

const MAIL = 'username1@example.test';
const CODE = 'm3Zr8TqLwYc1VnB6hKd0XsPf5GjU7aEoI2tQvRxNiMyCbHlS4W';
const FILLED_IN = { password: NEW_PASSWORD, repeated: NEW_PASSWORD };
const WITH_PIN = { form: { requestPin: 'true' } };

eachDatabase((database) => {
  let world: ProcessingWorld;

  beforeAll(async () => {
    world = await ProcessingWorld.start(database());
  });
  beforeEach(() => world.begin());
  afterAll(() => world?.stop());

  const wrongPin = async (): Promise<string> => ((await world.requests.pinTo(MAIL)) === '000000' ? '000001' : '000000');

  describe('what nobody was given', () => {
    it.each([
      ['an unknown number', () => `/999999/${CODE}`],
      ['a short code', (number: string) => `/${number}/abc`],
      ['a long code', (number: string) => `/${number}/${CODE}${CODE}`],
      ['a code with other characters', (number: string) => `/${number}/${CODE.slice(1)}-`],
      ['NUL in the code', (number: string) => `/${number}/%00${CODE.slice(1)}`],
      ['letters for a number', () => `/abc/${CODE}`],
      ['a negative number', () => `/-1/${CODE}`],
      ['a number with a zero in front', (number: string) => `/0${number}/${CODE}`],
      ['a number beyond every bound', () => `/${'9'.repeat(400)}/${CODE}`],
      ['NUL for a number', () => `/%00/${CODE}`],
      ['other digits', () => `/${encodeURIComponent('١٢')}/${CODE}`],
      ['SQL', () => `/1'--/${CODE}`],
      ['a wrong code', (number: string) => `/${number}/${CODE}`],
    ])('attack 63: %s is NOT_FOUND, with status 200', async (_name, made) => {
      const path = `/user/processRequest${made((await world.path('LOGIN')).split('/')[3] ?? '')}`;
      const script = await world.process(path);
      expect([script.status, script.text]).toEqual([200, 'NOT_VALID;NOT_FOUND']);
      const person = await world.process(path, { headers: NAVIGATION });
      expect([person.status, person.text.includes('cannot be used any more')]).toEqual([200, true]);
    });

    it('attack 63: an address that cannot be decoded reaches nobody, and is not repeated', async () => {
      const { status, text } = await world.process('/user/processRequest/1/%ED%A0%80');
      expect([status, text]).toEqual([400, '{"statusCode":400,"message":"Bad Request"}']);
    });

    it('attack 63: answers odd fields without a fault of ours', async () => {
      const path = await world.path('UNLOCK_ACCOUNT', 'username1', WITH_PIN);
      for (const pin of ['\u0000', '1'.repeat(5_000), '１２３４５６', "' OR 1=1", '𝟙𝟚𝟛']) {
        const { status } = await world.process(path, { form: { pin, password: 'x\u0000' }, headers: SCRIPT });
        expect([200, 400]).toContain(status);
      }
      const twice = await world.process(`${path}?pin=1&pin=2&redirect=%00&lang=%ff&locale=${'x'.repeat(3_000)}`);
      expect(twice.status).toBe(200);
    });

    it('attack 45: is shown the same page and word, whatever the type and state of the request', async () => {
      const paths = [await world.path('LOGIN_UNATTENDED'), await world.path('PASSWORD_RESET'), await world.receipt()];
      await world.word(paths[0] ?? '');
      const shapes = new Set<string>();
      for (const path of [...paths, '/user/processRequest/999999/x']) {
        const wrong = path.replace(/[^/]+$/, CODE);
        const script = await world.process(wrong);
        const { status, text } = await world.process(wrong, { headers: NAVIGATION });
        shapes.add(JSON.stringify([script.status, script.text, status, text]));
      }
      expect(shapes.size).toBe(1);
    });

    it('locks a request after ten wrong codes, and tells nobody but who has the right one', async () => {
      const path = await world.path('LOGIN');
      const wrong = path.replace(/[^/]+$/, CODE);
      for (let time = 0; time < 12; time++) expect(await world.word(wrong)).toBe('NOT_VALID;NOT_FOUND');
      expect(await world.word(path)).toBe('NOT_VALID;TOO_MANY_ATTEMPTS');
    });

    it('attack 8: neither is a code of one person on the number of another', async () => {
      const [own, other] = [await world.path('PASSWORD_RESET'), await world.path('PASSWORD_RESET', 'helper1')];
      const crossed = other.replace(/[^/]+$/, own.split('/').at(-1) ?? '');
      expect(await world.word(crossed, { form: FILLED_IN })).toBe('NOT_VALID;NOT_FOUND');
      const meddled = { ...FILLED_IN, username: 'helper1', user: 'helper1', account: 'helper1', login: 'helper1' };
      expect(await world.word(`${own}?username=helper1`, { form: meddled })).toBe('OK');
      expect(await world.opens('helper1', 'correct horse 5')).toBe(true);
      expect(await world.opens('username1', NEW_PASSWORD)).toBe(true);
    });

    it('attack 9, 10: neither is the code of another purpose, a cookie, or another kind of link', async () => {
      await world.requests.house.set('process_requests_per_minute', 1_000);
      const types = ['LOGIN_UNATTENDED', 'LOGIN', 'PASSWORD_SET', 'PASSWORD_RESET', 'UNLOCK_ACCOUNT'];
      const paths = await Promise.all(types.map((type) => world.path(type)));
      const codes = paths.map((path) => path.split('/').at(-1) ?? '');
      for (const [row, path] of paths.entries()) {
        const foreign = codes.filter((_code, column) => column !== row);
        for (const code of foreign) expect(await world.word(path.replace(/[^/]+$/, code))).toBe('NOT_VALID;NOT_FOUND');
      }
      for (const code of codes) {
        const cookie = `JSESSIONID=${code}; EraSession=${code}`;
        const home = await world.process('/account', { headers: { ...NAVIGATION, cookie } });
        expect(home.status).toBe(303);
        for (const path of ['/webapps/pwreset/', '/webapps/selfreg/']) {
          expect((await world.process(`${path}?req=${code}`, { headers: NAVIGATION })).status).toBe(404);
        }
      }
    });
  });

  describe('how a request ended, told to the right code only', () => {
    it.each(['LOGIN', 'PASSWORD_SET', 'PASSWORD_RESET', 'UNLOCK_ACCOUNT', 'CUSTOM'])(
      'attack 38: %s is over when its time is',
      async (type) => {
        await world.requests.house.set('custom_request_endpoints', ['/api/users/1/status']);
        const path = await world.path(type, 'username1', { form: { endpoint: '/api/users/1/status' } });
        world.app.clock.advance(2_592_001);
        expect(await world.word(path, { form: FILLED_IN })).toBe('NOT_VALID;EXPIRED');
        await world.app.get(RequestExpiry).run();
        expect(await world.word(path, { form: FILLED_IN })).toBe('NOT_VALID;EXPIRED');
        expect(await world.word(path.replace(/[^/]+$/, CODE))).toBe('NOT_VALID;NOT_FOUND');
        expect(await world.opens('username1', OLD_PASSWORD)).toBe(true);
      },
    );

    it('is CANCELLED after a newer one', async () => {
      const [older, newer] = [await world.path('PASSWORD_RESET'), await world.path('PASSWORD_RESET')];
      expect([await world.word(older), await world.word(newer)]).toEqual(['NOT_VALID;CANCELLED', 'page']);
    });

    it('answers pages with 410 where that is wished for', async () => {
      await world.requests.house.set('strict_status', true);
      const dead = await world.process('/user/processRequest/1/x', { headers: NAVIGATION });
      expect(dead.status).toBe(410);
      expect((await world.process('/user/processRequest/1/x')).status).toBe(200);
      expect((await world.process(await world.receipt(), { headers: NAVIGATION })).status).toBe(200);
      await world.requests.house.set('strict_status', false);
    });
  });

  describe('the receipt of a stranger', () => {
    it('cannot change a password; the mailed link can, once', async () => {
      const receipt = await world.receipt();
      const link = await world.requests.linkTo(MAIL);
      expect(await world.word(receipt)).toBe('NOT_VALID;DELIVERED_BY_MAIL');
      expect(await world.word(receipt, { form: FILLED_IN })).toBe('NOT_VALID;DELIVERED_BY_MAIL');
      const page = await world.process(receipt, { headers: NAVIGATION });
      expect([page.status, page.text.includes('Look into your mailbox')]).toEqual([200, true]);
      expect(await world.opens('username1', OLD_PASSWORD)).toBe(true);
      expect(await world.word(link, { form: FILLED_IN })).toBe('OK');
      expect(await world.word(link, { form: FILLED_IN })).toBe('NOT_VALID;NOT_FOUND');
      expect(await world.word(receipt)).toBe('NOT_VALID;DELIVERED_BY_MAIL');
    });

    it.each(['PASSWORD_RESET', 'UNLOCK_ACCOUNT'])(
      'attack 45: of %s says the same for people known, unknown and inactive, whatever becomes of the request',
      async (type) => {
        await world.requests.house.set('process_requests_per_minute', 1_000);
        const names = ['username1', 'who', 'idle1', 'nomail1'];
        const stories = await Promise.all(names.map((name) => world.receipt(type, name)));
        expect(await world.word(await world.requests.linkTo(MAIL), { form: FILLED_IN })).toBe('OK');
        const told = async (path: string): Promise<string[]> => [
          await world.word(path),
          await world.word(path, { form: FILLED_IN }),
          await world.word(`${path}?pin=123456`),
          ...(await Promise.all(Array.from({ length: 11 }, () => world.word(path.replace(/[^/]+$/, CODE))))),
          await world.word(path),
          (await world.process(path, { headers: NAVIGATION })).text,
        ];
        const shapes = await Promise.all(stories.map(told));
        expect(new Set(shapes.map((shape) => JSON.stringify(shape))).size).toBe(1);
        world.app.clock.advance(86_401);
        const late = await Promise.all(stories.map((path) => world.word(path)));
        expect(new Set(late)).toEqual(new Set(['NOT_VALID;EXPIRED']));
      },
    );

    it('attack 45: with a PIN counts the tries alike, also when the person has a new password meanwhile', async () => {
      await world.requests.house.set('process_requests_per_minute', 1_000);
      const stories = new Map<string, string>();
      for (const name of ['username1', 'second1', 'who', 'idle1']) {
        stories.set(name, await world.receipt('PASSWORD_RESET', name, { requestPin: 'true' }));
        await world.requests.settle();
      }
      const other = await world.path('PASSWORD_SET', 'second1');
      expect(await world.word(other, { form: FILLED_IN })).toBe('OK');
      const told = async (path: string): Promise<string[]> => {
        const words = [await world.word(path)];
        for (let time = 0; time < 7; time++) words.push(await world.word(`${path}?pin=1234567`));
        return words;
      };
      const shapes = new Set<string>();
      for (const path of stories.values()) shapes.add(JSON.stringify(await told(path)));
      expect([...shapes]).toEqual([
        JSON.stringify([
          'NOT_VALID;PIN_REQUIRED',
          ...Array.from({ length: 5 }, () => 'NOT_VALID;WRONG_PIN'),
          ...Array.from({ length: 2 }, () => 'NOT_VALID;TOO_MANY_ATTEMPTS'),
        ]),
      ]);
    });
  });

  describe('a PIN', () => {
    it('completes with the returned code, for a stranger too, as query or form', async () => {
      const receipt = await world.receipt('PASSWORD_RESET', 'username1', { requestPin: 'true' });
      const pin = await world.requests.pinTo(MAIL);
      expect(await world.word(receipt, { form: FILLED_IN })).toBe('NOT_VALID;PIN_REQUIRED');
      expect(await world.word(receipt, { form: { ...FILLED_IN, pin } })).toBe('OK');
      expect(await world.opens('username1', NEW_PASSWORD)).toBe(true);
      expect(await world.word(receipt, { form: { ...FILLED_IN, pin } })).toBe('NOT_VALID;NOT_FOUND');
      const unlock = await world.path('UNLOCK_ACCOUNT', 'helper1', WITH_PIN);
      const other = await world.requests.pinTo('helper1@example.test');
      expect(await world.word(`${unlock}?pin=${other}`, { method: 'POST' })).toBe('OK');
    });

    it('is asked for on a page, then comes the page of the type', async () => {
      const receipt = await world.receipt('PASSWORD_RESET', 'username1', { requestPin: 'true' });
      const pin = await world.requests.pinTo(MAIL);
      const browser = world.browser();
      const asked = await browser.get(receipt);
      expect(asked.html).toContain('Type your PIN');
      expect(asked.html).not.toContain('username1');
      expect(asked.html).not.toMatch(/tr(y|ies) left/);
      const wrong = await browser.submit(asked, { pin: await wrongPin() });
      expect(wrong.html).toContain('You have 4\u00a0tries left');
      const form = await browser.submit(wrong, { pin: ` ${pin} ` });
      expect(form.html).toContain('Choose a new password');
      expect(form.html).not.toContain(pin);
      expect((await browser.get(`${receipt}?lang=ru`)).html).toContain('Придумайте новый пароль');
      const done = await browser.submit(form, FILLED_IN);
      expect(new URL(done.url).pathname).toBe('/user/processRequest/done');
      const stranger = world.browser();
      expect((await stranger.get(receipt)).html).toContain('cannot be used any more');
    });

    it('is good for the browser that showed it, and for its own request', async () => {
      const receipt = await world.receipt('UNLOCK_ACCOUNT', 'username1', { requestPin: 'true' });
      const pin = await world.requests.pinTo(MAIL);
      const [mine, other] = [world.browser(), world.browser()];
      await mine.submit(await mine.get(receipt), { pin });
      expect((await mine.get(receipt)).html).toContain('Unlock your account');
      expect((await other.get(receipt)).html).toContain('Type your PIN');
      const second = await world.path('PASSWORD_RESET', 'username1', WITH_PIN);
      expect((await mine.get(second)).html).toContain('Type your PIN');
      world.app.clock.advance(15 * 60 + 1);
      expect((await mine.get(receipt)).html).toContain('cannot be used any more');
    });

    it('is over after ten minutes, and after five wrong ones even when right', async () => {
      const path = await world.path('UNLOCK_ACCOUNT', 'username1', WITH_PIN);
      const [pin, wrong] = [await world.requests.pinTo(MAIL), await wrongPin()];
      for (let time = 0; time < 5; time++) expect(await world.word(`${path}?pin=${wrong}`)).toBe('NOT_VALID;WRONG_PIN');
      expect(await world.word(path, { form: { pin } })).toBe('NOT_VALID;TOO_MANY_ATTEMPTS');
      expect(await world.state(path)).toEqual({ state: 'locked', endReason: 'too-many-attempts' });
      const late = await world.path('UNLOCK_ACCOUNT', 'helper1', WITH_PIN);
      const good = await world.requests.pinTo('helper1@example.test');
      world.app.clock.advance(601);
      expect(await world.word(late, { form: { pin: good } })).toBe('NOT_VALID;EXPIRED');
    });

    it('that nobody asked for does no harm', async () => {
      expect(await world.word(`${await world.path('LOGIN_UNATTENDED')}?pin=123456`)).toBe('OK');
    });

    it('attack 26: of 200 parallel wrong ones at most five are looked at', async () => {
      await world.requests.house.set('process_requests_per_minute', 100_000);
      const path = await world.path('LOGIN_UNATTENDED', 'username1', WITH_PIN);
      const [pin, wrong] = [await world.requests.pinTo(MAIL), await wrongPin()];
      const words = await Promise.all(Array.from({ length: 200 }, () => world.word(`${path}?pin=${wrong}`)));
      expect(words.filter((word) => word === 'NOT_VALID;WRONG_PIN')).toHaveLength(5);
      expect(words.filter((word) => word === 'OK')).toEqual([]);
      expect(await world.word(`${path}?pin=${pin}`)).toBe('NOT_VALID;TOO_MANY_ATTEMPTS');
    });
  });

  describe('limits', () => {
    it('answer 503 to the 31st call of an address in a minute, text or page', async () => {
      const from = '198.51.100.9';
      for (let time = 0; time < 30; time++) await world.process('/user/processRequest/1/x', { from });
      const path = await world.path('LOGIN_UNATTENDED');
      const script = await world.process(path, { from });
      expect([script.status, script.text]).toEqual([503, '{"error":"too many requests"}']);
      expect(Number(script.headers.get('retry-after'))).toBeGreaterThan(0);
      const page = await world.process(path, { from, headers: NAVIGATION });
      expect([page.status, page.text.includes('Please wait a moment')]).toEqual([503, true]);
      expect(await world.word(path)).toBe('OK');
    });
  });

  describe('pages of other origins', () => {
    const LISTED = 'https://portal.example.test';
    beforeEach(() => world.requests.house.set('cors_origins', [LISTED]));

    it('may read answers when they are listed, with the cookie', async () => {
      const { status, text, headers } = await world.process(await world.path('LOGIN_UNATTENDED'), {
        headers: { ...SCRIPT, origin: LISTED },
      });
      expect([status, text]).toEqual([200, 'OK']);
      expect(headers.get('access-control-allow-origin')).toBe(LISTED);
      expect(headers.get('access-control-allow-credentials')).toBe('true');
      expect(headers.get('vary')).toContain('Origin');
    });

    it.each([
      'https://evil.test',
      'https://portal.example.test.evil.test',
      'http://portal.example.test',
      'https://portal.example.test:444',
      'https://PORTAL.example.test',
    ])('use nothing up as %s', async (origin) => {
      const path = await world.path('LOGIN_UNATTENDED');
      const refused = await world.process(path, { headers: { ...SCRIPT, origin } });
      expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([403, null]);
      const nowhere = await world.process(path, { headers: { origin: 'null', 'sec-fetch-site': 'cross-site' } });
      expect(nowhere.status).toBe(403);
      expect(await world.word(path)).toBe('OK');
    });

    it('are told beforehand', async () => {
      const path = '/user/processRequest/1/x';
      const ask = { 'access-control-request-method': 'GET', 'access-control-request-headers': 'x-requested-with' };
      const listed = await world.process(path, { method: 'OPTIONS', headers: { origin: LISTED, ...ask } });
      expect(listed.status).toBe(204);
      expect(Object.fromEntries(listed.headers)).toMatchObject({
        'access-control-allow-origin': LISTED,
        'access-control-allow-credentials': 'true',
        'access-control-allow-methods': 'GET, POST',
        'access-control-allow-headers': 'Content-Type, X-Requested-With',
        vary: 'Origin',
      });
      const other = await world.process(path, { method: 'OPTIONS', headers: { origin: 'https://evil.test', ...ask } });
      expect([other.status, other.headers.get('access-control-allow-origin')]).toEqual([204, null]);
      expect(other.headers.get('access-control-allow-methods')).toBeNull();
    });
  });

  it('is served below the context path too', async () => {
    expect(await world.word(`/belladati${await world.path('LOGIN_UNATTENDED')}`)).toBe('OK');
    const browser = world.browser();
    const page = await browser.get(`/belladati${await world.path('UNLOCK_ACCOUNT')}`);
    expect((await browser.submit(page, {})).html).toContain('Your account is unlocked');
  });

  it('attack 65: nobody sees or uses what belongs to another, signed in or not', async () => {
    const { cookies } = await world.process(await world.path('LOGIN_UNATTENDED', 'helper1', { as: 'globalAdmin' }));
    const cookie = (cookies[0] ?? '').split(';')[0] ?? '';
    const receipt = await world.receipt();
    expect(await world.word(receipt, { form: FILLED_IN, headers: { ...SCRIPT, cookie } })).toBe(
      'NOT_VALID;DELIVERED_BY_MAIL',
    );
    expect(await world.opens('helper1', 'correct horse 5')).toBe(true);
  });
});
