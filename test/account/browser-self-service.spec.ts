import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { ACCOUNT_TEXTS } from '../../src/account/texts/account-texts.js';
import { plainSecret } from '../../src/core/crypto/secret-types.js';
import { DEMO_WORLD } from '../../src/demo/demo-world.js';
import { PinCodes } from '../../src/tokens/kinds/pin-code/pin-codes.js';
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

const POLICY = { name: 'own', category: 'self-service', options: { requestEmergencyCode: 'true' } };

describeWith('chromium', 'what people do for themselves at /account', () => {
  let database: TestDatabase;
  let world: AccountWorld;
  let browser: TestBrowser;
  let page: Page;
  let scripted: boolean;

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
  beforeEach(async () => {
    await world.begin();
    const { port } = new URL(world.iam.app.url);
    await world.iam.app.apply(`${DEMO_WORLD}\npolicies: ${JSON.stringify([POLICY])}\n`, { PORT: port });
  });
  afterEach(() => page.context().close());

  const expectHeading = (name: string) => page.getByRole('heading', { level: 1, name }).waitFor();
  const expectText = (text: string) => page.getByText(text).first().waitFor();
  const press = (name: string) => page.getByRole('button', { name }).first().click();
  const follow = (name: string) => page.getByRole('link', { name, exact: true }).click();
  const field = (name: string) => page.getByLabel(name, { exact: true });

  async function good(picture: string): Promise<void> {
    // Both look with scripts of their own.
    if (scripted) {
      await expectAccessible(page);
      await expectNoSidewaysScrolling(page);
    }
    await screenshot(page, `account-${picture}`);
  }

  async function visit({ language, ...visitor }: Visitor & { readonly language: 'en' | 'de' | 'fr' | 'ru' }) {
    scripted = visitor.javaScript ?? true;
    const options = { extraHTTPHeaders: { 'x-forwarded-for': world.iam.stranger() } };
    page = await browser.open({ ...visitor, language, options });
    await page.goto(`${world.iam.app.url}/account`);
    const texts = ACCOUNT_TEXTS[language].logIn;
    await field(texts.domain).fill(JOHN.domain);
    await field(texts.login).fill(JOHN.login);
    await field(texts.password).fill(JOHN.password);
    await press(texts.button);
    await expectHeading(SECOND_FACTOR_TEXTS[language].title);
    await page.locator('input[name=code]').first().fill(world.tokens.code());
    await press(SECOND_FACTOR_TEXTS[language].code.button);
  }

  it.each([
    { language: 'en', viewport: 'desktop', colorScheme: 'light' },
    { language: 'de', viewport: 'phone', colorScheme: 'dark' },
    { language: 'fr', viewport: 'phone', colorScheme: 'light' },
    { language: 'ru', viewport: 'narrow', colorScheme: 'dark', javaScript: false },
  ] as const)(
    'a PIN code is changed and an emergency code sent, in $language on a $viewport',
    async (visitor) => {
      const { language, viewport } = visitor;
      const { home, pin, emergencyCodes, notices } = ACCOUNT_TEXTS[language];
      const name = `${language}-${viewport}`;
      await world.totp();
      const found = await world.iam.person(JOHN.login, JOHN.domain);
      const holder = { found, requestId: undefined, context: { actor: 'system' } };
      const pins = world.iam.app.get(PinCodes);
      await database.database.transaction((tx) => pins.register(tx, holder, plainSecret('Abcd')));
      await visit(visitor);
      await expectHeading(home.title);
      await good(`self-service-home-${name}`);

      await follow(home.changePin);
      await expectHeading(pin.title);
      await good(`pin-${name}`);
      await field(pin.label).fill('abc');
      await field(pin.again).fill('abc');
      await press(pin.save);
      await expectText(pin.form);
      await good(`pin-refused-${name}`);
      expect(await field(pin.label).inputValue()).toBe('');
      await field(pin.label).fill('Wxyz42');
      await field(pin.again).fill('Wxyz42');
      await press(pin.save);
      await expectText(notices['pin-changed']);

      await follow(home.emergencyCodes);
      await expectHeading(emergencyCodes.title);
      await good(`emergency-codes-${name}`);
      await press(emergencyCodes.send);
      await expectText(notices['emergency-code-sent']);
      await follow(home.emergencyCodes);
      await expectText(emergencyCodes.until);
      await good(`emergency-codes-sent-${name}`);
      await follow(emergencyCodes.back);
      await expectHeading(home.title);
    },
    120_000,
  );
});
