import type { CDPSession, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { BuiltinPerson } from '../../src/core/directory/builtin/builtin-person.entity.js';
import { OLD_PASSWORD, World } from '../pwreset/contract/world.js';
import { expectAccessible, pressWhenLoaded, screenshot, TestBrowser } from '../support/browser.js';
import { describeWith } from '../support/describe-with.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { enrolmentLink, storedTokens } from './contract/enrolling.js';

/** The key in the browser. */
const KEY = {
  protocol: 'ctap2',
  transport: 'usb',
  hasResidentKey: true,
  hasUserVerification: true,
  isUserVerified: true,
  automaticPresenceSimulation: true,
} as const;

describeWith('chromium', 'enrolling a FIDO key in a browser', () => {
  let database: TestDatabase;
  let world: World;
  let browser: TestBrowser;
  let person: BuiltinPerson;
  let page: Page;
  let devices: CDPSession;

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
    page = await browser.open();
    devices = await page.context().newCDPSession(page);
    await devices.send('WebAuthn.enable');
  });
  afterEach(() => page.context().close());

  const plugIn = async (options = {}) =>
    (await devices.send('WebAuthn.addVirtualAuthenticator', { options: { ...KEY, ...options } })).authenticatorId;

  /** Follows a link, at the name where browsers hold ceremonies, up to the button that begins one. */
  async function upToCeremony(params: object = { item: 'FIDO' }, host = 'localhost'): Promise<void> {
    const link = await enrolmentLink(world, person, params);
    await page.goto(link.replace('127.0.0.1', host));
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByLabel('Current password').fill(OLD_PASSWORD);
    await page.locator('form button[type=submit]').first().click();
    if (!('item' in params)) await page.getByRole('link', { name: 'Security key or passkey' }).click();
    await nameIt('blue key');
  }

  async function nameIt(name: string): Promise<void> {
    await page.getByLabel('What do you call it?').fill(name);
    await screenshot(page, 'selfreg-fido-name');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('heading', { name: 'Connect your key' }).waitFor();
  }

  const begin = () => pressWhenLoaded(page, 'Set up now');

  it('sets up a key', async () => {
    await plugIn();
    await upToCeremony();
    await expectAccessible(page);
    await screenshot(page, 'selfreg-fido-ceremony');
    await begin();
    await page.getByRole('heading', { name: 'All set' }).waitFor();
    expect(await storedTokens(world, person)).toMatchObject([{ kind: 'FIDO', slot: 'FIDO1', status: 'ACTIVE' }]);
  });

  it('sets up two keys with one link, and knows the first one again', async () => {
    const first = await plugIn();
    await upToCeremony({});
    await begin();
    await page.getByText('1 of 10 in use').waitFor();
    await page.getByRole('link', { name: 'Security key or passkey' }).click();
    await nameIt('red key');
    await begin();
    await page.getByText('This key is set up for you already').waitFor();
    await devices.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId: first });
    await plugIn();
    await begin();
    await page.getByText('2 of 10 in use').waitFor();
    const slots = (await storedTokens(world, person)).map(({ slot }) => slot);
    expect(slots).toHaveLength(2);
    expect(slots).toEqual(expect.arrayContaining(['FIDO1', 'FIDO2']));
  });

  it('says so when the ceremony is cancelled, and goes on after that', async () => {
    const key = await plugIn({ isUserVerified: false, hasUserVerification: true, automaticPresenceSimulation: false });
    await upToCeremony();
    await page.evaluate(() => {
      const { credentials } = navigator;
      const create = credentials.create.bind(credentials);
      credentials.create = () => {
        credentials.create = create;
        return Promise.reject(new DOMException('by the person', 'NotAllowedError'));
      };
    });
    await begin();
    await page.getByText('The key was not set up').waitFor();
    await screenshot(page, 'selfreg-fido-cancelled');
    expect(await storedTokens(world, person)).toEqual([]);
    await devices.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId: key });
    await plugIn();
    await begin();
    await page.getByRole('heading', { name: 'All set' }).waitFor();
  });

  it('attack 38: holds no ceremony at another origin, and names the one that works', async () => {
    await plugIn();
    await upToCeremony({ item: 'FIDO' }, '127.0.0.1');
    await page.getByText('only under another name of this server').waitFor();
    expect(await page.getByRole('alert').filter({ visible: true }).textContent()).toContain('http://localhost:');
    await screenshot(page, 'selfreg-fido-wrong-origin');
    await begin();
    expect(await storedTokens(world, person)).toEqual([]);
  });
});
