import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { CDPSession, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { Configuration } from '../../../../src/core/domains/configuration.js';
import type { Domain } from '../../../../src/core/domains/domain.entity.js';
import { Assets, ASSETS_PATH } from '../../../../src/core/web/assets.js';
import { securityHeaders } from '../../../../src/core/web/security-headers.js';
import { DomainError } from '../../../../src/core/errors/domain-error.js';
import type { EnrolmentHolder } from '../../../../src/tokens/enrolment/enrolment-holder.js';
import { FidoAssertions } from '../../../../src/tokens/kinds/fido/fido-assertions.js';
import { FidoRegistrations } from '../../../../src/tokens/kinds/fido/fido-registrations.js';
import { ceremonyAddress } from '../../../../src/tokens/kinds/fido/relying-party.js';
import { tokenRules } from '../../../../src/tokens/token-rules.js';
import { TokenStore } from '../../../../src/tokens/token-store.js';
import { TestBrowser } from '../../../support/browser.js';
import { describeWith } from '../../../support/describe-with.js';
import { enrolmentHolder } from '../../../support/enrolment-holder.js';
import { type Services, startServices } from '../../../support/services.js';
import { createTestDatabase, type TestDatabase } from '../../../support/test-database.js';

/** The key in the browser: one that asks for a PIN and can keep credentials. */
const KEY = {
  protocol: 'ctap2',
  transport: 'usb',
  hasResidentKey: true,
  hasUserVerification: true,
  isUserVerified: true,
  automaticPresenceSimulation: true,
} as const;

describeWith('chromium', 'FIDO keys in a browser', () => {
  const assets = new Assets();
  let database: TestDatabase;
  let services: Services;
  let browser: TestBrowser;
  let server: Server;
  let publicUrl: string;
  let page: Page;
  let devices: CDPSession;
  let domain: Domain;
  let jane: EnrolmentHolder;

  beforeAll(async () => {
    database = await createTestDatabase('embedded');
    browser = await TestBrowser.start();
    server = createServer((request, response) => {
      answer(request).then(
        ({ type, content }) => response.writeHead(200, { 'content-type': type, ...headers }).end(content),
        (error: unknown) => response.writeHead(500).end(String(error)),
      );
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    publicUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterAll(async () => {
    await browser.stop();
    server.closeAllConnections();
    server.close();
    await database.stop();
  });

  beforeEach(async () => {
    services = await startServices(database);
    domain = await services.domain({ name: 'ACME' });
    await services.configure({ publicUrl });
    jane = await enrolmentHolder(services, domain, { login: 'jane' });
    page = await browser.open();
    devices = await page.context().newCDPSession(page);
    await devices.send('WebAuthn.enable');
  });

  afterEach(async () => {
    await page.context().close();
    await services.close();
    await database.clear();
  });

  const headers = securityHeaders({ framedBy: [], https: false });
  const holder = () => ({ accountId: jane.found.account.id, domainId: domain.id, boundTo: 'logon 1' });

  /** The smallest pages that hold the two ceremonies, under the headers of all our pages. */
  async function answer(request: IncomingMessage): Promise<{ type: string; content: string | Buffer }> {
    const { pathname } = new URL(request.url ?? '', publicUrl);
    if (pathname.startsWith(ASSETS_PATH)) return assets.find(pathname.split('/').at(-1) ?? '') ?? nothing;
    const said = request.method === 'POST' ? new URLSearchParams(await text(request)).get('response') : undefined;
    const registrations = services.get(FidoRegistrations);
    const assertions = services.get(FidoAssertions);
    if (pathname === '/register') {
      if (said === undefined) return form('create', await registrations.begin(jane));
      const proved = await registrations.prove(jane, said).catch((error: unknown) => {
        if (!DomainError.is(error)) throw error;
        return error.code;
      });
      if (typeof proved === 'string') return html(`<h1>${proved}</h1>`);
      await services.database.transaction((tx) => registrations.finish(tx, jane, proved, { name: 'blue key' }));
      return html('<h1>registered</h1>');
    }
    if (pathname !== '/log-on') return nothing;
    if (said === undefined) return form('get', await assertions.begin(holder()));
    const rules = tokenRules(await services.get(Configuration).snapshot(), domain.id);
    const verdict = await assertions.verify({ ...holder(), response: said, rules, context: { actor: 'person' } });
    return html(`<h1>${verdict.ok ? 'logged on' : verdict.code}</h1>`);
  }

  const nothing = { type: 'text/plain', content: '' };
  const html = (content: string) => ({ type: 'text/html; charset=utf-8', content });
  const form = (ceremony: 'create' | 'get', options: object) =>
    html(`<!doctype html><title>FIDO</title><form method="post" data-fido="${ceremony}"
      data-options="${JSON.stringify(options).replaceAll('"', '&quot;')}"><input type="hidden" name="response">
      <p data-fido-says="unsupported" hidden>unsupported</p><p data-fido-says="known" hidden>known</p>
      <p data-fido-says="failed" hidden>failed</p><button type="submit">Go</button></form>
      <script type="module" src="${assets.url('fido.js')}"></script>`);

  const addKey = () => devices.send('WebAuthn.addVirtualAuthenticator', { options: KEY });

  async function go(path: string, address = ceremonyAddress(publicUrl + path)): Promise<string> {
    await page.goto(address ?? publicUrl + path);
    await page.getByRole('button').click();
    return page.locator('h1, p:not([hidden])').innerText();
  }

  it('are registered and asked for, on localhost, without an address of anybody else', async () => {
    await addKey();
    const elsewhere: string[] = [];
    page.on('request', (request) => {
      if (new URL(request.url()).hostname !== 'localhost') elsewhere.push(request.url());
    });
    expect(await go('/register')).toBe('registered');
    expect(await go('/log-on')).toBe('logged on');
    expect(await go('/log-on')).toBe('logged on');
    const [held] = await services.get(TokenStore).ofAccount(services.database.manager, jane.found.account.id, ['FIDO']);
    expect(held).toMatchObject({
      token: { state: { attestation: 'none', transports: ['usb'], userVerified: true } },
      assignment: { slot: 'FIDO1', name: 'blue key', usageCount: 2 },
    });
    expect(Number(held?.token.counter)).toBeGreaterThan(1);
    expect(elsewhere).toEqual([]);
  });

  it('are registered with the statement of their maker where the domain asks for it', async () => {
    await services.set('fido_attestation', 'direct', domain);
    await addKey();
    expect(await go('/register')).toBe('registered');
    const [held] = await services.get(TokenStore).ofAccount(services.database.manager, jane.found.account.id, ['FIDO']);
    expect(held?.token.state).toMatchObject({ attestation: 'packed' });
    expect(await go('/log-on')).toBe('logged on');
  });

  it('are refused with certificates of their maker where the domain does not ask for any', async () => {
    await services.set('fido_attestation', 'direct', domain);
    await addKey();
    await page.goto(ceremonyAddress(`${publicUrl}/register`) ?? '');
    await services.set('fido_attestation', 'none', domain);
    await page.getByRole('button').click();
    expect(await page.locator('h1').innerText()).toBe('proof-not-valid');
  });

  it('say that they are known when they are registered again', async () => {
    await addKey();
    expect(await go('/register')).toBe('registered');
    expect(await go('/register')).toBe('known');
  });

  it('are asked for again after a ceremony that failed', async () => {
    const { authenticatorId } = await devices.send('WebAuthn.addVirtualAuthenticator', {
      options: { ...KEY, isUserVerified: false },
    });
    await services.set('fido_user_verification', 'required', domain);
    expect(await go('/register')).toBe('failed');
    await devices.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true });
    await page.getByRole('button').click();
    expect(await page.locator('h1').innerText()).toBe('registered');
  });

  it('are not possible at the loopback address itself, and the page says so', async () => {
    await addKey();
    expect(await go('/register', `${publicUrl}/register`)).toBe('unsupported');
  });
});
