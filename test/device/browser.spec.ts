import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { BuiltinPerson } from '../../src/core/directory/builtin/builtin-person.entity.js';
import { plainSecret } from '../../src/core/crypto/secret-types.js';
import { PinCodes } from '../../src/tokens/kinds/pin-code/pin-codes.js';
import { PushRequests } from '../../src/tokens/push-requests/push-requests.js';
import { World } from '../pwreset/contract/world.js';
import { storedTokens } from '../selfreg/contract/enrolling.js';
import { expectAccessible, expectNoSidewaysScrolling, screenshot, TestBrowser } from '../support/browser.js';
import { describeWith } from '../support/describe-with.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { ask, enrolBrowser, found } from './device-world.js';

describeWith('chromium', 'a browser as a push device', () => {
  let database: TestDatabase;
  let world: World;
  let browser: TestBrowser;
  let person: BuiltinPerson;
  let page: Page;
  const faults: string[] = [];

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
    await visitor({});
  });
  afterEach(async () => {
    await page.context().close();
    // What the policy of the page forbids, and errors in its scripts.
    const [fault] = faults.splice(0);
    if (fault !== undefined) throw new Error(fault);
  });

  async function visitor(as: Parameters<TestBrowser['open']>[0]): Promise<void> {
    await page?.context().close();
    page = await browser.open(as);
    await page.clock.install();
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => {
      if (/Content Security Policy|Refused to/.test(message.text())) faults.push(message.text());
    });
  }

  const heading = (name: string) => page.getByRole('heading', { level: 1, name });

  /** The page looks every two seconds; here it does at once. */
  const soon = () => page.clock.fastForward(2_000);

  async function asked(...order: Parameters<typeof ask>): ReturnType<typeof ask> {
    const begun = await ask(...order);
    await soon();
    return begun;
  }

  async function device(): Promise<void> {
    await enrolBrowser(world, person, page);
    await page.getByRole('link', { name: 'Open “Approve sign-ins”' }).click();
    await heading('Nothing to approve').waitFor();
  }

  it('is set up by a link, and says for whom', async () => {
    await enrolBrowser(world, person, page);
    await screenshot(page, 'device-enrolled');
    expect(await storedTokens(world, person)).toMatchObject([{ kind: 'Push', slot: 'Push1', status: 'ACTIVE' }]);
    await page.getByRole('link', { name: 'Open “Approve sign-ins”' }).click();
    await heading('Nothing to approve').waitFor();
    await page.getByText(`${person.login} · ACME (my laptop)`).waitFor();
    await expectAccessible(page);
    await screenshot(page, 'device-idle');
  });

  it('keeps a key that nobody can read', async () => {
    await device();
    const kept = await page.evaluate(
      () =>
        new Promise<{ extractable: boolean; exported: string }>((resolve) => {
          const opening = indexedDB.open('latchkey-device', 1);
          opening.onsuccess = () => {
            const asked = opening.result.transaction('keys').objectStore('keys').getAll();
            asked.onsuccess = () => {
              const [{ privateKey }] = asked.result as [{ privateKey: CryptoKey }];
              crypto.subtle.exportKey('jwk', privateKey).then(
                () => resolve({ extractable: privateKey.extractable, exported: 'yes' }),
                () => resolve({ extractable: privateKey.extractable, exported: 'no' }),
              );
            };
          };
        }),
    );
    expect(kept).toEqual({ extractable: false, exported: 'no' });
    expect(await page.context().cookies(`${world.app.url}/device`)).toEqual([]);
  });

  it('attack 43: approves with the number that is shown where the person signs in', async () => {
    await device();
    const { outcome } = await asked(world, person, { number: '42' });
    await heading('Is it you who is signing in?').waitFor();
    await page.getByText('Harbour VPN').waitFor();
    await page.getByText('203.0.113.20').waitFor();
    expect(await page.content()).not.toContain('42</');
    await expectAccessible(page);
    await screenshot(page, 'device-request');
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.getByText('Type the two digits').waitFor();
    await page.getByLabel('Type the number').fill('42');
    await page.getByRole('button', { name: 'Approve' }).click();
    await heading('Approved').waitFor();
    await screenshot(page, 'device-approved');
    expect(await outcome).toBe('approved');
    await page.getByRole('button', { name: 'Back' }).click();
    await heading('Nothing to approve').waitFor();
  });

  it('attack 43: is over with a wrong number', async () => {
    await device();
    const { outcome } = await asked(world, person, { number: '42' });
    await page.getByLabel('Type the number').fill('24');
    await page.getByRole('button', { name: 'Approve' }).click();
    await heading('The number was not the right one').waitFor();
    expect(await outcome).toBe('denied');
  });

  it('asks for the PIN code where the policy says so', async () => {
    await device();
    const holder = { found: await found(world, person), requestId: undefined, context: { actor: 'system' } };
    const pins = world.app.get(PinCodes);
    await database.database.transaction((tx) => pins.register(tx, holder, plainSecret('Abcd')));
    const { outcome } = await asked(world, person, { localAuth: 'PIN' });
    await heading('Is it you who is signing in?').waitFor();
    await screenshot(page, 'device-pin');
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.getByText('This is not your PIN code.').waitFor();
    await page.getByLabel('Your PIN code').fill('wrong');
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.waitForFunction(() => document.querySelector<HTMLInputElement>('#own-pin')?.value === '');
    await expectAccessible(page);
    await screenshot(page, 'device-pin-wrong');
    await page.getByLabel('Your PIN code').fill('Abcd');
    await page.getByRole('button', { name: 'Approve' }).click();
    await heading('Approved').waitFor();
    expect(await outcome).toBe('approved');
  });

  it('declines', async () => {
    await device();
    const { outcome } = await asked(world, person);
    await heading('Is it you who is signing in?').waitFor();
    expect(await page.getByLabel('Type the number').isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Decline' }).click();
    await heading('Declined').waitFor();
    await screenshot(page, 'device-denied');
    expect(await outcome).toBe('denied');
  });

  it('says when a request is over', async () => {
    await device();
    await asked(world, person, { session: 'logon 1' });
    await heading('Is it you who is signing in?').waitFor();
    expect(await world.app.get(PushRequests).withdraw('logon 1')).toBe(1);
    await soon();
    await heading('The request is over').waitFor();
  });

  it('attack 43: swaps no request for a newer one under the finger', async () => {
    await device();
    await asked(world, person, { applicationName: 'Harbour VPN' });
    await heading('Is it you who is signing in?').waitFor();
    const { outcome } = await asked(world, person, { applicationName: 'Payroll' });
    await heading('The request is over').waitFor();
    await heading('Is it you who is signing in?').waitFor();
    await page.getByText('Payroll').waitFor();
    await page.getByRole('button', { name: 'Approve' }).click();
    await heading('Approved').waitFor();
    expect(await outcome).toBe('approved');
  });

  it('says when it may not be used any more, and forgets its key', async () => {
    await device();
    await world.query(`UPDATE token_assignments SET status = 'DISABLED'`);
    await soon();
    await heading('This device may not be used any more').waitFor();
    await screenshot(page, 'device-revoked');
    await page.reload();
    await heading('Set up this device').waitFor();
    await expectAccessible(page);
    await screenshot(page, 'device-none');
  });

  it('says when the server does not answer, and goes on when it does', async () => {
    await device();
    await page.context().setOffline(true);
    await soon();
    await heading('No connection').waitFor();
    await page.context().setOffline(false);
    await heading('Nothing to approve').waitFor();
    expect(await heading('No connection').isVisible()).toBe(false);
  });

  it('fits on a phone, in the dark, in every language', async () => {
    await visitor({ viewport: 'narrow', colorScheme: 'dark' });
    await device();
    await asked(world, person, { number: '42' });
    await heading('Is it you who is signing in?').waitFor();
    await expectNoSidewaysScrolling(page);
    await expectAccessible(page);
    await screenshot(page, 'device-request-phone-dark');
    for (const [language, name] of [
      ['Deutsch', 'Melden Sie sich gerade an?'],
      ['Français', 'Est-ce vous qui vous connectez ?'],
      ['Русский', 'Это вы сейчас входите?'],
    ] as const) {
      await page.getByRole('link', { name: language }).click();
      await heading(name).waitFor();
      await expectNoSidewaysScrolling(page);
    }
    await screenshot(page, 'device-request-phone-ru');
  });

  it('can be installed', async () => {
    await page.goto(`${world.app.url}/device`);
    await page.waitForFunction(() => navigator.serviceWorker.ready.then(({ scope }) => scope.endsWith('/device')));
    const session = await page.context().newCDPSession(page);
    const { errors } = await session.send('Page.getAppManifest');
    expect(errors).toEqual([]);
    const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
    expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([]);
  });

  it('is not one without scripts, and says so', async () => {
    await visitor({ javaScript: false });
    await page.goto(`${world.app.url}/device`);
    // Playwright leaves out the text of this element, so it is named.
    expect(await page.locator('noscript .lead').isVisible()).toBe(true);
    expect(await page.locator('[data-view]:visible').count()).toBe(0);
  });
});
