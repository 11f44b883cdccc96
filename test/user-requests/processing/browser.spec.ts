import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  expectAccessible,
  expectNoSidewaysScrolling,
  screenshot,
  TestBrowser,
  type Visitor,
} from '../../support/browser.js';
import { describeWith } from '../../support/describe-with.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';
import { NEW_PASSWORD, ProcessingWorld } from './processing-world.js';

const MAIL = 'username1@example.test';
const PATIENCE_MS = 180_000;

describeWith('chromium', 'processing in a browser', () => {
  let database: TestDatabase;
  let world: ProcessingWorld;
  let browser: TestBrowser;
  let portal: Server;
  let page: Page;

  beforeAll(async () => {
    database = await createTestDatabase('embedded');
    world = await ProcessingWorld.start(database);
    browser = await TestBrowser.start();
    portal = createServer((_request, response) => {
      response
        .writeHead(200, { 'content-type': 'text/html' })
        .end('<!doctype html><title>Portal</title><h1>Portal</h1>');
    });
    await new Promise<void>((resolve) => void portal.listen(0, '127.0.0.1', resolve));
  });
  beforeEach(async () => {
    await world.begin();
    await world.requests.house.set('process_requests_per_minute', 1_000);
  });
  afterEach(async () => {
    await page?.context().close();
  });
  afterAll(async () => {
    await browser?.stop();
    await world?.stop();
    await database?.stop();
    portal?.close();
  });

  const origin = (): string => `http://127.0.0.1:${(portal.address() as AddressInfo).port}`;

  async function visit(path: string, visitor: Visitor = {}): Promise<string[]> {
    await page?.context().close();
    page = await browser.open(visitor);
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(world.url + path);
    return complaints;
  }

  const PAGES: Record<string, () => Promise<string>> = {
    'first-password': () => world.path('PASSWORD_SET'),
    'new-password': () => world.path('PASSWORD_RESET'),
    unlock: () => world.path('UNLOCK_ACCOUNT'),
    pin: () => world.path('UNLOCK_ACCOUNT', 'username1', { form: { requestPin: 'true' } }),
    receipt: () => world.receipt(),
    dead: () => Promise.resolve('/user/processRequest/1/x'),
    'log-in': async () => {
      await world.requests.house.set('mail_login_links', true);
      await world.path('LOGIN');
      return world.requests.linkTo(MAIL);
    },
  };

  it.each(Object.keys(PAGES))(
    'shows the page %s to everybody: in two languages, light, dark, on a phone',
    async (name) => {
      const path = (await PAGES[name]?.()) ?? '';
      for (const [language, visitor] of [
        ['en', { language: 'en' }],
        ['de', { language: 'de', colorScheme: 'dark', viewport: 'phone' }],
        ['ru', { language: 'ru', viewport: 'narrow' }],
      ] as const) {
        expect(await visit(path, visitor)).toEqual([]);
        expect(await page.locator('html').getAttribute('lang')).toBe(language);
        await expectAccessible(page);
        await expectNoSidewaysScrolling(page);
        await screenshot(page, `user-request-${name}-${language}`);
      }
    },
    PATIENCE_MS,
  );

  it(
    'goes from the PIN to the new password and on to the log-in form, by keyboard',
    async () => {
      const path = await world.receipt('PASSWORD_RESET', 'username1', { requestPin: 'true' });
      const pin = await world.requests.pinTo(MAIL);
      expect(await visit(path)).toEqual([]);
      await page.locator('#pin').fill(pin === '000000' ? '000001' : '000000');
      await page.keyboard.press('Enter');
      await page.locator('.field-error').waitFor();
      await screenshot(page, 'user-request-wrong-pin');
      await expectAccessible(page);
      await page.locator('#pin').fill(pin);
      await page.keyboard.press('Enter');
      await page.locator('#password').fill(NEW_PASSWORD);
      await page.locator('#repeated').fill(NEW_PASSWORD);
      await page.keyboard.press('Enter');
      await page.waitForURL('**/user/processRequest/done');
      await screenshot(page, 'user-request-done');
      await expectAccessible(page);
      await page.locator('main .button').click();
      await page.waitForURL('**/account/login');
      expect(await world.opens('username1', NEW_PASSWORD)).toBe(true);
    },
    PATIENCE_MS,
  );

  it('works without scripts', async () => {
    await visit(await world.path('UNLOCK_ACCOUNT'), { javaScript: false });
    await page.locator('main .button').click();
    await page.waitForURL('**/user/processRequest/done');
    expect(await page.locator('h1').textContent()).toBe('Your account is unlocked');
  });

  describe('unattended log-in by the page of another origin', () => {
    const logIn = (path: string): Promise<string> =>
      page.evaluate(async (url) => {
        try {
          const headers = { 'X-Requested-With': 'XMLHttpRequest' };
          return await (await fetch(url, { credentials: 'include', headers })).text();
        } catch (error) {
          return String(error);
        }
      }, world.url + path);

    it('lets the person in when the origin is listed', async () => {
      await world.requests.house.set('cors_origins', [origin()]);
      page = await browser.open();
      await page.goto(origin());
      expect(await logIn(await world.path('LOGIN_UNATTENDED'))).toBe('OK');
      await page.goto(`${world.url}/account`);
      expect(new URL(page.url()).pathname).toBe('/account');
      expect(await page.locator('main').textContent()).toContain('username1');
      await screenshot(page, 'user-request-home');
    });

    it('fails when it is not, and the request can be used still', async () => {
      await world.requests.house.set('cors_origins', ['https://portal.example.test']);
      page = await browser.open();
      await page.goto(origin());
      const path = await world.path('LOGIN_UNATTENDED');
      expect(await logIn(path)).toContain('Failed to fetch');
      await page.goto(`${world.url}/account`);
      expect(new URL(page.url()).pathname).toBe('/account/login');
      expect(await world.word(path)).toBe('OK');
    });

    it('leads back to the portal by a redirect', async () => {
      await world.requests.house.set('allowed_redirect_origins', [origin()]);
      page = await browser.open();
      await page.goto(
        `${world.url}${await world.path('LOGIN_UNATTENDED')}?redirect=${encodeURIComponent(`${origin()}/back`)}`,
      );
      expect(page.url()).toBe(`${origin()}/back`);
      await page.goto(`${world.url}/account`);
      expect(new URL(page.url()).pathname).toBe('/account');
    });
  });
});
