import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { BuiltinPerson } from '../../src/core/directory/builtin/builtin-person.entity.js';
import { World } from '../pwreset/contract/world.js';
import {
  expectAccessible,
  expectNoSidewaysScrolling,
  screenshot,
  TestBrowser,
  type Visitor,
} from '../support/browser.js';
import { describeWith } from '../support/describe-with.js';
import { pdfCells } from '../support/read-pdf.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { upToChoice } from './browser-entry.js';
import { pageOf, storedTokens } from './contract/enrolling.js';

describeWith(['chromium', 'pdftotext'], 'what people keep of their enrolment', () => {
  let database: TestDatabase;
  let world: World;
  let browser: TestBrowser;
  let person: BuiltinPerson;

  beforeAll(async () => {
    database = await createTestDatabase('embedded');
    world = await World.start(database);
    browser = await TestBrowser.start();
  });
  afterAll(async () => {
    await browser.stop();
    await world.stop();
    await database.stop();
  });
  beforeEach(async () => {
    await world.calm();
    person = await world.person();
  });

  /** Follows a link past the log-in, to the page of an item. */
  async function enter(name: string, visitor: Visitor = {}): Promise<Page> {
    const page = await upToChoice(world, browser, person, visitor);
    await screenshot(page, 'selfreg-choice');
    await page.goto(world.app.url + pageOf(name));
    return page;
  }

  it('a list of codes is copied, downloaded and printed', async () => {
    const page = await enter('otp-list', { options: { permissions: ['clipboard-read', 'clipboard-write'] } });
    await page.getByRole('button', { name: 'Make the list' }).click();
    const codes = await page.locator('#list code').allTextContents();
    expect(codes).toHaveLength(50);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download' }).click(),
    ]);
    const file = await readFile(await download.path(), 'utf8');
    expect(download.suggestedFilename()).toBe('codes.txt');
    expect(file.trim().split('\n')).toEqual(codes.map((code, index) => `${index + 1}. ${code}`));
    await page.getByRole('button', { name: 'Copy' }).click();
    await page.getByText('Copied').waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(file);
    await page.evaluate(() => {
      globalThis.print = () => document.body.setAttribute('data-printed', '');
    });
    await page.getByRole('button', { name: 'Print' }).click();
    await page.locator('body[data-printed]').waitFor();
    await expectAccessible(page);
    await screenshot(page, 'selfreg-list');
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('button', { name: 'Finish' }).isVisible()).toBe(false);
    expect(await page.locator('#list li').last().isVisible()).toBe(true);
    await screenshot(page, 'selfreg-list-print');
  });

  it('a list of codes works without scripts', async () => {
    const page = await enter('otp-list', { javaScript: false });
    await page.getByRole('button', { name: 'Make the list' }).click();
    expect(await page.getByRole('button', { name: 'Download' }).isVisible()).toBe(false);
    await page.getByLabel('Code number 1').fill((await page.locator('#list code').first().textContent()) ?? '');
    await page.getByRole('button', { name: 'Finish' }).click();
    await page.getByText('Set up: list of one-time passwords').waitFor();
    expect(await storedTokens(world, person)).toMatchObject([{ slot: 'OTPList', status: 'ACTIVE' }]);
  });

  it('a grid card is read on a phone, in the dark, and in large print', async () => {
    const page = await enter('grid-card', { viewport: 'phone', colorScheme: 'dark' });
    await page.getByRole('button', { name: 'Make the card' }).click();
    await expectAccessible(page);
    await expectNoSidewaysScrolling(page);
    await screenshot(page, 'selfreg-card-phone-dark');
    await page.getByRole('link', { name: 'Show it in large print' }).click();
    await expectAccessible(page);
    await expectNoSidewaysScrolling(page);
    await screenshot(page, 'selfreg-card-large');
    const cells = /cells ([^?]+)\?/.exec(await page.locator('main').innerText())?.[1]?.split(', ') ?? [];
    const symbols = await Promise.all(cells.map((cell) => page.locator(`[data-cell="${cell}"]`).textContent()));
    await page.getByLabel('What stands in the cells').fill(symbols.join(''));
    await page.getByRole('button', { name: 'Finish' }).click();
    await page.getByText('Set up: grid card').waitFor();
  });

  it('a grid card is downloaded as PDF, with the cells of the page', async () => {
    const page = await enter('grid-card');
    await page.getByRole('button', { name: 'Make the card' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'PDF for printing' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('grid-card.pdf');
    const shown = await page
      .locator('[data-cell]')
      .evaluateAll((all) => all.map((cell) => [cell.getAttribute('data-cell') ?? '', cell.textContent] as const));
    expect(pdfCells(await readFile(await download.path()))).toEqual(new Map(shown));
    await screenshot(page, 'selfreg-card');
    await page.context().close();
  });

  it('an SSH key is downloaded once', async () => {
    const page = await enter('ssh-key');
    await screenshot(page, 'selfreg-ssh');
    await page.getByText('Have a key made').click();
    await screenshot(page, 'selfreg-ssh-make');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Make a key' }).click();
    await page.getByRole('heading', { name: 'Your new SSH key' }).waitFor();
    await screenshot(page, 'selfreg-ssh-made');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('id_ed25519');
    const file = await readFile(await download.path(), 'utf8');
    expect(file).toMatch(/^-----BEGIN OPENSSH PRIVATE KEY-----\n[\s\S]+\n-----END OPENSSH PRIVATE KEY-----\n$/);
  });

  it.each(['emergency-code', 'grid-go', 'token', 'token/hardware', 'token/yubikey', 'fido', 'pin-code', 'app-keys'])(
    '%s keeps the rules of accessibility, also on a phone',
    async (name) => {
      const page = await enter(name, { viewport: 'phone' });
      await expectAccessible(page);
      await expectNoSidewaysScrolling(page);
      await screenshot(page, `selfreg-${name.replace('/', '-')}`);
      await page.context().close();
    },
  );
});
