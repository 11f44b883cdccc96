import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../src/core/config/configuration-error.js';
import type { BuiltinPerson } from '../../../src/core/directory/builtin/builtin-person.entity.js';
import { basic } from './answers.js';
import { databaseOfSuite } from './database-of-suite.js';
import { rawRequest, wire } from './raw-request.js';
import { CHIEF, NEW_PASSWORD, SEND, World } from './world.js';

/** Headers by which a server may let itself be told another address of its own. */
const HOSTILE_HEADERS = [
  'X-Forwarded-Host: evil.test',
  'X-Forwarded-Proto: http',
  'X-Forwarded-Port: 8443',
  'X-Forwarded-Prefix: /evil',
  'X-Forwarded-Server: evil.test',
  'X-Forwarded-Scheme: javascript',
  'X-Host: evil.test',
  'X-HTTP-Host-Override: evil.test',
  'X-Original-URL: https://evil.test/',
  'X-Original-Host: evil.test',
  'X-Rewrite-URL: https://evil.test/',
  'Forwarded: for=192.0.2.1;host=evil.test;proto=http',
  'Origin: https://evil.test',
  'Referer: https://evil.test/',
  'Base-Url: https://evil.test',
  'Front-End-Https: off',
];

describe('section 7: the link', () => {
  const database = databaseOfSuite();
  let world: World;
  let person: BuiltinPerson;

  beforeAll(async () => {
    world = await World.start(database());
  });
  beforeEach(async () => {
    await world.calm();
    person = await world.person();
  });
  afterAll(() => world.stop());

  it('is the public URL, /webapps/pwreset/ and ?req= with 43 characters of base64url', async () => {
    const link = await world.link(person);
    expect(link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/webapps\/pwreset\/\?req=[A-Za-z0-9_-]{43}$/);
    expect(Buffer.from(link.slice(-43), 'base64url')).toHaveLength(32);
  });

  it('is another one for every request', async () => {
    const links = new Set<string>();
    for (let made = 0; made < 5; made++) links.add(await world.link(person));
    expect(links.size).toBe(5);
  });

  it.each(['https://portal.example.test', 'https://portal.example.test:8443', 'https://[2001:db8::1]:8443'])(
    'has scheme, host and port of the setting Public URL: %s',
    async (publicUrl) => {
      await world.configure({ publicUrl });
      const link = await world.link(person);
      expect(link.startsWith(`${publicUrl}/webapps/pwreset/?req=`)).toBe(true);
    },
  );

  it.each([
    'https://portal.example.test/prefix',
    'https://portal.example.test/?x=1',
    'https://user:secret@portal.example.test',
    'javascript:alert(1)',
    'portal.example.test',
    '//portal.example.test',
  ])('a Public URL that is more, or less, than scheme, host and port is refused: %s', async (publicUrl) => {
    await expect(world.configure({ publicUrl: JSON.stringify(publicUrl) })).rejects.toThrow(ConfigurationError);
  });

  it('works once: it dies when its button is pressed, not when the password is set', async () => {
    const link = await world.link(person);
    const { form } = await world.open(link);
    expect(form.status).toBe(200);
    const browser = world.browser();
    expect((await browser.get(link)).status).toBe(404);
    expect((await browser.post('/webapps/pwreset/', { req: link.slice(-43) })).status).toBe(404);
  });

  it('is dead for the browser that opened it, too', async () => {
    const link = await world.link(person);
    const { browser } = await world.open(link);
    expect((await browser.get(link)).status).toBe(404);
    expect((await browser.get('/webapps/pwreset/password')).status).toBe(200);
  });

  it('attack 13: GET and HEAD a hundred times consume nothing; the person after them gets through', async () => {
    const link = await world.link(person);
    const after = await world.lastAuditId();
    const agents = ['', 'Mozilla/5.0', 'BarracudaCentral', 'Slackbot-LinkExpanding 1.0', 'WhatsApp/2.23 A', 'curl/8'];
    const pages = new Set<string>();
    for (let look = 0; look < 100; look++) {
      if (look % 25 === 0) world.app.clock.advance(61);
      const method = look % 2 ? 'HEAD' : 'GET';
      const agent = agents[look % agents.length] ?? '';
      const answer = await fetch(link, { method, headers: { 'user-agent': agent, 'accept-language': 'en' } });
      expect(answer.status).toBe(200);
      expect(answer.headers.getSetCookie()).toEqual([]);
      const html = await answer.text();
      if (method === 'GET') pages.add(html);
    }
    expect(pages.size).toBe(1);
    expect([...pages][0]).not.toMatch(/http-equiv="?refresh|\.submit\(|autofocus|onload/i);
    expect((await world.requests(person))[0]).toMatchObject({ state: 'sent' });
    expect(await world.audit({ event: 'password-reset.opened', after })).toEqual([]);
    world.app.clock.advance(61);
    expect((await world.reset(link)).status).toBe(200);
    expect(await world.opens(person, NEW_PASSWORD)).toBe(true);
  });

  it('attack 12: a newer one for the same person makes the older ones dead', async () => {
    const [first, second, third] = [await world.link(person), await world.link(person), await world.link(person)];
    expect((await world.browser().get(first)).status).toBe(404);
    expect((await world.browser().get(second)).status).toBe(404);
    expect((await world.reset(third)).status).toBe(200);
  });

  it('a newer one for another person leaves it alone', async () => {
    const link = await world.link(person);
    await world.link(await world.person());
    expect((await world.browser().get(link)).status).toBe(200);
  });

  describe('attack 1: no header chooses where it leads', () => {
    const call = (): string =>
      JSON.stringify({ jsonrpc: '2.0', method: SEND, params: { username: person.login, method: 'MAILSMS' }, id: 0 });
    const authorization = `Authorization: ${basic(CHIEF.user, CHIEF.password)}`;

    /** Everything in answer, mail and SMS that looks like an address. */
    const addresses = async (answer: string): Promise<string[]> => {
      const sent = await world.messages(person);
      expect(sent).toHaveLength(2);
      const texts = [answer, ...sent.flatMap(({ text, html }) => [text, html ?? ''])];
      return texts.flatMap((text) => text.match(/\b[a-z]+:\/\/[^/"\s<]+|\bevil\b/g) ?? []);
    };
    const expectOurs = async (answer: string): Promise<void> => {
      expect(answer).toMatch(/^HTTP\/1\.1 200 /);
      const found = new Set(await addresses(answer));
      found.delete('http://www.w3.org');
      expect([...found]).toEqual([world.app.url]);
    };

    it.each(HOSTILE_HEADERS)('%s', async (header) => {
      const headers = [`Host: ${new URL(world.app.url).host}`, authorization, header];
      await expectOurs(await rawRequest(world.app.url, wire('POST /manag/', headers, call())));
    });

    it('Host: evil.test', async () => {
      await expectOurs(
        await rawRequest(world.app.url, wire('POST /manag/', ['Host: evil.test', authorization], call())),
      );
    });

    it('all of them at once, behind a request line in absolute form', async () => {
      const headers = ['Host: evil.test', authorization, ...HOSTILE_HEADERS];
      await expectOurs(await rawRequest(world.app.url, wire('POST http://evil.test/manag/', headers, call())));
    });

    it.each(['http', 'javascript', '', 'HTTP, https'])(
      'attack 3: X-Forwarded-Proto: %j does not take the s from https',
      async (proto) => {
        await world.configure({ publicUrl: 'https://portal.example.test' });
        const response = await world.chief.post(call(), {
          'x-forwarded-proto': proto,
          forwarded: `proto=${proto || 'http'}`,
        });
        const { result } = (await response.json()) as { result: string };
        expect(result).toMatch(/^https:\/\/portal\.example\.test\/webapps\/pwreset\/\?req=/);
        const page = await fetch(`${world.app.url}${result.slice('https://portal.example.test'.length)}`, {
          headers: { 'x-forwarded-proto': proto },
        });
        expect(page.headers.get('strict-transport-security')).toMatch(/^max-age=\d+/);
      },
    );

    it('the pages that follow lead nowhere else either', async () => {
      const link = await world.link(person);
      const path = new URL(link).pathname + new URL(link).search;
      const landing = await rawRequest(
        world.app.url,
        wire(`GET http://evil.test${path}`, ['Host: evil.test', ...HOSTILE_HEADERS]),
      );
      expect(landing).toMatch(/^HTTP\/1\.1 200 /);
      expect(landing).not.toContain('evil');
      const form = new URLSearchParams({ req: link.slice(-43) }).toString();
      const headers = ['Host: evil.test', 'Content-Type: application/x-www-form-urlencoded', ...HOSTILE_HEADERS];
      const opened = await rawRequest(world.app.url, wire('POST http://evil.test/webapps/pwreset/', headers, form));
      expect(opened).toMatch(/^HTTP\/1\.1 303 /);
      expect(opened).toMatch(/^location: \/webapps\/pwreset\/password\r$/im);
      expect(opened).not.toContain('evil');
    });
  });
});

describe('section 7: attack 2: the host of the first request after the start', () => {
  const database = databaseOfSuite();

  it('is not the host of any link', async () => {
    const world = await World.start(database());
    const person = await world.person();
    const params = { username: person.login, method: 'NONE' };
    const links: string[] = [];
    for (const host of ['first.evil.test', 'second.evil.test', new URL(world.app.url).host]) {
      const headers = [`Host: ${host}`, `Authorization: ${basic(CHIEF.user, CHIEF.password)}`];
      const body = JSON.stringify({ jsonrpc: '2.0', method: SEND, params, id: 0 });
      const answer = await rawRequest(world.app.url, wire('POST /manag/', headers, body));
      links.push((JSON.parse(answer.split('\r\n\r\n')[1] ?? '') as { result: string }).result);
    }
    expect(links.map((link) => new URL(link).origin)).toEqual(links.map(() => world.app.url));
    await world.stop();
  });
});
