import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { GOOD_LINK } from './fake-password-reset-pages.js';
import { csrfOf, PageVisitor } from './page-visitor.js';
import { type PagesApp, startPagesApp } from './pages-app.js';

const LANDING_URL = '/webapps/pwreset/';
const GOOD_URL = `${LANDING_URL}?req=${GOOD_LINK}`;
const PORTAL = 'https://portal.example.test';

let pages: PagesApp;
let visitor: PageVisitor;

beforeAll(async () => {
  pages = await startPagesApp();
});

beforeEach(() => {
  pages.restore();
  visitor = new PageVisitor(pages.app);
});

afterAll(() => pages.app.close());

/** Every page of the flow, by name, in the language asked for. */
async function everyPage(language: string, inline = ''): Promise<Record<string, string>> {
  const headers = { 'accept-language': language };
  const suffix = inline && `?${inline}`;
  const bodies: Record<string, string> = {};
  bodies['landing'] = (await visitor.get(`${GOOD_URL}&${inline}`, { headers })).body;
  await visitor.post(LANDING_URL + suffix, { req: GOOD_LINK });
  const form = await visitor.get(`/webapps/pwreset/password${suffix}`, { headers });
  bodies['password'] = form.body;
  const csrf = csrfOf(form);
  const send = (password: string, repeated: string) =>
    visitor.post(`/webapps/pwreset/password${suffix}`, { csrf, password, repeated }, { headers });
  bodies['refused'] = (await send('a', 'b')).body;
  bodies['not valid'] = (await visitor.post('/webapps/pwreset/password', 'x', { headers })).body;
  await send('quiet harbour 7', 'quiet harbour 7');
  bodies['done'] = (await visitor.get(`/webapps/pwreset/done${suffix}`, { headers })).body;
  bodies['dead'] = (await visitor.get(LANDING_URL, { headers })).body;
  bodies['ended'] = (await visitor.get('/webapps/pwreset/password', { headers })).body;
  pages.reset.failure = 'directory-unavailable';
  bodies['directory down'] = (await visitor.get(GOOD_URL, { headers })).body;
  pages.reset.failure = new Error('fault');
  bodies['fault'] = (await visitor.get(GOOD_URL, { headers })).body;
  return bodies;
}

describe('language', () => {
  it.each([
    ['en', 'Hello Jane Doe', 'Choose a new password', 'Your new password is set', 'This link is not valid any more'],
    ['de', 'Guten Tag, Jane Doe', 'Wählen Sie ein neues Passwort', 'Ihr neues Passwort gilt', 'Dieser Link gilt nicht'],
    [
      'fr',
      'Bonjour Jane Doe',
      'Choisissez un nouveau mot de passe',
      'Votre nouveau mot de passe est',
      'Ce lien n’est plus',
    ],
    ['ru', 'Здравствуйте, Jane Doe', 'Придумайте новый пароль', 'Новый пароль сохранён', 'Эта ссылка больше не'],
  ])('speaks %s from the first page to the last', async (language, landing, password, done, dead) => {
    const bodies = await everyPage(`${language}-XX,en;q=0.1`);
    expect(bodies['landing']).toContain(landing);
    expect(bodies['password']).toContain(password);
    expect(bodies['done']).toContain(done);
    expect(bodies['dead']).toContain(dead);
    for (const body of Object.values(bodies)) expect(body).toContain(`<html lang="${language}">`);
  });

  it('names the language in the headers, and what it depends on', async () => {
    const { headers } = await visitor.get(LANDING_URL, { headers: { 'accept-language': 'fr' } });
    expect(headers['content-language']).toBe('fr');
    expect(headers['vary']).toBe('Accept-Language, Cookie');
  });

  it('is switched by plain links that keep the secret of the link, and remembered', async () => {
    const { body } = await visitor.get(GOOD_URL);
    expect(body).toContain(`href="?req=${GOOD_LINK}&amp;lang=ru" lang="ru" hreflang="ru"`);
    const switched = await visitor.get(`${GOOD_URL}&lang=ru`);
    expect(switched.body).toContain('Здравствуйте, Jane Doe');
    expect(switched.cookies).toEqual([
      'latchkey_language=ru; Max-Age=31536000; Path=/; HttpOnly; Secure; SameSite=Lax',
    ]);
    expect(pages.reset.opened).toBe(false);
    const next = await visitor.openForm();
    expect(next.body).toContain('Придумайте новый пароль');
    expect(next.cookies).toEqual([]);
  });

  it('shows which language is on', async () => {
    expect((await visitor.get(`${LANDING_URL}?lang=de`)).body).toContain('lang="de" hreflang="de" aria-current="true"');
  });

  it.each(['xx', '', 'EN', 'constructor', '__proto__', '<b>'])('ignores %j as a language', async (tag) => {
    visitor.cookies.set('latchkey_language', encodeURIComponent(tag));
    const { body, cookies } = await visitor.get(`${LANDING_URL}?lang=${encodeURIComponent(tag)}`, {
      headers: { 'accept-language': 'de' },
    });
    expect(body).toContain('<html lang="de">');
    expect(cookies).toEqual([]);
  });
});

describe('protection', () => {
  it('lets nothing inline, from elsewhere or into a frame, on any page', async () => {
    const { headers } = await visitor.get(GOOD_URL);
    expect(headers).toMatchObject({
      'content-security-policy':
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'cross-origin-opener-policy': 'same-origin',
      'strict-transport-security': 'max-age=31536000',
    });
    for (const body of Object.values(await everyPage('en'))) {
      expect(body).not.toMatch(/<style|<script(?![^>]*\bsrc="\/assets\/)|\son\w+=|style=|javascript:/i);
      expect(body).not.toMatch(/(?:src|href|action)="(?:https?:)?\/\//);
    }
  });

  it('puts the same headers on pages that say no', async () => {
    const { headers: good } = await visitor.get(GOOD_URL);
    const { headers: dead } = await visitor.get(LANDING_URL);
    expect(Object.keys(dead).toSorted()).toEqual(Object.keys(good).toSorted());
    expect(dead['content-security-policy']).toBe(good['content-security-policy']);
  });
});

describe('inside another page', () => {
  beforeEach(() => pages.configuration.values.set('frame_ancestors', [PORTAL, 'https://desk.example.test']));

  it('allows the configured origins to frame it, and only with ?inline=1', async () => {
    const framed = await visitor.get(`${GOOD_URL}&inline=1`);
    expect(framed.headers['content-security-policy']).toContain(`frame-ancestors ${PORTAL} https://desk.example.test`);
    expect(framed.headers['x-frame-options']).toBeUndefined();
    for (const query of ['', '&inline=0', '&inline', '&inline=1&inline=1', `&inline=${PORTAL}`]) {
      const { headers } = await visitor.get(GOOD_URL + query);
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    }
  });

  it('allows nobody when no origin is configured', async () => {
    pages.configuration.values.clear();
    const { headers } = await visitor.get(`${GOOD_URL}&inline=1`);
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers['x-frame-options']).toBe('DENY');
  });

  it('stays inside from the first page to the last', async () => {
    const bodies = await everyPage('en', 'inline=1');
    for (const name of ['landing', 'password', 'refused', 'done'])
      expect(bodies[name]).toContain('<body class="inline">');
    expect(bodies['landing']).toContain('action="/webapps/pwreset/?inline=1"');
    expect(bodies['password']).toContain('action="/webapps/pwreset/password?inline=1"');
    expect(bodies['password']).toContain('href="?inline=1&amp;lang=de"');
    expect(bodies['password']).not.toContain('class="bar"');
  });

  it('keeps its cookies in the frame of another site, apart for each site', async () => {
    const { headers, cookies } = await visitor.post(`${LANDING_URL}?inline=1&lang=de`, { req: GOOD_LINK });
    expect(headers['location']).toBe('/webapps/pwreset/password?inline=1');
    for (const cookie of cookies) expect(cookie).toMatch(/HttpOnly; Secure; Partitioned; SameSite=None$/);
  });

  it('keeps cookies strict where no other site may frame it', async () => {
    pages.configuration.values.clear();
    const { cookies } = await visitor.post(`${LANDING_URL}?inline=1`, { req: GOOD_LINK });
    expect(cookies[0]).toMatch(/SameSite=Strict$/);
  });
});

describe('assets', () => {
  it('are named by the pages with a digest, and may be kept for ever', async () => {
    const { body } = await visitor.get(GOOD_URL);
    const addresses = [...body.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map((match) => match[1] ?? '');
    expect(addresses.length).toBeGreaterThanOrEqual(3);
    for (const address of addresses) {
      const { status, headers } = await visitor.get(address);
      expect(status).toBe(200);
      expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
      expect(headers['content-type']).toMatch(/^(text\/css|text\/javascript|image\/svg\+xml)/);
    }
  });

  it('are given for the address of another version, but not kept', async () => {
    const { status, headers } = await visitor.get('/assets/another/latchkey.css');
    expect(status).toBe(200);
    expect(headers['cache-control']).toBe('no-store');
  });

  it.each(['nothing.css', 'styles', '..%2fassets.ts', '%2e%2e', 'constructor'])('are not %s', async (name) => {
    expect((await visitor.get(`/assets/x/${name}`)).status).toBe(404);
  });
});

describe('embedded mode', () => {
  it('says on top of every page that it is for trying out only', async () => {
    const bodies = await everyPage('en');
    for (const body of Object.values(bodies)) expect(body).toContain('Demo – for trying out, on this machine only');
    Object.assign(pages.environment, { embedded: false });
    expect((await visitor.get(LANDING_URL)).body).not.toContain('Demo');
  });

  it('has a start page; a real server has none', async () => {
    const browser = { headers: { accept: 'text/html' } };
    expect((await visitor.get('/', browser)).body).toContain('Latchkey is running');
    Object.assign(pages.environment, { embedded: false });
    const { status, body } = await visitor.get('/', browser);
    expect(status).toBe(404);
    expect(body).toContain('There is no such page');
  });
});

describe('an address where nothing is', () => {
  it('gets a page in a browser and a line of JSON elsewhere, neither with the address in it', async () => {
    const page = await visitor.get('/webapps/pwreset/nothing?req=secret', { headers: { accept: 'text/html,*/*' } });
    expect(page.status).toBe(404);
    expect(page.body).toContain('There is no such page');
    expect(page.body).not.toContain('secret');
    const other = await visitor.get('/nothing?req=secret');
    expect(other.status).toBe(404);
    expect(JSON.parse(other.body)).toEqual({ statusCode: 404, message: 'Not Found' });
  });
});
