import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { LANGUAGES } from '../../src/core/web/language/languages.js';
import { APP_ROOT_TEXTS } from '../../src/iam/pages/texts/app-root-texts.js';
import {
  expectAccessible,
  expectNoSidewaysScrolling,
  screenshot,
  TestBrowser,
  type Visitor,
} from '../support/browser.js';
import { describeWith } from '../support/describe-with.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { IamWorld, PBX } from './iam-world.js';

const PASSWORD = 'Tq7_lake.9';
const ANOTHER = 'River-41.stone';
const EMAIL = 'mara@example.test';

describeWith('chromium', 'the root web application', () => {
  let database: TestDatabase;
  let world: IamWorld;
  let browser: TestBrowser;
  let page: Page;
  const faults: string[] = [];

  beforeAll(async () => {
    database = await createTestDatabase('embedded');
    world = await IamWorld.start(database);
    browser = await TestBrowser.start();
  });
  afterAll(async () => {
    await browser.stop();
    await world.stop();
    await database.stop();
  });
  beforeEach(async () => {
    await world.begin();
  });
  afterEach(async () => {
    await page.context().close();
    // What the policy of the page forbids, and errors in its scripts.
    const [fault] = faults.splice(0);
    if (fault !== undefined) throw new Error(fault);
  });

  /** A person at an address of their own, in front of a view. */
  async function visit(view = '', visitor: Visitor = {}): Promise<void> {
    page = await browser.open({
      ...visitor,
      options: { ...visitor.options, extraHTTPHeaders: { 'x-forwarded-for': world.stranger() } },
    });
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => {
      if (/Content Security Policy|Refused to/.test(message.text())) faults.push(message.text());
    });
    await page.goto(`${world.app.url}/app-root/${view}`);
  }

  const expectHeading = (name: string) => page.getByRole('heading', { level: 1, name }).waitFor();
  const expectText = (text: string) => page.getByText(text).waitFor();
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  const field = (name: string) => page.getByLabel(name, { exact: true });

  async function good(picture: string): Promise<void> {
    await expectAccessible(page);
    await expectNoSidewaysScrolling(page);
    await screenshot(page, `app-root-${picture}`);
  }

  async function open(kind: 'self_register' | 'pwd_reset' | 'invite', to: string): Promise<void> {
    await page.goto(`${world.app.url}/app-root/#/iam/${kind}/${await world.linkId(kind, to)}`);
  }

  async function choosePassword(password: string): Promise<void> {
    await page.locator('#password').fill(password);
    await page.locator('#repeated').fill(password);
  }

  it.each([
    { language: 'en', viewport: 'desktop', colorScheme: 'light' },
    { language: 'de', viewport: 'phone', colorScheme: 'dark' },
  ] as const)('from Register to the first log-in, in $language', async ({ language, ...visitor }) => {
    const texts = APP_ROOT_TEXTS[language];
    await visit('', { language, ...visitor });
    await expectHeading(texts.logIn.title);
    expect(await page.locator('html').getAttribute('lang')).toBe(language);
    expect(await field(texts.logIn.domain).inputValue()).toBe('RCDEVSDOCS');
    await good(`log-in-${language}`);

    await page.getByRole('link', { name: texts.logIn.register }).click();
    await expectHeading(texts.register.title);
    await good(`register-${language}`);
    await field(texts.register.domain).selectOption(PBX);
    await field(texts.register.login).fill('mara');
    await field(texts.register.name).fill('Mara K.');
    await field(texts.register.email).fill(EMAIL);
    await press(texts.register.button);
    await expectHeading(texts.mailed.title);
    await good(`mailed-${language}`);

    await open('self_register', EMAIL);
    await expectHeading(texts.password.first);
    await page.getByText('mara', { exact: true }).waitFor();
    await page.getByText(PBX, { exact: true }).waitFor();
    await choosePassword('short');
    await good(`password-open-${language}`);
    await choosePassword(PASSWORD);
    expect(await page.locator('.rule:not(.rule-met)').count()).toBe(0);
    await good(`password-${language}`);
    await press(texts.password.save);
    await expectHeading(texts.done.account);
    await good(`done-${language}`);
    expect(page.url()).not.toContain('/iam/');

    await page.getByRole('link', { name: texts.done.button }).click();
    await expectHeading(texts.logIn.title);
    expect(await field(texts.logIn.domain).inputValue()).toBe(PBX);
    expect(await field(texts.logIn.login).inputValue()).toBe('mara');
    await field(texts.logIn.password).fill(PASSWORD);
    await press(texts.logIn.button);
    await expectHeading(texts.account.title);
    await page.getByText('Mara K.', { exact: true }).waitFor();
    await good(`account-${language}`);
  });

  it.each([
    { language: 'fr', viewport: 'phone', colorScheme: 'light' },
    { language: 'ru', viewport: 'desktop', colorScheme: 'dark' },
  ] as const)('from Forgot password to the new password and the log-in, in $language', async (visitor) => {
    const texts = APP_ROOT_TEXTS[visitor.language];
    await world.newcomer('mara', PASSWORD);
    await visit('', visitor);
    await page.getByRole('link', { name: texts.logIn.forgot }).click();
    await expectHeading(texts.forgot.title);
    await good(`forgot-${visitor.language}`);
    await field(texts.forgot.key).fill('mara');
    await field(texts.forgot.domain).fill(PBX);
    await press(texts.forgot.button);
    await expectHeading(texts.asked.title);
    await good(`asked-${visitor.language}`);

    await open('pwd_reset', EMAIL);
    await expectHeading(texts.password.new);
    await choosePassword(ANOTHER);
    await good(`new-password-${visitor.language}`);
    await press(texts.password.save);
    await expectHeading(texts.done.password);
    await page.getByRole('link', { name: texts.done.button }).click();
    await field(texts.logIn.password).fill(PASSWORD);
    await press(texts.logIn.button);
    await expectText(texts.problems.wrong);
    await good(`wrong-${visitor.language}`);
    await field(texts.logIn.password).fill(ANOTHER);
    await press(texts.logIn.button);
    await expectHeading(texts.account.title);
  });

  it('from an invitation to the first log-in', async () => {
    const token = await world.administrator();
    const created = await world.call('POST', `iam/users?domain=${PBX}`, {
      token,
      body: { login: 'mara', name: 'Mara K.', opts: { email: EMAIL } },
    });
    const body = { userid: created.body['id'], domain: PBX };
    expect((await world.call('POST', 'iam/invites', { token, body })).status).toBe(200);
    await visit();
    await open('invite', EMAIL);
    await expectHeading('Choose your password');
    await choosePassword(PASSWORD);
    await press('Save password');
    await page.getByRole('link', { name: 'Log in' }).click();
    await field('Password').fill(PASSWORD);
    await press('Log in');
    await expectHeading('You are logged in');
  });

  it('takes domain and login along from the log-in to Forgot password, and a mail address nowhere', async () => {
    await visit('');
    const offered = await field('Domain').inputValue();
    expect(offered).not.toBe('');
    await page.getByRole('link', { name: 'Forgot password' }).click();
    expect(await field('Domain').inputValue()).toBe(offered);
    await page.goBack();
    await field('Domain').fill(PBX);
    await field('Login').fill('mara');
    await page.getByRole('link', { name: 'Forgot password' }).click();
    expect(await field('Domain').inputValue()).toBe(PBX);
    expect(await field('Login or mail address').inputValue()).toBe('mara');
    await field('Login or mail address').fill('mara@example.test');
    await page.goBack();
    expect(await field('Login').inputValue()).toBe('mara');
  });

  it('finds a mail address in another domain than the one that is filled in', async () => {
    await world.newcomer('mara', PASSWORD);
    await visit('#/forgot');
    expect(await field('Domain').inputValue()).toBe('RCDEVSDOCS');
    await field('Login or mail address').fill(EMAIL);
    await press('Send me a link');
    await expectHeading('Look into your mailbox');
    await open('pwd_reset', EMAIL);
    await expectHeading('Choose a new password');
  });

  it('says the same to somebody whom nobody knows', async () => {
    await visit('#/forgot');
    await field('Login or mail address').fill('nobody@example.test');
    await press('Send me a link');
    await expectHeading('Look into your mailbox');
    await expectText(APP_ROOT_TEXTS.en.asked.text);
  });

  it('attacks 13 and 70: opening a link uses nothing up, and the id is in no address that the server sees', async () => {
    await world.register({ login: 'mara', email: EMAIL });
    const id = await world.linkId('self_register', EMAIL);
    const urls: string[] = [];
    await visit();
    page.on('request', (request) => urls.push(request.url()));
    for (const again of [1, 2, 3]) {
      await page.goto(`${world.app.url}/app-root/?again=${again}#/iam/self_register/${id}`);
      await expectHeading('Choose your password');
    }
    expect(urls.length).toBeGreaterThan(3);
    expect(urls.filter((url) => url.replace(/#.*/, '').includes(id))).toEqual([]);
    expect((await world.confirm(id)).status).toBe(200);
  });

  it('keeps the link when the language is changed', async () => {
    await world.register({ login: 'mara', email: EMAIL });
    await visit();
    await open('self_register', EMAIL);
    await expectHeading('Choose your password');
    await page.getByRole('link', { name: 'Français' }).click();
    await expectHeading(APP_ROOT_TEXTS.fr.password.first);
    await expectText(APP_ROOT_TEXTS.fr.fields.symbols);
  });

  it.each([
    ['self_register', 'Ask for a new link', 'Register'],
    ['pwd_reset', 'Ask for a new link', 'Forgot password'],
    ['invite', 'Log in', 'Log in'],
  ])('a dead link of kind %s: one neutral page with a way on', async (kind, button, next) => {
    await visit(`#/iam/${kind}/5b0f6c1e-02a4-4d0b-9a55-1c7e0d9f2b10`);
    await expectHeading('This link does not work any more');
    await good(`dead-${kind}`);
    await page.goto(`${world.app.url}/app-root/#/iam/${kind}/no-id`);
    await page.reload();
    await expectHeading('This link does not work any more');
    await page.getByRole('link', { name: button }).click();
    await expectHeading(next);
  });

  it('a link that was used, or whose domain was closed since, is a dead one', async () => {
    await world.register({ login: 'mara', email: EMAIL });
    await visit();
    await open('self_register', EMAIL);
    await choosePassword(PASSWORD);
    await world.confirm(await world.linkId('self_register', EMAIL));
    await press('Save password');
    await expectHeading('This link does not work any more');
    await world.register({ login: 'nils', email: 'nils@example.test' });
    await world.set('self_register_allowed', false, PBX);
    await open('self_register', 'nils@example.test');
    await expectHeading('This link does not work any more');
  });

  it('after ten dead ids the address has to wait', async () => {
    await visit();
    const look = () =>
      page.evaluate(async () => {
        const answer = await fetch('/app-root/link', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ kind: 'pwd_reset', id: crypto.randomUUID() }),
        });
        return answer.status;
      });
    const answers: number[] = [];
    for (let call = 0; call < 11; call += 1) answers.push(await look());
    expect(answers).toEqual([...Array<number>(10).fill(404), 403]);
    await page.goto(`${world.app.url}/app-root/#/iam/pwd_reset/5b0f6c1e-02a4-4d0b-9a55-1c7e0d9f2b10`);
    await expectText(APP_ROOT_TEXTS.en.problems.banned);
    await good('banned');
  });

  it('says what is wrong next to the field, before and after the call', async () => {
    await world.newcomer('mara', PASSWORD);
    await visit('#/register', { viewport: 'phone' });
    await press('Register');
    const error = (name: string) => page.locator(`#${name}-error`);
    expect(await error('login').textContent()).toBe(APP_ROOT_TEXTS.en.fields.loginMissing);
    expect(await error('name').textContent()).toBe(APP_ROOT_TEXTS.en.fields.nameMissing);
    expect(await error('email').textContent()).toBe(APP_ROOT_TEXTS.en.fields.emailMissing);
    expect(await field('Login').evaluate((input) => input === document.activeElement)).toBe(true);
    await field('Login').fill('no spaces please');
    await field('Name').fill('Mara K.');
    await field('Mail address').fill('mara at home');
    await press('Register');
    expect(await error('login').textContent()).toBe(APP_ROOT_TEXTS.en.fields.loginShape);
    expect(await error('email').textContent()).toBe(APP_ROOT_TEXTS.en.fields.emailShape);
    expect(await error('name').count()).toBe(0);
    await good('register-refused');
    await field('Login').fill('mara');
    await field('Mail address').fill('another@example.test');
    await press('Register');
    await expectText(APP_ROOT_TEXTS.en.fields.loginTaken);
    expect(await field('Login').getAttribute('aria-describedby')).toBe('login-error login-hint');
    expect(await field('Name').inputValue()).toBe('Mara K.');
    await good('register-taken');
  });

  it('counts down after 429, and keeps what was typed', async () => {
    await visit('#/forgot');
    await page.clock.install();
    for (const key of ['one@example.test', 'two@example.test']) {
      await page.goto(`${world.app.url}/app-root/?${key}#/forgot`);
      await field('Login or mail address').fill(key);
      await press('Send me a link');
      await page.locator('[data-wait]:visible, .sign-done').first().waitFor();
    }
    await expectText(APP_ROOT_TEXTS.en.problems.wait);
    const left = page.getByRole('timer');
    expect(await left.textContent()).toMatch(/^(2:00|1:5\d)$/);
    await good('wait');
    const button = page.getByRole('button', { name: 'Send me a link' });
    expect(await button.getAttribute('aria-disabled')).toBe('true');
    await page.clock.runFor(90_000);
    expect(await left.textContent()).toMatch(/^0:[23]\d$/);
    await page.clock.runFor(31_000);
    expect(await left.isVisible()).toBe(false);
    expect(await button.getAttribute('aria-disabled')).toBeNull();
    expect(await field('Login or mail address').inputValue()).toBe('two@example.test');
  });

  it('says in the language of the page which rule a refused password broke', async () => {
    await world.register({ login: 'mara', email: EMAIL });
    await visit('', { language: 'de' });
    await open('self_register', EMAIL);
    await expectHeading(APP_ROOT_TEXTS.de.password.first);
    await choosePassword('Passwort ü9');
    await press(APP_ROOT_TEXTS.de.password.save);
    expect(await page.locator('#password-error').textContent()).toBe(APP_ROOT_TEXTS.de.fields.symbols);
    await page.locator('#repeated').fill('Passwort ü8');
    await press(APP_ROOT_TEXTS.de.password.save);
    await page.locator('#repeated-error').waitFor();
    await choosePassword('Password1');
    await press(APP_ROOT_TEXTS.de.password.save);
    await expectText('Dieses Passwort benutzen viele');
    await good('password-refused');
  });

  it('a person who is logged in changes the password and logs out', async () => {
    await world.newcomer('mara', PASSWORD);
    await visit();
    await field('Domain').fill(PBX);
    await field('Login').fill('mara');
    await field('Password').fill(PASSWORD);
    await press('Log in');
    await expectHeading('You are logged in');
    await page.reload();
    await expectHeading('You are logged in');
    await page.getByRole('link', { name: 'Change password' }).click();
    await expectHeading('Change your password');
    await good('own-password');
    await field('Current password').fill('not it');
    await choosePassword(ANOTHER);
    await press('Save new password');
    await expectText('This is not your current password.');
    await field('Current password').fill(PASSWORD);
    await choosePassword('short');
    await press('Save new password');
    await page.locator('#password-error').getByText('This password is too short.').waitFor();
    await choosePassword(ANOTHER);
    await press('Save new password');
    await expectText(APP_ROOT_TEXTS.en.account.changed);
    await good('changed');
    await press('Log out');
    await expectText('You are logged out.');
    expect(await page.context().cookies(world.app.url)).toEqual([]);
    expect(await world.logIn('mara', ANOTHER)).not.toBe('');
  });

  it('a session that ended elsewhere leads to the log-in, which says so', async () => {
    await world.newcomer('mara', PASSWORD);
    await visit();
    await field('Domain').fill(PBX);
    await field('Login').fill('mara');
    await field('Password').fill(PASSWORD);
    await press('Log in');
    await expectHeading('You are logged in');
    await world.forgot({ key: EMAIL });
    await world.recover(await world.linkId('pwd_reset', EMAIL), ANOTHER);
    await page.getByRole('link', { name: 'Change password' }).click();
    await expectText(APP_ROOT_TEXTS.en.logIn.over);
  });

  it('without scripts the page says what to do, in each language', async () => {
    for (const language of LANGUAGES) {
      await page?.context().close();
      await visit('', { language, javaScript: false });
      await expectHeading(APP_ROOT_TEXTS[language].scripts.title);
      await page.locator('noscript .lead', { hasText: APP_ROOT_TEXTS[language].scripts.text }).waitFor();
    }
    await screenshot(page, 'app-root-no-scripts');
  });

  it('offers neither what is switched off, nor what another system does', async () => {
    await world.set('self_register_mode', 'off');
    await world.set('external_authorization', true);
    await visit('#/register');
    await expectHeading('Log in');
    expect(await page.getByRole('link', { name: 'Register' }).count()).toBe(0);
    expect(await page.getByRole('link', { name: 'Forgot password' }).count()).toBe(0);
    await page.goto(`${world.app.url}/app-root/#/iam/self_register/5b0f6c1e-02a4-4d0b-9a55-1c7e0d9f2b10`);
    await page.getByRole('link', { name: 'Log in' }).waitFor();
  });
});
