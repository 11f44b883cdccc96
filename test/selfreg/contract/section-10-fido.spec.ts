import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/server';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BuiltinPerson } from '../../../src/core/directory/builtin/builtin-person.entity.js';
import { Browserless, type SeenPage } from '../../support/browserless.js';
import { SoftwareAuthenticator } from '../../support/software-authenticator.js';
import { databaseOfSuite } from '../../pwreset/contract/database-of-suite.js';
import { World } from '../../pwreset/contract/world.js';
import { type Enrolling, enrolmentLink, pageOf, pastLogin, storedTokens } from './enrolling.js';

const STORED = { kind: 'FIDO', slot: 'FIDO1', status: 'ACTIVE', ended: false };

describe('section 10.1: enrolling a FIDO key', () => {
  const database = databaseOfSuite();
  let world: World;
  let person: BuiltinPerson;
  /** The same server under the name at which browsers hold ceremonies. */
  let origin: string;
  let key: SoftwareAuthenticator;

  beforeAll(async () => {
    world = await World.start(database());
    origin = world.app.url.replace('127.0.0.1', 'localhost');
  });
  beforeEach(async () => {
    await world.calm();
    person = await world.person();
    key = new SoftwareAuthenticator(origin);
  });
  afterAll(() => world.stop());

  async function begin(params: object = { item: 'FIDO' }): Promise<Enrolling> {
    const { browser, page } = await pastLogin(world, await enrolmentLink(world, person, params));
    const start = page.url.endsWith('/fido') ? page : await browser.get(pageOf('fido'));
    return { browser, page: await browser.submit(start, { name: 'blue key' }) };
  }

  function options({ html }: SeenPage): PublicKeyCredentialCreationOptionsJSON {
    const text = /data-options="([^"]*)"/.exec(html)?.[1]?.replaceAll('&quot;', '"') ?? '';
    return JSON.parse(text) as PublicKeyCredentialCreationOptionsJSON;
  }

  const answer = (page: SeenPage, deviation = {}) => ({
    response: JSON.stringify(key.create(options(page), deviation)),
  });

  it('stores the key with its name after the ceremony', async () => {
    const { browser, page } = await begin();
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(await storedTokens(world, person)).toEqual([]);
    expect((await browser.submit(page, answer(page))).html).toContain('All set');
    expect(await storedTokens(world, person)).toEqual([STORED]);
    const [named] = await world.query<{ name: string }>(
      'SELECT ta.name FROM token_assignments ta JOIN accounts a ON a.id = ta.account_id WHERE a.directory_key = $1',
      [person.id],
    );
    expect(named?.name).toBe('blue key');
  });

  it('puts a second key into the next place, and refuses the same one again', async () => {
    const first = await begin({});
    const choice = await first.browser.submit(first.page, answer(first.page));
    expect(choice.html).toContain('1 of 10 in use');
    world.app.clock.advance(1);
    const again = await first.browser.submit(await first.browser.get(pageOf('fido')), { name: 'same key' });
    expect(options(again).excludeCredentials).toHaveLength(1);
    expect((await first.browser.submit(again, answer(again))).status).toBe(422);
    key = new SoftwareAuthenticator(origin);
    const other = await first.browser.submit(await first.browser.get(pageOf('fido')), { name: 'red key' });
    await first.browser.submit(other, answer(other));
    expect(await storedTokens(world, person)).toEqual([STORED, { ...STORED, slot: 'FIDO2' }]);
  });

  it('asks for a name', async () => {
    const { browser, page } = await pastLogin(world, await enrolmentLink(world, person, { item: 'FIDO' }));
    const refused = await browser.submit(page, { name: ' \u0007 ' });
    expect(refused.status).toBe(422);
    expect(refused.html).toContain('Give it a name');
  });

  it.each([
    ['another origin', { origin: 'https://evil.test' }],
    ['another relying party', { rpId: 'evil.test' }],
    ['another challenge', { challenge: 'AAAA' }],
    ['the other ceremony', { type: 'webauthn.get' }],
    ['nobody there', { userPresent: false }],
  ])('attack 38: refuses %s', async (_what, deviation) => {
    const { browser, page } = await begin();
    expect((await browser.submit(page, answer(page, deviation))).status).toBe(422);
    expect(await storedTokens(world, person)).toEqual([]);
  });

  it.each(['', '{}', 'null', '[]', 'x'.repeat(5_000), '{"id":1}'])(
    'attack 38: %.20j is no ceremony',
    async (response) => {
      const { browser, page } = await begin();
      expect((await browser.submit(page, { response })).status).toBe(422);
      expect(await storedTokens(world, person)).toEqual([]);
    },
  );

  it('attack 39: looks at one answer for each challenge', async () => {
    const { browser, page } = await begin({});
    const right = answer(page);
    await browser.submit(page, answer(page, { origin: 'https://evil.test' }));
    expect((await browser.submit(page, right)).status).toBe(422);
    expect(await storedTokens(world, person)).toEqual([]);
  });

  it('attack 39: a second ceremony of the same link voids the first', async () => {
    const { browser, page } = await begin();
    const second = await browser.submit(await browser.get(pageOf('fido')), { name: 'blue key' });
    expect((await browser.submit(page, answer(page))).status).toBe(422);
    expect((await browser.submit(second, answer(second))).status).toBe(422);
  });

  it('attack 7: of ten answers to one ceremony one stores the key', async () => {
    const { browser, page } = await begin({});
    const right = answer(page);
    await Promise.all(Array.from({ length: 10 }, () => browser.submit(page, right)));
    expect(await storedTokens(world, person)).toEqual([STORED]);
  });

  it('refuses a ceremony that took too long', async () => {
    const { browser, page } = await begin();
    world.app.clock.advance(301);
    expect((await browser.submit(page, answer(page))).status).toBe(422);
  });

  it('names the address where browsers hold ceremonies on the landing page, unless it is looked at there', async () => {
    const link = await enrolmentLink(world, person, { item: 'FIDO' });
    const there = link.replace('127.0.0.1', 'localhost');
    expect((await world.browser().get(link)).html).toContain(`href="${there}"`);
    const local = new Browserless(origin, { 'accept-language': 'en' });
    expect((await local.get(there)).html).not.toContain(`href="${there}"`);
  });

  it('says so where the server has no address for ceremonies', async () => {
    await world.configure({ publicUrl: 'http://192.0.2.7' });
    const { pathname, search } = new URL(await enrolmentLink(world, person, { item: 'FIDO' }));
    const { browser, page } = await pastLogin(world, pathname + search);
    const refused = await browser.submit(page, { name: 'blue key' });
    expect(refused.status).toBe(422);
    expect(refused.html).toContain('This server cannot be used with security keys');
  });
});
