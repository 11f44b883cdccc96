import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';
import { realPartPath } from './real-parts.js';

/** How the person in front of the page has set up their browser. */
export interface Visitor {
  /** Preferred language, BCP 47. */
  readonly language?: string;
  readonly colorScheme?: 'light' | 'dark';
  readonly viewport?: keyof typeof VIEWPORTS;
  /** False for a visitor without scripts. */
  readonly javaScript?: boolean;
  /** Accepts any server certificate, for a TLS listener with a certificate of the test's own. */
  readonly trustsAnyServer?: boolean;
  /** Further settings of the browser. */
  readonly options?: BrowserContextOptions;
}

const VIEWPORTS = {
  desktop: { width: 1280, height: 800 },
  phone: { width: 375, height: 667 },
  /** WCAG 2.2 success criterion 1.4.10: no scrolling in two directions. */
  narrow: { width: 320, height: 480 },
} as const;

/** Rules of WCAG 2.2 at levels A and AA, with those of the editions before it. */
const ACCESSIBILITY_RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'];

/** Milliseconds in which an element or a page must be there; generous, as it costs nothing when all is well. */
const PATIENCE_MS = 15_000;

/** Environment variable with the folder for pictures. */
const SCREENSHOTS = 'LATCHKEY_SCREENSHOTS';

/** The system's Chromium, one process for a spec file; every visitor gets a profile of their own. */
export class TestBrowser {
  private constructor(private readonly browser: Browser) {}

  static async start(): Promise<TestBrowser> {
    const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    return new TestBrowser(await chromium.launch({ executablePath: realPartPath('chromium'), headless: true, args }));
  }

  /** A blank page in a fresh profile. Close it with `page.context().close()`, or all with {@link stop}. */
  async open(visitor: Visitor = {}): Promise<Page> {
    const { language = 'en', colorScheme = 'light', viewport = 'desktop', javaScript = true } = visitor;
    const context = await this.browser.newContext({
      locale: language,
      colorScheme,
      viewport: VIEWPORTS[viewport],
      javaScriptEnabled: javaScript,
      reducedMotion: 'reduce',
      ignoreHTTPSErrors: visitor.trustsAnyServer ?? false,
      ...visitor.options,
    });
    context.setDefaultTimeout(PATIENCE_MS);
    return context.newPage();
  }

  async stop(): Promise<void> {
    await this.browser.close();
  }
}

/**
 * Expects that the page, as it stands, keeps every rule of WCAG 2.2 AA that axe can check. Where there are no frames, axe
 * need not open a page of its own to put together what it found in several documents.
 */
export async function expectAccessible(page: Page): Promise<void> {
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).withTags(ACCESSIBILITY_RULES);
  const { violations } = await axe.setLegacyMode(page.frames().length === 1).analyze();
  const found = violations.map(({ id, help, nodes }) => ({
    rule: id,
    help,
    elements: nodes.map(({ target, failureSummary }) => `${target.join(' ')}: ${failureSummary ?? ''}`),
  }));
  expect(found).toEqual([]);
}

/** Expects that nothing is wider than the window (WCAG 2.2 success criterion 1.4.10). */
export async function expectNoSidewaysScrolling(page: Page): Promise<void> {
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
}

/**
 * Presses a button that needs the page's script, which comes after the text: one pressed before it is there sends the form
 * as it stands.
 */
export async function pressWhenLoaded(page: Page, name: string): Promise<void> {
  const button = page.getByRole('button', { name });
  await button.waitFor();
  await page.waitForLoadState();
  await button.click();
}

/** Takes a picture of the whole page into the folder named by `LATCHKEY_SCREENSHOTS`; without that it takes none. */
export async function screenshot(page: Page, name: string): Promise<void> {
  const folder = process.env[SCREENSHOTS];
  if (folder) await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}
