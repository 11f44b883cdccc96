import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { KeyRing } from '../../src/core/crypto/key-ring.js';
import type { BuiltinPerson } from '../../src/core/directory/builtin/builtin-person.entity.js';
import { type Seed, seedText } from '../../src/tokens/oath/seed.js';
import { TOKEN_SECRET } from '../../src/tokens/token-secrets.js';
import { TokenStore } from '../../src/tokens/token-store.js';
import { World } from '../pwreset/contract/world.js';
import {
  expectAccessible,
  expectNoSidewaysScrolling,
  screenshot,
  TestBrowser,
  type Visitor,
} from '../support/browser.js';
import { describeWith } from '../support/describe-with.js';
import { realPartPath } from '../support/real-parts.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { makePki, type TestPki } from '../support/test-pki.js';
import { TokenFactory } from '../support/token-factory.js';
import { upToChoice } from './browser-entry.js';
import { storedTokens } from './contract/enrolling.js';

/** The seed of RFC 4226, appendix D, whose codes `TokenFactory` knows. */
const SEED = Buffer.from('12345678901234567890') as Uint8Array as Seed;

const openssl = (...args: string[]): string =>
  execFileSync(realPartPath('openssl'), args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });

describeWith(['chromium', 'openssl'], 'enrolling in a browser, item by item', () => {
  let database: TestDatabase;
  let world: World;
  let browser: TestBrowser;
  let pki: TestPki;
  let person: BuiltinPerson;

  beforeAll(async () => {
    database = await createTestDatabase('embedded');
    pki = await makePki();
    const more = `pki: { certificateFile: '${pki.certificateFile}', keyFile: '${pki.keyFile}' }`;
    world = await World.start(database, { more });
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

  async function choose(name: string, visitor: Visitor = {}): Promise<Page> {
    const page = await upToChoice(world, browser, person, visitor);
    await page.getByRole('link', { name }).click();
    return page;
  }

  async function expectGood(page: Page, picture: string): Promise<void> {
    await expectAccessible(page);
    await expectNoSidewaysScrolling(page);
    await screenshot(page, `selfreg-${picture}`);
  }

  it('security questions: refused as a whole, with what was chosen still there, then stored', async () => {
    const page = await choose('Security questions', { viewport: 'phone' });
    const answers = ['Fontainebleau', 'Rue Haute 4', 'Minette', 'Lilac', 'ab'];
    await expectGood(page, 'questions');
    for (const [index, answer] of answers.entries()) {
      await page.getByLabel(`Question ${index + 1}`).fill(`What is my own riddle ${index + 1}?`);
      await page.getByLabel(`Answer ${index + 1}`).fill(answer);
    }
    await page.getByRole('button', { name: 'Save questions' }).click();
    await page.getByText('An answer has 3 to 100 letters').first().waitFor();
    await expectGood(page, 'questions-refused');
    expect(await page.getByLabel('Question 3').inputValue()).toBe('What is my own riddle 3?');
    expect(await page.getByLabel('Answer 3').inputValue()).toBe('');
    expect(await storedTokens(world, person)).toEqual([]);
    for (const [index, answer] of [...answers.slice(0, 4), 'Mme Weber'].entries()) {
      await page.getByLabel(`Answer ${index + 1}`).fill(answer);
    }
    await page.getByRole('button', { name: 'Save questions' }).click();
    await page.getByText('Set up: security questions').waitFor();
    expect(await storedTokens(world, person)).toMatchObject([{ slot: 'Questions', status: 'ACTIVE' }]);
    await page.context().close();
  });

  it('a certificate with its key: downloaded once, opened with the password that is shown', async () => {
    const page = await choose('Certificate');
    await expectGood(page, 'certificate');
    await page.getByRole('button', { name: 'Make a certificate with its key' }).click();
    await page.getByRole('heading', { name: 'Your certificate' }).waitFor();
    await expectGood(page, 'certificate-made');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download the certificate with its key' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('certificate.p12');
    const password = (await page.locator('#secret').textContent()) ?? '';
    const read = openssl('pkcs12', '-in', await download.path(), '-nodes', '-passin', `pass:${password.trim()}`);
    expect(read).toContain('-----BEGIN PRIVATE KEY-----');
    const certificate = new X509Certificate(
      /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/.exec(read)?.[0] ?? '',
    );
    expect(certificate.subject).toContain(`UID=${person.login}`);
    await page.reload();
    expect(await page.locator('#secret').count()).toBe(0);
    await page.context().close();
  });

  it('a certificate for a request: what is none is refused, a good one is signed and downloaded', async () => {
    const folder = temporaryFolder('csr');
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', join(folder, 'key.pem')];
    const request = openssl('req', '-new', ...key, '-subj', '/CN=somebody else');
    const page = await choose('Certificate', { viewport: 'phone', colorScheme: 'dark' });
    await page.getByText('I have a certificate request').click();
    await page.getByLabel('Certificate request', { exact: true }).fill('not one');
    await page.getByRole('button', { name: 'Sign the request' }).click();
    await page.locator('[role=alert], .problems, .summary').first().waitFor();
    await expectGood(page, 'certificate-refused');
    await page.getByLabel('Certificate request', { exact: true }).fill(request);
    await page.getByRole('button', { name: 'Sign the request' }).click();
    await page.getByRole('heading', { name: 'Your certificate is signed' }).waitFor();
    await expectGood(page, 'certificate-signed');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download' }).click(),
    ]);
    const file = join(folder, 'certificate.pem');
    await writeFile(file, await readFile(await download.path()));
    expect(openssl('verify', '-partial_chain', '-no_check_time', '-CAfile', pki.certificateFile, file)).toContain('OK');
    expect(new X509Certificate(await readFile(file)).subject).toContain(`UID=${person.login}`);
    await page.context().close();
  });

  it('a hardware token: the way is found from the app, a wrong code tells nothing, the right one stores it', async () => {
    const { app } = world;
    const tokens = new TokenFactory({ get: app.get.bind(app), database: database.database, clock: app.clock });
    const serial = 'HW-2003/7';
    await app.get(TokenStore).create(database.database.manager, {
      serial,
      kind: 'TOTP',
      product: 'RC/HW',
      secretSealed: app.get(KeyRing).seal(seedText(SEED), TOKEN_SECRET),
      state: { hash: 'SHA1', digits: 6, period: 30 },
    });
    const page = await choose('Token', { viewport: 'phone' });
    await page.getByRole('link', { name: 'With a token that you were given' }).click();
    await expectGood(page, 'hardware');
    await page.getByLabel('Serial number').fill(serial);
    await page.getByLabel('Code', { exact: true }).fill('000000');
    await page.getByRole('button', { name: 'Finish' }).click();
    await page.getByText('The serial number or the code is not right').first().waitFor();
    await expectGood(page, 'hardware-refused');
    expect(await page.getByLabel('Serial number').inputValue()).toBe(serial);
    await page.getByLabel('Code', { exact: true }).fill(tokens.code());
    await page.getByRole('button', { name: 'Finish' }).click();
    await page.getByText(/^Set up: /).waitFor();
    expect(await storedTokens(world, person)).toMatchObject([{ kind: 'TOTP', slot: 'Token1', status: 'ACTIVE' }]);
    await page.context().close();
  });

  it('"this was not me": opened from the message, looked at, pressed, and dead after that', async () => {
    const enrolling = await choose('PIN code');
    await enrolling.getByLabel('PIN code', { exact: true }).fill('Pelican7');
    await enrolling.getByLabel(/again/).fill('Pelican7');
    await enrolling.locator('main form button[type=submit]').first().click();
    await enrolling.getByText('Set up: PIN code').waitFor();
    await enrolling.context().close();
    const [notice] = await world.messages(person);
    const link = /http\S+\/not-me\/\?req=[\w-]{43}/.exec(notice?.text ?? '')?.[0] ?? '';
    const page = await browser.open({ viewport: 'phone' });
    await page.goto(link);
    await page.getByText(person.login, { exact: true }).waitFor();
    await expectGood(page, 'not-me');
    expect(await storedTokens(world, person)).toMatchObject([{ status: 'ACTIVE' }]);
    await page.getByRole('button', { name: 'It was not me: stop it' }).click();
    await page.getByRole('heading', { name: 'It is stopped' }).waitFor();
    await expectGood(page, 'not-me-done');
    expect(await storedTokens(world, person)).toMatchObject([{ status: 'DISABLED' }]);
    await page.goto(link);
    await page.getByText('This link is not valid any more').first().waitFor();
    await page.context().close();
  });
});
