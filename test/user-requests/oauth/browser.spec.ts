import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { LANGUAGES } from '../../../src/core/web/language/languages.js';
import { ACCOUNT_TEXTS } from '../../../src/account/texts/account-texts.js';
import { OAUTH_TEXTS } from '../../../src/user-requests/oauth/pages/texts/oauth-texts.js';
import {
  expectAccessible,
  expectNoSidewaysScrolling,
  screenshot,
  TestBrowser,
  type Visitor,
} from '../../support/browser.js';
import { describeWith } from '../../support/describe-with.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';
import { DOMAIN, OAuthWorld, tokenOf } from './oauth-world.js';

const CONSUMER = 'myConsumer';

describeWith('chromium', 'the consent page', () => {
  let database: TestDatabase;
  let world: OAuthWorld;
  let browser: TestBrowser;
  let portal: Server;
  let callback: string;
  let page: Page;
  const faults: string[] = [];

  beforeAll(async () => {
    database = await createTestDatabase('embedded');
    world = await OAuthWorld.start(database);
    browser = await TestBrowser.start();
    portal = createServer((_request, response) => response.end('back at the portal'));
    await new Promise<void>((resolve) => portal.listen(0, '127.0.0.1', resolve));
    callback = `http://127.0.0.1:${(portal.address() as AddressInfo).port}/back`;
  });
  afterAll(async () => {
    portal.close();
    await browser.stop();
    await world.stop();
    await database.stop();
  });
  beforeEach(async () => {
    await world.begin();
    await world.house.set('allowed_redirect_origins', [new URL(callback).origin], DOMAIN);
  });
  afterEach(async () => {
    await page.context().close();
    // What the policy of the page forbids, and errors in its scripts.
    const [fault] = faults.splice(0);
    if (fault !== undefined) throw new Error(fault);
  });

  async function visit(path: string, visitor: Visitor = {}): Promise<void> {
    page = await browser.open({
      ...visitor,
      options: { ...visitor.options, extraHTTPHeaders: { 'x-forwarded-for': world.house.stranger() } },
    });
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => {
      if (/Content Security Policy|Refused to/.test(message.text())) faults.push(message.text());
    });
    await page.goto(`${world.url}${path}`);
  }

  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  const heading = (name: string) => page.getByRole('heading', { level: 1, name }).waitFor();

  async function signIn(language: keyof typeof ACCOUNT_TEXTS): Promise<void> {
    const texts = ACCOUNT_TEXTS[language].logIn;
    await page.getByLabel(texts.domain, { exact: true }).fill(DOMAIN);
    await page.getByLabel(texts.login, { exact: true }).fill('manager1');
    await page.getByLabel(texts.password, { exact: true }).fill('correct horse 4');
    await press(texts.button);
  }

  it.each([true, false])('leads from the log-in to the portal and back, with scripts: %s', async (javaScript) => {
    const token = await world.requestToken(callback);
    await visit(`/authorizeRequestToken/${token.key}/${CONSUMER}`, { javaScript });
    await signIn('en');
    await heading(OAUTH_TEXTS.en.consent.title(CONSUMER));
    await press(OAUTH_TEXTS.en.consent.allow);
    await page.getByText('back at the portal').waitFor();
    const back = new URL(page.url());
    expect([`${back.origin}${back.pathname}`, back.searchParams.get('oauth_token')]).toEqual([callback, token.key]);
    tokenOf(await world.exchange(token, back.searchParams.get('oauth_verifier') ?? ''));
  });

  it.each(LANGUAGES)('says in %s what is asked for, to everybody', async (language) => {
    const texts = OAUTH_TEXTS[language];
    const token = await world.requestToken(callback);
    const path = `/oauth/authorizeRequestToken?oauth_token=${token.key}`;
    await visit(path, { language, colorScheme: language === 'de' ? 'dark' : 'light' });
    await signIn(language);
    await heading(texts.consent.title(CONSUMER));
    await expectAccessible(page);
    await expectNoSidewaysScrolling(page);
    await screenshot(page, `oauth-consent-${language}`);
    await press(texts.consent.deny);
    await page.getByText('back at the portal').waitFor();
    expect(new URL(page.url()).searchParams.get('oauth_problem')).toBe('user_refused');
    await page.goto(`${world.url}${path}`);
    await heading(texts.ended.title);
    await expectAccessible(page);
  });

  it('shows the verifier to who carries it, and stays narrow', async () => {
    const token = await world.requestToken('oob');
    await visit(`/oauth/authorizeRequestToken?oauth_token=${token.key}`, { viewport: 'narrow' });
    await signIn('en');
    await heading(OAUTH_TEXTS.en.consent.title(CONSUMER));
    await expectNoSidewaysScrolling(page);
    await screenshot(page, 'oauth-consent-narrow');
    await press(OAUTH_TEXTS.en.consent.allow);
    await heading(OAUTH_TEXTS.en.granted.title);
    await expectAccessible(page);
    await expectNoSidewaysScrolling(page);
    await screenshot(page, 'oauth-verifier');
    tokenOf(await world.exchange(token, await page.locator('main code').innerText()));
  });
});
