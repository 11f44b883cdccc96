import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { expectAccessible, screenshot, TestBrowser } from '../support/browser.js';
import { describeWith } from '../support/describe-with.js';
import { GOOD_LINK } from './fake-password-reset-pages.js';
import { type PagesApp, startPagesApp } from './pages-app.js';

/** A page of somebody else that shows `address` in a frame. `localhost` is another site than our 127.0.0.1. */
class Portal {
  address = '';

  private constructor(private readonly server: Server) {}

  static async start(): Promise<Portal> {
    const server = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      const frame = `<iframe title="Password" src="${portal.address}" width="480" height="900"></iframe>`;
      response.end(`<!doctype html><html lang="en"><title>Portal</title><main><h1>Portal</h1>${frame}</main></html>`);
    });
    const portal = new Portal(server);
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
    return portal;
  }

  get origin(): string {
    return `http://localhost:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    await new Promise((resolve) => this.server.close(resolve));
  }
}

describeWith('chromium', 'password reset inside another page', () => {
  let pages: PagesApp;
  let browser: TestBrowser;
  let portal: Portal;
  let stranger: Portal;
  let page: Page;

  beforeAll(async () => {
    pages = await startPagesApp();
    await pages.app.listen(0, '127.0.0.1');
    browser = await TestBrowser.start();
    portal = await Portal.start();
    stranger = await Portal.start();
  });

  beforeEach(() => {
    pages.restore();
    pages.configuration.values.set('frame_ancestors', [portal.origin]);
    return async () => {
      await page.context().close();
    };
  });

  afterAll(async () => {
    await browser.stop();
    await Promise.all([portal.stop(), stranger.stop(), pages.app.close()]);
  });

  async function frameIn(host: Portal, query: string): Promise<Frame> {
    host.address = `${await pages.app.getUrl()}/webapps/pwreset/?req=${GOOD_LINK}${query}`;
    page = await browser.open();
    await page.goto(host.origin);
    const frame = page.frames()[1];
    if (!frame) throw new Error('no frame');
    await frame.waitForLoadState();
    return frame;
  }

  it('leads from the link to the new password in the frame of a configured origin', async () => {
    const frame = await frameIn(portal, '&inline=1');
    await screenshot(page, 'inline-1-landing');
    await expectAccessible(page);
    await frame.locator('.button').click();
    await frame.waitForURL('**/webapps/pwreset/password?inline=1');
    await screenshot(page, 'inline-2-password');
    await expectAccessible(page);
    await frame.locator('.languages a[lang=de]').click();
    await frame.getByRole('heading', { name: 'Wählen Sie ein neues Passwort' }).waitFor();
    await frame.locator('#password').fill('quiet harbour 7');
    await frame.locator('#repeated').fill('quiet harbour 7');
    await frame.locator('.button').click();
    await frame.waitForURL('**/webapps/pwreset/done?inline=1');
    expect(await frame.locator('h1').textContent()).toBe('Ihr neues Passwort gilt');
    expect(pages.reset.submitted).toEqual(['quiet harbour 7']);
  }, 120_000);

  it('shows nothing in the frame of any other origin', async () => {
    const frame = await frameIn(stranger, '&inline=1');
    expect(await frame.locator('.card').count()).toBe(0);
  });

  it('shows nothing in any frame when not asked for', async () => {
    const frame = await frameIn(portal, '');
    expect(await frame.locator('.card').count()).toBe(0);
  });
});
