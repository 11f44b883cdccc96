import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { pressWhenLoaded, TestBrowser } from '../support/browser.js';
import { describeWith } from '../support/describe-with.js';
import { LatchkeyProcess } from '../support/latchkey-process.js';
import { DemoPerson } from './demo-person.js';
import { GeneratedAgent } from './generated-agent.js';

vi.setConfig({ hookTimeout: 300_000, testTimeout: 60_000 });

const APPLICATION = { id: 'aid1' };
const USER = { loginName: DemoPerson.LOGIN };
const SPASS = { method: 'SPASS', password: DemoPerson.PASSWORD };

/** The key in the browser. */
const KEY = {
  protocol: 'ctap2',
  transport: 'internal',
  hasResidentKey: true,
  hasUserVerification: true,
  isUserVerified: true,
  automaticPresenceSimulation: true,
} as const;

describeWith('chromium', 'a generated client and a person with a browser', () => {
  let server: LatchkeyProcess;
  let browser: TestBrowser;
  let agent: GeneratedAgent;
  let jane: DemoPerson;
  let page: Page;

  beforeAll(async () => {
    server = await LatchkeyProcess.start();
    browser = await TestBrowser.start();
    jane = new DemoPerson(server.url);
  });
  afterAll(async () => {
    await browser.stop();
    await server.stop();
  });
  beforeEach(async () => {
    page = await browser.open();
    agent = await GeneratedAgent.connect(server.url);
  });
  afterEach(() => page.context().close());

  const first = () => agent.present({ application: APPLICATION, user: USER, credential: SPASS });
  const second = (credential: object) => agent.present({ application: APPLICATION, credential });
  const challenge = (token: object) =>
    agent.result<{ id: string; code: string }>('getChallengeCode', { user: USER, token });

  /** Follows an enrolment link up to the page of one item. */
  async function choose(item: string): Promise<void> {
    await page.goto((await jane.enrolmentLink()).replace('127.0.0.1', 'localhost'));
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByLabel('Current password').fill(DemoPerson.PASSWORD);
    await page.locator('form button[type=submit]').first().click();
    await page.getByRole('link', { name: item }).click();
  }

  it('FIDO: an assertion of a passkey, made in a page, completes the logon', async () => {
    const devices = await page.context().newCDPSession(page);
    await devices.send('WebAuthn.enable');
    await devices.send('WebAuthn.addVirtualAuthenticator', { options: KEY });
    await choose('Security key or passkey');
    await page.getByLabel('What do you call it?').fill('my laptop');
    await page.getByRole('button', { name: 'Continue' }).click();
    await pressWhenLoaded(page, 'Set up now');
    await page.getByText('1 of 10 in use').waitFor();

    /** What a front-end's page does with the options of `getChallengeCode`. */
    const assertion = (options: string): Promise<string> =>
      page.evaluate(async (text) => {
        const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(
          JSON.parse(text) as PublicKeyCredentialRequestOptionsJSON,
        );
        return JSON.stringify(await navigator.credentials.get({ publicKey }));
      }, options);

    expect(await first()).toBe(false);
    const { id, code } = await challenge({ 'product.method': 'FIDO' });
    const otp = await assertion(code);
    expect(await second({ method: 'FIDO', otp, cc: id })).toBe(true);
    await first();
    await expect(second({ method: 'FIDO', otp, cc: id })).rejects.toThrow('320: ');
  });

  it('OOBA: a logon waits until the page at /device has approved it', async () => {
    await choose('Approve on this phone or browser');
    await page.getByLabel('What do you call this device?').fill('my phone');
    await page.getByRole('button', { name: 'Continue' }).click();
    await pressWhenLoaded(page, 'Set up this device');
    await page.getByRole('link', { name: 'Open “Approve sign-ins”' }).click();
    await page.getByRole('heading', { name: 'Nothing to approve' }).waitFor();

    expect(await first()).toBe(false);
    const { id, code: number } = await challenge({ 'product.functions': 'OOBA' });
    let answered = false;
    const waiting = second({ method: 'OOBA', cc: id }).finally(() => (answered = true));
    await page.getByRole('heading', { name: 'Is it you who is signing in?' }).waitFor();
    await page.getByText('application 1').waitFor();
    expect(answered).toBe(false);
    await page.getByLabel('Type the number').fill(number);
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.getByRole('heading', { name: 'Approved' }).waitFor();
    expect(await waiting).toBe(true);
    await page.getByRole('button', { name: 'Back' }).click();

    await first();
    const declined = second({ method: 'OOBA' });
    await page.getByRole('button', { name: 'Decline' }).click();
    await expect(declined).rejects.toThrow('380: ');
  });
});
