import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BuiltinPerson } from '../../../src/core/directory/builtin/builtin-person.entity.js';
import type { Browserless, SeenPage } from '../../support/browserless.js';
import { databaseOfSuite } from './database-of-suite.js';
import { NEW_PASSWORD, OLD_PASSWORD, World } from './world.js';

const PASSWORD_URL = '/webapps/pwreset/password';
const DONE_URL = '/webapps/pwreset/done';

/** Our own rules and a password that breaks each, with the words that the page then has for it. */
const POLICY =
  '{ pwd_policy: { min_length: 10, max_length: 64, classes: 3, passphrase_length: 0, history: 2, blocked: [Harbour town 99] } }';
const BROKEN_RULES: readonly (readonly [rule: string, password: string, sentence: string])[] = [
  ['min_length', 'Short 1!', 'too short. Use at least 10 characters'],
  ['min_length', 'Köln 12 ä', 'too short. Use at least 10 characters'],
  ['max_length', `Aa1 ${'x'.repeat(61)}`, 'too long. Use at most 64 characters'],
  ['classes', 'onlysmallletters', 'too simple. Use at least 3 of these 4 kinds'],
  ['classes', 'onlysmallletters and blanks', 'too simple. Use at least 3 of these 4 kinds'],
  ['not_login', 'My login xaviera 7', 'Your name or your login is part of this password'],
  ['not_login', 'XAVIERA in capitals 7', 'Your name or your login is part of this password'],
  ['not_login, for parts of the name', 'Quintero harbour 7', 'Your name or your login is part of this password'],
  ['not_common', 'Password123', 'Many people use this password'],
  ['blocked', 'harbour TOWN 99', 'Many people use this password'],
  ['history', OLD_PASSWORD, 'You have used this password before'],
];

describe('section 10.2: what the person sees', () => {
  const database = databaseOfSuite();
  let world: World;
  let person: BuiltinPerson;

  beforeAll(async () => {
    world = await World.start(database());
  });
  beforeEach(async () => {
    await world.calm();
    person = await world.person({ displayName: 'Jane Miller' });
  });
  afterAll(() => world.stop());

  const submit = (browser: Browserless, form: SeenPage, password: string, repeated = password): Promise<SeenPage> =>
    browser.submit(form, { password, repeated });

  it('all steps: landing, new password twice, confirmation, notice; the old password is over', async () => {
    const link = await world.link(person, { expires: 72, comments: 'Ticket 812' });
    const browser = world.browser();
    const landing = await browser.get(link);
    expect(landing.status).toBe(200);
    const form = await browser.submit(landing, {});
    expect([form.status, new URL(form.url).pathname]).toEqual([200, PASSWORD_URL]);
    const done = await submit(browser, form, NEW_PASSWORD);
    expect([done.status, new URL(done.url).pathname]).toEqual([200, DONE_URL]);
    expect(done.html).toContain('Your new password is set');
    expect(await world.opens(person, NEW_PASSWORD)).toBe(true);
    expect(await world.opens(person, OLD_PASSWORD)).toBe(false);
    expect((await world.messages(person)).map(({ subject }) => subject)).toEqual([
      'Your password for ACME was changed',
    ]);
  });

  describe('1. landing', () => {
    it('greeting, domain, who asked, the note, the expiry time, and a button', async () => {
      const link = await world.link(person, { expires: 72, comments: 'Ticket 812' });
      const { html } = await world.browser().get(link);
      for (const text of ['Hello Jane Miller', 'ACME', 'ACME\\chief', 'Ticket 812', '2026-08-06T', '>Continue<']) {
        expect(html).toContain(text);
      }
      expect(html).not.toContain(person.login);
      expect(html).not.toContain(person.mail);
    });

    it('answers HEAD as GET, without the page', async () => {
      const answer = await fetch(await world.link(person), { method: 'HEAD' });
      expect([answer.status, await answer.text()]).toEqual([200, '']);
    });

    it.each(['de', 'fr', 'ru'])(
      'speaks %s to who asks for it by Accept-Language, up to the last page',
      async (language) => {
        const browser = world.browser({ 'accept-language': `${language}-XX,${language};q=0.9,en;q=0.5` });
        const { form } = await world.open(await world.link(person), browser);
        const refused = await submit(browser, form, 'short');
        const done = await submit(browser, refused, NEW_PASSWORD);
        for (const page of [form, refused, done]) {
          expect(page.headers.get('content-language')).toBe(language);
          expect(page.html).toContain(`<html lang="${language}"`);
        }
      },
    );
  });

  describe('3. new password', () => {
    it('names the account and the policy in force, in plain words', async () => {
      await world.configure({ domainSettings: POLICY });
      const { form } = await world.open(await world.link(person));
      expect(form.html).toContain(`Jane Miller (${person.login})`);
      for (const text of [
        'At least 10\u00a0characters',
        'At least 3 of these 4 kinds',
        'Without your name or your login',
        'Not a password that many people use',
        'Different from your last 2\u00a0passwords',
      ]) {
        expect(form.html).toContain(text);
      }
    });

    it('shows the Password Policy Text in place of the rules', async () => {
      await world.configure({ domainSettings: '{ pwd_policy_text: "Ask Mara." }' });
      const { browser, form } = await world.open(await world.link(person));
      expect(form.html).toContain('Ask Mara.');
      expect(form.html).not.toContain('At least 8');
      expect((await submit(browser, form, 'aaaa')).status).toBe(422);
    });

    describe('attack 64: every rule is checked by the server, whatever the page does', () => {
      let made = 0;

      beforeEach(async () => {
        await world.configure({ domainSettings: POLICY });
        person = await world.person({ login: `xaviera ${++made}`, displayName: 'Quintero, Xaviera' });
      });

      it.each(BROKEN_RULES)('%s refuses %j', async (_rule, password, sentence) => {
        const { browser, form } = await world.open(await world.link(person));
        const refused = await submit(browser, form, password);
        expect(refused.status).toBe(422);
        expect(refused.html.replaceAll('\u00a0', ' ')).toContain(sentence);
        expect(await world.opens(person, OLD_PASSWORD)).toBe(true);
        expect((await submit(browser, refused, NEW_PASSWORD)).status).toBe(200);
      });

      it('a link older than a stricter policy does not get round it', async () => {
        await world.calm();
        const { browser, form } = await world.open(await world.link(person));
        await world.configure({ domainSettings: '{ pwd_policy: { min_length: 30 } }' });
        expect((await submit(browser, form, NEW_PASSWORD)).status).toBe(422);
        expect(await world.opens(person, OLD_PASSWORD)).toBe(true);
      });

      it('the policy is that of the domain, not of the server', async () => {
        await world.configure({ settings: '{ pwd_policy: { min_length: 4, classes: 1 } }', domainSettings: POLICY });
        const { browser, form } = await world.open(await world.link(person));
        expect((await submit(browser, form, 'xq 7Z')).status).toBe(422);
        const other = await world.person({}, 'Umbrella');
        const elsewhere = await world.open(await world.link(other, { domain: 'Umbrella' }));
        expect((await submit(elsewhere.browser, elsewhere.form, 'xq 7Z')).status).toBe(200);
      });
    });

    it('lists every violation at once, next to the field, and keeps the link session open', async () => {
      const { browser, form } = await world.open(await world.link(person));
      const refused = await submit(browser, form, 'jane', 'june');
      expect(refused.status).toBe(422);
      for (const text of ['too short', 'too simple', 'Your name or your login', 'The two entries are not the same']) {
        expect(refused.html).toContain(text);
      }
      expect(refused.html).not.toMatch(/value="(jane|june)"/);
      expect((await submit(browser, refused, NEW_PASSWORD)).status).toBe(200);
    });

    it('asks for both entries', async () => {
      const { browser, form } = await world.open(await world.link(person));
      expect((await submit(browser, form, '', NEW_PASSWORD)).html).toContain('Type a new password.');
      expect((await submit(browser, form, NEW_PASSWORD, '')).html).toContain('Type the new password a second time.');
      expect(await world.opens(person, OLD_PASSWORD)).toBe(true);
    });

    it('takes any characters: blanks at the ends, other scripts, quotes; the same ones open the account then', async () => {
      for (const password of [
        '  Spaces at both ends 7  ',
        'Пароль с пробелами 42',
        `"'<>&;%00\\ 7 Aa`,
        '👩‍🚀 Moon base 7',
        '東京 タワー Aa 7',
      ]) {
        person = await world.person();
        expect((await world.reset(await world.link(person), password)).status).toBe(200);
        expect(await world.opens(person, password)).toBe(true);
        expect(await world.opens(person, password.trim() === password ? `${password} ` : password.trim())).toBe(false);
      }
    });

    it('attack 63: NUL and lone surrogates are refused as a password, never a fault', async () => {
      const { browser, form } = await world.open(await world.link(person));
      for (const password of [`${NEW_PASSWORD}\0`, `\0${NEW_PASSWORD}`]) {
        expect((await submit(browser, form, password)).status).toBe(422);
      }
      const csrf = /name="csrf" value="([^"]+)"/.exec(form.html)?.[1] ?? '';
      const raw = await fetch(`${world.app.url}${PASSWORD_URL}`, {
        method: 'POST',
        redirect: 'manual',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: `csrf=${encodeURIComponent(csrf)}&password=%ed%a0%80aA1&repeated=%ed%a0%80aA1`,
      });
      expect(raw.status).toBeLessThan(500);
      expect(await world.opens(person, OLD_PASSWORD)).toBe(true);
    });
  });

  describe('4. done', () => {
    it('the confirmation may be looked at again; it says nothing of the account', async () => {
      const { browser, form } = await world.open(await world.link(person));
      const done = await submit(browser, form, NEW_PASSWORD);
      const again = await browser.get(DONE_URL);
      expect(again.html).toBe(done.html);
      expect(done.html).not.toContain(person.login);
      expect(done.html).not.toContain(person.mail);
    });

    it('attack 15: it ends in no session: nobody is logged in, and the form does not come back', async () => {
      const { browser, form } = await world.open(await world.link(person));
      await submit(browser, form, NEW_PASSWORD);
      expect((await browser.get(PASSWORD_URL)).status).toBe(404);
      expect((await submit(browser, form, 'Another lake 8')).status).toBe(404);
      expect(await world.opens(person, NEW_PASSWORD)).toBe(true);
    });

    it('every other unopened request and open page session of the person dies', async () => {
      const first = await world.open(await world.link(person));
      const { id } = (await world.requests(person))[0] ?? { id: '' };
      // Two open page sessions of one person cannot come about by calls, since the newest wins; so one is brought back.
      const kept = await world.query<Record<string, unknown>>('SELECT * FROM one_time_requests WHERE id = $1', [id]);
      const link = await world.link(person);
      await world.query(
        `UPDATE one_time_requests SET state = 'opened', ended_at = NULL, end_reason = NULL, page_session_digest = $2 WHERE id = $1`,
        [id, kept[0]?.['page_session_digest']],
      );
      expect((await first.browser.get(PASSWORD_URL)).status).toBe(200);
      expect((await world.reset(link)).status).toBe(200);
      expect((await submit(first.browser, first.form, 'Another lake 8')).status).toBe(404);
      expect((await world.requests(person)).map(({ state, endReason }) => [state, endReason])).toEqual([
        ['completed', null],
        ['cancelled', 'password-changed'],
      ]);
    });

    it('a lock after failed log-ons is lifted, unless the setting pwreset_unlocks says no', async () => {
      await world.change(person, { lockedAt: world.app.clock.now() });
      expect((await world.reset(await world.link(person))).html).not.toContain('still locked');
      expect(await world.opens(person, NEW_PASSWORD)).toBe(true);
      await world.configure({ domainSettings: '{ pwreset_unlocks: false }' });
      const other = await world.person();
      await world.change(other, { lockedAt: world.app.clock.now() });
      expect((await world.reset(await world.link(other))).html).toContain('lock');
      expect(await world.opens(other, NEW_PASSWORD)).toBe(false);
    });

    it('"must change the password" is settled with it', async () => {
      await world.change(person, { mustChangePassword: true });
      await world.reset(await world.link(person));
      expect(await world.opens(person, NEW_PASSWORD)).toBe(true);
    });

    it('a person who never had a password gets their first one', async () => {
      person = await world.person({ password: undefined });
      await world.reset(await world.link(person));
      expect(await world.opens(person, NEW_PASSWORD)).toBe(true);
    });
  });

  describe('inside another page: ?inline=1', () => {
    it('framing is allowed for the origins in Frame Ancestors only, on every step', async () => {
      await world.configure({ settings: '{ frame_ancestors: [https://portal.example.test] }' });
      const browser = world.browser();
      const landing = await browser.get(`${await world.link(person)}&inline=1`);
      const form = await browser.submit(landing, {});
      const done = await submit(browser, form, NEW_PASSWORD);
      for (const page of [landing, form, done]) {
        expect(page.status).toBe(200);
        expect(page.headers.get('content-security-policy')).toContain('frame-ancestors https://portal.example.test');
        expect(page.headers.get('x-frame-options')).toBeNull();
      }
    });

    it('without an origin in the setting, or without ?inline=1, nobody may frame it', async () => {
      const link = await world.link(person);
      const alone = await world.browser().get(`${link}&inline=1`);
      await world.configure({ settings: '{ frame_ancestors: [https://portal.example.test] }' });
      const plain = await world.browser().get(link);
      for (const page of [alone, plain]) {
        expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
        expect(page.headers.get('x-frame-options')).toBe('DENY');
      }
    });
  });
});
