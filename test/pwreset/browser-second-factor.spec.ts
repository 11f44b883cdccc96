import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { Database } from '../../src/core/database/database.js';
import type { BuiltinPerson } from '../../src/core/directory/builtin/builtin-person.entity.js';
import { Certificates } from '../../src/tokens/kinds/certificate/certificates.js';
import { type Answerer, AnsweringTokens } from '../support/answering-tokens.js';
import {
  expectAccessible,
  expectNoSidewaysScrolling,
  screenshot,
  TestBrowser,
  type Visitor,
} from '../support/browser.js';
import { describeWith } from '../support/describe-with.js';
import { fetchOver } from '../support/fetch-over.js';
import { realPartPath } from '../support/real-parts.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { type ServerCertificate, TestCa } from '../support/test-ca.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { makePki, type TestPki } from '../support/test-pki.js';
import { TokenFactory } from '../support/token-factory.js';
import { dnOf } from '../help-desk/contract/desk.js';
import { accountOf, foundOf } from './contract/owing.js';
import { NEW_PASSWORD, World } from './contract/world.js';

describeWith(['chromium', 'openssl'], 'the second factor of a password reset in a browser', () => {
  let database: TestDatabase;
  let world: World;
  let browser: TestBrowser;
  let pki: TestPki;
  let person: BuiltinPerson;
  let answering: AnsweringTokens;

  beforeAll(async () => {
    database = await createTestDatabase('embedded');
    const folder = temporaryFolder('browser-second-factor');
    const ca = await TestCa.create(folder);
    pki = await makePki();
    const listener = await ca.issue('listener', { addresses: ['127.0.0.1'], names: [] });
    const tls = { cert: listener.certFile, key: listener.keyFile, clientCa: pki.certificateFile };
    const base = {
      publicUrl: 'https://127.0.0.1:${PORT}',
      domainSettings: '{ otp_list_order: BY_NUMBER }',
      more: `pki: { certificateFile: '${pki.certificateFile}', keyFile: '${pki.keyFile}' }`,
    };
    world = await World.start(database, base, { environment: { tls }, send: fetchOver(ca.caFile) });
    browser = await TestBrowser.start();
  });
  beforeEach(async () => {
    await world.calm();
    person = await world.person();
    const services = { get: world.app.get.bind(world.app), database: world.app.get(Database), clock: world.app.clock };
    answering = new AnsweringTokens(services, new TokenFactory(services));
  });
  afterAll(async () => {
    await browser.stop();
    await world.stop();
    await database.stop();
  });

  /** Follows a link to the page of the step. */
  async function enter(visitor: Visitor = {}): Promise<Page> {
    const page = await browser.open({ trustsAnyServer: true, ...visitor });
    await page.goto(await world.link(person, { mfa: true }));
    await page.locator('main form button[type=submit]').click();
    await page.getByRole('heading', { name: 'Show that it is you' }).waitFor();
    return page;
  }

  async function setsPassword(page: Page): Promise<void> {
    await page.getByLabel('New password', { exact: true }).fill(NEW_PASSWORD);
    await page.getByLabel(/again|repeat/i).fill(NEW_PASSWORD);
    await page.locator('main form button[type=submit]').click();
    await page.getByText('Your new password is set').waitFor();
    await page.context().close();
    expect(await world.opens(person, NEW_PASSWORD)).toBe(true);
  }

  /** A certificate of the person, for a key made by OpenSSL. */
  async function certificate(): Promise<ServerCertificate> {
    const own = join(temporaryFolder('own-certificate'), 'own');
    const [keyFile, certFile] = [`${own}.key`, `${own}.pem`];
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', keyFile];
    const request = execFileSync(realPartPath('openssl'), ['req', '-new', ...key, '-subj', '/CN=me'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [certificates, found] = [world.app.get(Certificates), await foundOf(world, person)];
    const issued = await certificates.sign(found, request);
    const holder = { found, requestId: undefined, context: { actor: 'p', domain: 'ACME', target: person.login } };
    await database.database.transaction((tx) => certificates.enrol(tx, holder, issued));
    writeFileSync(certFile, issued.pem);
    return { keyFile, certFile };
  }

  it.each<[string, string, RegExp, () => Promise<Answerer['answer']>]>([
    [
      'a grid card',
      'Ask me for cells of my card',
      /cells ([A-Z0-9 ]+)\?/,
      async () => (await answering.gridCard(await accountOf(world, person))).answer,
    ],
    [
      'a token that answers a number',
      'Give me a number',
      /answer to (\d+)\?/,
      async () => (await answering.ocra(await accountOf(world, person))).answer,
    ],
    [
      'a numbered list',
      'Ask me for a code of my list',
      /Code number (\d+)/,
      async () => {
        const dn = dnOf(person);
        await world.chief.call('OpenOTP.List_Register', { dn, size: 25 });
        const { result } = await world.chief.call('OpenOTP.List_Fetch', { dn });
        return (number) => (result as string[])[Number(number) - 1] ?? '';
      },
    ],
  ])('%s: asked, answered wrongly, then rightly', async (name, button, question, give) => {
    const answer = await give();
    const page = await enter({ viewport: 'phone' });
    await expectAccessible(page);
    await page.getByRole('button', { name: button }).click();
    const field = page.getByLabel(question);
    await field.waitFor();
    await expectAccessible(page);
    await expectNoSidewaysScrolling(page);
    await screenshot(page, `second-factor-${name.replaceAll(' ', '-')}`);
    await field.fill('wrong');
    await field.press('Enter');
    await page.getByText('4 tries left').first().waitFor();
    await expectAccessible(page);
    await screenshot(page, `second-factor-${name.replaceAll(' ', '-')}-wrong`);
    const asked = question.exec(await page.locator('main').innerText())?.[1] ?? '';
    await page.getByLabel(question).fill(answer(asked));
    await page.getByLabel(question).press('Enter');
    await setsPassword(page);
  });

  it('a path on a grid: walked on the grid that is shown', async () => {
    const { answer } = await answering.gridGo(await accountOf(world, person));
    const page = await enter({ viewport: 'phone', colorScheme: 'dark' });
    await page.getByRole('button', { name: 'Show me a grid' }).click();
    await page.getByLabel('The signs on your path').waitFor();
    await expectAccessible(page);
    await expectNoSidewaysScrolling(page);
    await screenshot(page, 'second-factor-path');
    const grid = await page
      .locator('#grid tbody tr')
      .evaluateAll((rows) =>
        rows.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent).join('')),
      );
    await page.getByLabel('The signs on your path').fill(answer(JSON.stringify({ grid, rows: 10, cols: 22 })));
    await page.getByLabel('The signs on your path').press('Enter');
    await setsPassword(page);
  });

  it('a certificate: the one that the browser shows', async () => {
    const { certFile, keyFile } = await certificate();
    const origin = world.app.url;
    const page = await enter({ options: { clientCertificates: [{ origin, certPath: certFile, keyPath: keyFile }] } });
    await expectAccessible(page);
    await screenshot(page, 'second-factor-certificate');
    await page.getByRole('button', { name: 'Use the certificate of this browser' }).click();
    await setsPassword(page);
  });

  it('a certificate that the browser does not show is explained', async () => {
    await certificate();
    const page = await enter();
    await page.getByText('This browser has shown no certificate').waitFor();
    await expectAccessible(page);
    await screenshot(page, 'second-factor-no-certificate');
    await page.context().close();
  });
});
