import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { ACCOUNT_TEXTS } from '../../src/account/texts/account-texts.js';
import { SHARED_TEXTS } from '../../src/core/web/texts/shared-texts.js';
import { decodeBase32 } from '../../src/tokens/oath/base32.js';
import { hotp } from '../../src/tokens/oath/hotp.js';
import { timeStep } from '../../src/tokens/oath/match-totp.js';
import { oathKey } from '../../src/tokens/oath/oath-key.js';
import type { Seed } from '../../src/tokens/oath/seed.js';
import { passwordReset } from '../../src/pwreset/pwreset.purpose.js';
import { ENROLMENT_TEXTS } from '../../src/selfreg/pages/texts/enrolment-texts.js';
import { SECOND_FACTOR_TEXTS } from '../../src/tokens/second-factor/texts/second-factor-texts.js';
import {
  expectAccessible,
  expectNoSidewaysScrolling,
  screenshot,
  TestBrowser,
  type Visitor,
} from '../support/browser.js';
import { describeWith } from '../support/describe-with.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { AccountWorld, JOHN } from './account-world.js';

const NEW = 'River-41.stone';

/** What an app shows that holds this key, as the page spells it. */
function codeOf(key: string, at: Date): string {
  return hotp(oathKey(decodeBase32(key.replaceAll(/\s/g, '')) as Seed, 'SHA1'), timeStep(at, 30), 6);
}

describeWith('chromium', 'the home page after log-in', () => {
  let database: TestDatabase;
  let world: AccountWorld;
  let browser: TestBrowser;
  let page: Page;
  let scripted: boolean;
  const faults: string[] = [];

  beforeAll(async () => {
    database = await createTestDatabase('embedded');
    world = await AccountWorld.start(database);
    browser = await TestBrowser.start();
  });
  afterAll(async () => {
    await browser.stop();
    await world.stop();
    await database.stop();
  });
  beforeEach(() => world.begin());
  afterEach(async () => {
    await page.context().close();
    // What the policy of the page forbids, and errors in its scripts.
    const [fault] = faults.splice(0);
    if (fault !== undefined) throw new Error(fault);
  });

  async function visit(path: string, visitor: Visitor): Promise<void> {
    scripted = visitor.javaScript ?? true;
    page = await browser.open({
      ...visitor,
      options: { ...visitor.options, extraHTTPHeaders: { 'x-forwarded-for': world.iam.stranger() } },
    });
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => {
      if (/Content Security Policy|Refused to/.test(message.text())) faults.push(message.text());
    });
    await page.goto(`${world.iam.app.url}${path}`);
  }

  const expectHeading = (name: string, level: 1 | 2 = 1) => page.getByRole('heading', { level, name }).waitFor();
  const expectText = (text: string) => page.getByText(text).waitFor();
  const press = (name: string) => page.getByRole('button', { name }).first().click();
  const field = (name: string) => page.getByLabel(name, { exact: true });

  async function good(picture: string): Promise<void> {
    // Both look with scripts of their own.
    if (scripted) {
      await expectAccessible(page);
      await expectNoSidewaysScrolling(page);
    }
    await screenshot(page, `account-${picture}`);
  }

  async function logIn(language: 'en' | 'de', password = JOHN.password): Promise<void> {
    const texts = ACCOUNT_TEXTS[language].logIn;
    await expectHeading(texts.title);
    await field(texts.domain).fill(JOHN.domain);
    await field(texts.login).fill(JOHN.login);
    await field(texts.password).fill(password);
    await press(texts.button);
  }

  it.each([
    { language: 'en', viewport: 'desktop', colorScheme: 'light' },
    { language: 'de', viewport: 'phone', colorScheme: 'dark' },
    { language: 'en', viewport: 'narrow', colorScheme: 'dark', javaScript: false },
  ] as const)(
    'from the log-in to the last button, in $language on a $viewport',
    async ({ language, ...visitor }) => {
      const texts = ACCOUNT_TEXTS[language];
      const name = `${language}-${visitor.viewport}`;
      await world.link(passwordReset);
      await world.signedIn();
      await visit('/account', { language, ...visitor });
      expect(await page.locator('html').getAttribute('lang')).toBe(language);
      await good(`log-in-${name}`);
      await logIn(language, 'wrong');
      await expectText(texts.logIn.refused);
      await good(`log-in-refused-${name}`);
      await logIn(language);
      await expectHeading(texts.home.title);
      await expectText(texts.authenticators.none);
      await good(`home-empty-${name}`);

      // Ten minutes later the password is asked for again.
      world.iam.app.clock.advance(600);
      await press(texts.authenticators.add);
      await expectHeading(texts.confirm.title);
      await good(`confirm-${name}`);
      await field(texts.confirm.label).fill(JOHN.password);
      await press(texts.confirm.button);
      await expectHeading(texts.add.title);
      await good(`add-${name}`);
      await press(texts.add.button);

      // A TOTP app.
      const enrolment = ENROLMENT_TEXTS[language];
      await expectHeading(enrolment.choice.title);
      await page.getByRole('link', { name: enrolment.items.Token.name }).click();
      await press(enrolment.app.begin);
      await expectHeading(enrolment.app.scanTitle);
      const key = (await page.locator('.key').first().textContent()) ?? '';
      await field(enrolment.code).fill(codeOf(key, world.iam.app.clock.now()));
      await press(enrolment.app.save);
      await expectHeading(enrolment.choice.title);
      await press(enrolment.choice.finish);
      await expectHeading(enrolment.done.title);
      await good(`enrolled-${name}`);
      await page.getByRole('link', { name: enrolment.done.home }).click();

      // From now on both are asked for.
      await expectHeading(texts.confirm.title);
      await press(texts.confirm.button);
      await expectHeading(SECOND_FACTOR_TEXTS[language].title);
      await good(`second-factor-${name}`);
      world.iam.app.clock.advance(30);
      await page.locator('input[name=code]').first().fill(codeOf(key, world.iam.app.clock.now()));
      await press(SECOND_FACTOR_TEXTS[language].code.button);
      await expectHeading(texts.home.title);
      await good(`home-${name}`);

      await page.getByRole('link', { name: texts.authenticators.manage }).click();
      await expectText(texts.authenticator.last);
      await good(`authenticator-${name}`);
      await field(texts.authenticator.name).fill('Mein Telefon');
      await press(texts.authenticator.save);
      await expectText(texts.notices['authenticator-renamed']);
      await expectHeading(texts.home.title);
      await page.getByRole('heading', { level: 3, name: 'Mein Telefon' }).waitFor();

      await press(texts.requests.cancel);
      await expectText(texts.notices['request-cancelled']);
      await expectText(texts.requests.none);
      await good(`cancelled-${name}`);
      await press(texts.sessions.endOthers);
      await expectText(texts.notices['other-sessions-ended']);

      await page.getByRole('link', { name: texts.authenticators.manage }).click();
      await press(texts.authenticator.remove);
      await expectText(texts.notices['authenticator-removed']);

      await page.getByRole('link', { name: texts.home.changePassword }).click();
      await expectHeading(texts.password.title);
      const shared = SHARED_TEXTS[language].password;
      await page.locator('#password').fill('short');
      await page.locator('#repeated').fill('other');
      await press(texts.password.save);
      await expectText(SHARED_TEXTS[language].problem);
      await good(`password-refused-${name}`);
      await field(shared.new).fill(NEW);
      await field(shared.again).fill(NEW);
      await press(texts.password.save);
      await expectText(texts.notices['password-changed']);
      await good(`password-changed-${name}`);

      await press(texts.home.signOut);
      await expectText(texts.notices['signed-out']);
      await logIn(language, NEW);
      await expectHeading(texts.home.title);
    },
    120_000,
  );
});
