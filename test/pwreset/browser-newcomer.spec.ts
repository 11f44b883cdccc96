import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readEnvironment } from '../../src/core/config/read-environment.js';
import { serve } from '../../src/serve.js';
import { screenshot, TestBrowser } from '../support/browser.js';
import { describeWith } from '../support/describe-with.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const NEW = 'quiet harbour 7 moon';

/** The walk through the embedded mode that the start page proposes, with nothing doubled. */
describeWith(['chromium', 'curl'], 'what a newcomer sees', () => {
  let application: NestFastifyApplication;
  let browser: TestBrowser;
  let page: Page;

  beforeAll(async () => {
    const variables = { PORT: '0', LATCHKEY_DATA_DIR: temporaryFolder('newcomer'), LATCHKEY_LOG_LEVEL: 'silent' };
    application = await serve(readEnvironment(variables), variables);
    browser = await TestBrowser.start();
    page = await browser.open();
  });

  afterAll(async () => {
    await browser.stop();
    await application.close();
  });

  it('leads from the start page over the call and the mailbox to a new password', async () => {
    const base = await application.getUrl();
    await page.goto(base);
    const call = await page.locator('#sample-call').textContent();
    const { stdout } = await promisify(execFile)('sh', ['-c', call ?? '']);
    const link = (JSON.parse(stdout) as { result: string }).result;
    expect(link).toMatch(new RegExp(`^${base}/webapps/pwreset/\\?req=[\\w-]{43}$`));

    await page.locator('a[href="/dev/mailbox"]').click();
    await page.locator(`a[href="${link}"]`).first().waitFor({ state: 'attached' });
    await page.goto(link);
    expect(await page.locator('h1').textContent()).toBe('Hello Jane Doe');
    await page.locator('.button').click();
    await page.waitForURL('**/password');

    await page.locator('#password').fill('jane');
    await page.locator('#repeated').fill('doe');
    await page.keyboard.press('Enter');
    await page.locator('#password-error').waitFor();
    await screenshot(page, 'newcomer-refused');
    expect(await page.locator('#password-error').textContent()).toContain('Use at least 8\u00a0characters.');
    expect(await page.locator('#repeated-error').textContent()).toContain('The two entries are not the same.');

    await page.locator('#password').fill(NEW);
    await page.locator('#repeated').fill(NEW);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/done');
    expect(await page.locator('h1').textContent()).toBe('Your new password is set');

    expect((await page.goto(link))?.status()).toBe(404);
    expect(await page.locator('h1').textContent()).toBe('This link is not valid any more');
    await expect
      .poll(async () => JSON.stringify(await (await fetch(`${base}/dev/mailbox.json`)).json()), { timeout: 15_000 })
      .toContain('was changed');
  }, 120_000);
});
