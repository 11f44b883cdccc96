import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import {
  expectAccessible,
  expectNoSidewaysScrolling,
  screenshot,
  TestBrowser,
  type Visitor,
} from '../support/browser.js';
import { describeWith } from '../support/describe-with.js';
import type { BuiltinPerson } from '../../src/core/directory/builtin/builtin-person.entity.js';
import { NEW_PASSWORD, OLD_PASSWORD, World } from './contract/world.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const PATIENCE_MS = 120_000;

describeWith('chromium', 'a link that asks for the old password, in a browser', () => {
  let database: TestDatabase;
  let world: World;
  let browser: TestBrowser;
  let person: BuiltinPerson;
  let page: Page;

  beforeAll(async () => {
    database = await createTestDatabase('embedded');
    world = await World.start(database, { domainSettings: '{ pwreset_require_old_password: true, lock_after: 50 }' });
    browser = await TestBrowser.start();
  });

  beforeEach(async () => {
    await world.calm();
    person = await world.person({ displayName: 'Jane Miller' });
    return async () => {
      await page.context().close();
    };
  });

  afterAll(async () => {
    await browser.stop();
    await world.stop();
    await database.stop();
  });

  /** Follows a link up to the question for the old password. */
  async function follow(visitor: Visitor = {}): Promise<string[]> {
    page = await browser.open(visitor);
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(await world.link(person));
    await page.locator('.button').click();
    await page.waitForURL('**/webapps/pwreset/old-password');
    return complaints;
  }

  async function answer(password: string): Promise<void> {
    await page.locator('#current').fill(password);
    await page.keyboard.press('Enter');
  }

  it.each([
    ['en', 'light', 'desktop', 'Confirm that it is you'],
    ['de', 'dark', 'phone', 'Bestätigen Sie, dass Sie es sind'],
    ['fr', 'dark', 'desktop', 'Confirmez qu’il s’agit bien de vous'],
    ['ru', 'light', 'narrow', 'Подтвердите, что это вы'],
  ] as const)(
    'leads from it to the new one in %s, %s, on a %s',
    async (language, colorScheme, viewport, title) => {
      const complaints = await follow({ language, colorScheme, viewport });
      expect(await page.locator('h1').textContent()).toBe(title);
      await expectAccessible(page);
      await expectNoSidewaysScrolling(page);
      await answer('not the old one');
      await page.locator('.summary').waitFor();
      expect(await page.locator(':focus').getAttribute('class')).toBe('summary');
      expect(await page.locator('#current').inputValue()).toBe('');
      await screenshot(page, `old-password-${language}-${colorScheme}-${viewport}`);
      await expectAccessible(page);
      await expectNoSidewaysScrolling(page);
      await answer(OLD_PASSWORD);
      await page.waitForURL('**/webapps/pwreset/password');
      await page.locator('#password').fill(NEW_PASSWORD);
      await page.locator('#repeated').fill(NEW_PASSWORD);
      await page.keyboard.press('Enter');
      await page.waitForURL('**/webapps/pwreset/done');
      expect(await world.opens(person, NEW_PASSWORD)).toBe(true);
      expect(complaints).toEqual([]);
    },
    PATIENCE_MS,
  );

  it(
    'shows the neutral page after five wrong ones, without scripts too',
    async () => {
      await follow({ javaScript: false });
      for (let guess = 1; guess <= 5; guess++) {
        await page.locator('#current').fill(`not the old one ${guess}`);
        await page.locator('.button').click();
      }
      expect(await page.locator('h1').textContent()).toBe('This page is closed');
      await page.goto(new URL('/webapps/pwreset/password', page.url()).href);
      expect(await page.locator('h1').textContent()).toBe('This page is closed');
      expect((await world.requests(person)).map(({ state }) => state)).toEqual(['locked']);
      expect(await world.opens(person, OLD_PASSWORD)).toBe(true);
    },
    PATIENCE_MS,
  );
});
