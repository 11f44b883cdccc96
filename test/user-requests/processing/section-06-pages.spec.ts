import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eachDatabase } from '../../support/test-database.js';
import { TokenFactory } from '../../support/token-factory.js';
import { NAVIGATION, NEW_PASSWORD, OLD_PASSWORD, ProcessingWorld } from './processing-world.js';

const MAIL = 'username1@example.test';
const FILLED_IN = { password: NEW_PASSWORD, repeated: NEW_PASSWORD };

eachDatabase((database) => {
  let world: ProcessingWorld;

  beforeAll(async () => {
    world = await ProcessingWorld.start(database());
  });
  beforeEach(() => world.begin());
  afterAll(() => world?.stop());

  const mailed = async (type = 'PASSWORD_RESET'): Promise<string> => {
    await world.receipt(type);
    return world.requests.linkTo(MAIL);
  };

  describe.each([
    ['a mailed link', () => mailed()],
    ['the code of an authorised caller', () => world.path('PASSWORD_RESET')],
    ['a first password', () => world.path('PASSWORD_SET')],
  ])('a new password by %s', (_name, path) => {
    it('is asked for on a page and set by its form, once', async () => {
      const [address, browser] = [await path(), world.browser()];
      const page = await browser.get(address);
      expect([page.status, page.html.includes('username1')]).toEqual([200, true]);
      expect(page.headers.get('cache-control')).toBe('no-store');
      expect(page.headers.get('referrer-policy')).toBe('no-referrer');
      const done = await browser.submit(page, FILLED_IN);
      expect([done.status, new URL(done.url).pathname]).toEqual([200, '/user/processRequest/done']);
      expect(done.html).toContain('href="/account/login"');
      expect(await world.opens('username1', NEW_PASSWORD)).toBe(true);
      expect(await world.opens('username1', OLD_PASSWORD)).toBe(false);
      expect(await world.word(address)).toBe('NOT_VALID;NOT_FOUND');
      expect((await browser.get(address)).html).toContain('cannot be used any more');
      expect((await browser.submit(page, FILLED_IN)).html).toContain('cannot be used any more');
      const [notice] = await world.requests.letters(MAIL);
      expect(notice?.text).not.toContain(NEW_PASSWORD);
      expect(notice?.subject).toMatch(/password/i);
    });
  });

  it('attack 13: a page changes nothing, however often and by whom it is looked at', async () => {
    await world.requests.house.set('process_requests_per_minute', 1_000);
    const link = await mailed();
    for (let time = 0; time < 50; time++) {
      await world.process(link, { headers: { 'user-agent': `scanner ${time}` } });
      await world.process(link, { method: 'HEAD', headers: NAVIGATION });
    }
    const browser = world.browser();
    expect((await browser.submit(await browser.get(link), FILLED_IN)).status).toBe(200);
    expect(await world.opens('username1', NEW_PASSWORD)).toBe(true);
  });

  it('comes back with what was wrong, in the language of the person, and the request stays good', async () => {
    const [link, browser] = [await mailed(), world.browser()];
    const page = await browser.get(`${link}?lang=de`);
    expect(page.html).toContain('Wählen Sie ein neues Passwort');
    const differ = await browser.submit(page, { password: NEW_PASSWORD, repeated: 'other' });
    expect([differ.status, differ.html.includes('class="field-error"')]).toEqual([422, true]);
    const short = await browser.submit(differ, { password: 'short', repeated: 'short' });
    expect([short.status, short.html.includes('zu kurz')]).toEqual([422, true]);
    const empty = await browser.submit(short, { password: '', repeated: '' });
    expect(empty.status).toBe(422);
    expect((await browser.submit(empty, FILLED_IN)).status).toBe(200);
    expect((await browser.get(`${await mailed()}?locale=fr-CA`)).html).toContain('Choisissez un nouveau mot de passe');
  });

  it('leads on to an allowed redirect when it is done', async () => {
    await world.requests.house.set('allowed_redirect_origins', [world.url]);
    const link = await mailed();
    for (const [wanted, target] of [
      ['/healthz', '/healthz'],
      ['https://evil.test/', '/user/processRequest/done'],
    ] as const) {
      const browser = world.browser();
      const address = `${wanted === '/healthz' ? link : await world.path('UNLOCK_ACCOUNT')}?redirect=${encodeURIComponent(wanted)}`;
      const last = await browser.submit(await browser.get(address), FILLED_IN);
      expect(new URL(last.url).pathname).toBe(target);
    }
  });

  it('needs the CSRF value that this browser was given, and no other site sends it', async () => {
    const link = await mailed();
    const [mine, other] = [world.browser(), world.browser()];
    const page = await mine.get(link);
    await other.get(link);
    expect((await other.submit(page, FILLED_IN)).status).toBe(400);
    const bare = await world.process(link, { headers: NAVIGATION, form: FILLED_IN });
    expect(bare.status).toBe(400);
    const foreign = await world.process(link, { headers: { origin: 'https://evil.test' }, form: FILLED_IN });
    expect([foreign.status, foreign.text]).toEqual([403, '{"error":"origin not allowed"}']);
    expect(await world.opens('username1', OLD_PASSWORD)).toBe(true);
    expect((await mine.submit(page, FILLED_IN)).status).toBe(200);
  });

  it('is carried out for a script too, which reads a word', async () => {
    const link = await mailed();
    const refused = await world.process(link, { form: { password: 'short', repeated: 'short' } });
    expect([refused.status, refused.headers.get('content-type')]).toEqual([422, 'text/html; charset=utf-8']);
    expect(await world.word(link, { form: FILLED_IN })).toBe('OK');
    expect(await world.word(link, { form: FILLED_IN })).toBe('NOT_VALID;NOT_FOUND');
    expect(await world.opens('username1', NEW_PASSWORD)).toBe(true);
  });

  it('attack 11: of 50 parallel submissions with different passwords one sets its own, with one notice', async () => {
    await world.requests.house.set('process_requests_per_minute', 1_000);
    const link = await mailed();
    const passwords = Array.from({ length: 50 }, (_, index) => `Lake under ${index + 10} stars`);
    const answers = await Promise.all(
      passwords.map((password) => world.process(link, { form: { password, repeated: password } })),
    );
    const done = answers.flatMap(({ text }, index) => (text === 'OK' ? [passwords[index] ?? ''] : []));
    expect(done).toHaveLength(1);
    expect(await world.opens('username1', done[0] ?? '')).toBe(true);
    const notices = (await world.requests.letters(MAIL)).filter(({ text }) => !text.includes('processRequest'));
    expect(notices).toHaveLength(1);
    const completed = await world.query(`SELECT FROM audit_events WHERE event = 'user-password-reset.completed'`);
    expect(completed).toHaveLength(1);
  });

  it('attack 15, 16: no session begins with a new password, and no authenticator goes', async () => {
    const { account } = await world.requests.person('username1');
    const held = { get: world.app.get.bind(world.app), database: database().database, clock: world.app.clock };
    await new TokenFactory(held).totp(account);
    const tokens = () => world.query('SELECT * FROM token_assignments WHERE account_id = $1', [account.id]);
    const before = await tokens();
    expect(before).toHaveLength(1);
    const link = await mailed();
    const browser = world.browser();
    const done = await browser.submit(await browser.get(link), FILLED_IN);
    expect(done.html).toContain('If you use a second factor, you will be asked for it as before.');
    expect(done.headers.getSetCookie().filter((cookie) => cookie.startsWith('JSESSIONID'))).toEqual([]);
    expect(await tokens()).toEqual(before);
    expect(await world.query('SELECT FROM sessions')).toEqual([]);
    expect(new URL((await browser.get('/account')).url).pathname).toBe('/account/login');
  });

  it('attack 17: sessions and other requests of the person end with a new password', async () => {
    const { cookies } = await world.process(await world.path('LOGIN_UNATTENDED'));
    const cookie = (cookies[0] ?? '').split(';')[0] ?? '';
    const others = [
      await world.path('LOGIN'),
      await world.path('LOGIN_UNATTENDED'),
      await world.path('UNLOCK_ACCOUNT'),
    ];
    expect(await world.word(await mailed(), { form: FILLED_IN })).toBe('OK');
    for (const other of others) expect(await world.word(other)).toBe('NOT_VALID;CANCELLED');
    const home = await world.process('/account', { headers: { ...NAVIGATION, cookie } });
    expect(home.status).toBe(303);
  });

  it('attack 17: nobody gets in with a request that was made before a password set elsewhere', async () => {
    const [logIn, first] = [await world.path('LOGIN'), await world.path('PASSWORD_SET')];
    world.app.clock.advance(1);
    await world.query(`UPDATE builtin_people SET password_changed_at = $1 WHERE login = 'username1'`, [
      world.app.clock.now(),
    ]);
    expect([await world.word(logIn), await world.word(first)]).toEqual(['NOT_VALID;CANCELLED', 'NOT_VALID;CANCELLED']);
  });

  it('sets the first password of somebody inactive, who stays so', async () => {
    const path = await world.path('PASSWORD_SET', 'idle1');
    expect(await world.word(path, { form: FILLED_IN })).toBe('OK');
    expect(await world.opens('idle1', NEW_PASSWORD)).toBe(true);
    expect((await world.requests.person('idle1')).account.state).toBe('deactivated');
  });

  describe('unlocking an account', () => {
    const lock = async (): Promise<void> => {
      const { account } = await world.requests.person('username1');
      await world.query(`UPDATE builtin_people SET failed_logins = 9, locked_at = $1 WHERE login = 'username1'`, [
        world.app.clock.now(),
      ]);
      await world.query(
        `INSERT INTO throttle_counters (key, count, ends_at)
         SELECT 'password unfamiliar:' || domain.directory || ' ' || person.id, 3, $1
         FROM builtin_people person JOIN domains domain ON domain.id = person.domain_id WHERE person.login = 'username1'`,
        [world.app.clock.in(600)],
      );
      await world.query(
        `INSERT INTO authenticator_counters (account_id, authenticator, failures, last_failed_at) VALUES ($1, 'OTP', 9, $2)`,
        [account.id, world.app.clock.now()],
      );
    };
    const isLocked = async (): Promise<boolean> => (await world.requests.person('username1')).person.locked;

    it('takes one button, and leaves the password alone', async () => {
      await lock();
      expect(await isLocked()).toBe(true);
      const [link, browser] = [await mailed('UNLOCK_ACCOUNT'), world.browser()];
      const page = await browser.get(link);
      expect(page.html).toContain('Unlock your account');
      expect(await isLocked()).toBe(true);
      const done = await browser.submit(page, {});
      expect(done.html).toContain('Your account is unlocked');
      expect(await isLocked()).toBe(false);
      expect(await world.opens('username1', OLD_PASSWORD)).toBe(true);
      expect(await world.query(`SELECT FROM throttle_counters WHERE key LIKE 'password %'`)).toEqual([]);
      expect(await world.query('SELECT FROM authenticator_counters WHERE failures > 0')).toEqual([]);
      expect(await world.word(link)).toBe('NOT_VALID;NOT_FOUND');
    });

    it('leaves what an administrator has done: a block, and an account that is switched off', async () => {
      const path = await world.path('UNLOCK_ACCOUNT');
      const { account } = await world.requests.person('username1');
      await world.query('INSERT INTO account_blocks (account_id, created_by, created_at) VALUES ($1, $2, $3)', [
        account.id,
        'test',
        world.app.clock.now(),
      ]);
      await world.requests.deactivate('username1');
      expect(await world.word(path, { form: {} })).toBe('OK');
      expect(await world.query('SELECT FROM account_blocks')).toHaveLength(1);
      expect((await world.requests.person('username1')).account.state).toBe('deactivated');
      await world.query('DELETE FROM account_blocks');
    });

    it('attack 11: is done by one of 50 parallel calls', async () => {
      await world.requests.house.set('process_requests_per_minute', 1_000);
      const path = await world.path('UNLOCK_ACCOUNT');
      const words = await Promise.all(Array.from({ length: 50 }, () => world.word(path, { form: { pin: '' } })));
      expect(words.filter((word) => word === 'OK')).toHaveLength(1);
    });
  });
});
