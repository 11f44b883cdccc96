import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DomainError } from '../../src/core/errors/domain-error.js';
import { GOOD_LINK, GOOD_SESSION, LANDING } from './fake-password-reset-pages.js';
import { type Answer, PageVisitor } from './page-visitor.js';
import { type PagesApp, startPagesApp } from './pages-app.js';

const LANDING_URL = '/webapps/pwreset/';
const GOOD_URL = `${LANDING_URL}?req=${GOOD_LINK}`;

/** Secrets that lead nowhere, each for another reason; the last ones are no secrets at all. */
const DEAD_QUERIES: Readonly<Record<string, string>> = {
  unknown: '?req=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  'nearly right': `?req=${GOOD_LINK.slice(0, -1)}x`,
  missing: '',
  empty: '?req=',
  'without value': '?req',
  repeated: `?req=${GOOD_LINK}&req=${GOOD_LINK}`,
  'as a list': `?req[]=${GOOD_LINK}`,
  'as an object': `?req[a]=${GOOD_LINK}`,
  'with a space': `?req=${GOOD_LINK}%20`,
  'with NUL': `?req=${GOOD_LINK}%00`,
  'not UTF-8': '?req=%ff%fe',
  'half an escape': '?req=%',
  'a lone surrogate': '?req=%ed%a0%80',
  'very long': `?req=${'A'.repeat(8_000)}`,
  'a session': `?req=${GOOD_SESSION}`,
};

describe('password reset link', () => {
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

  it('says for whom, by whom, why and until when, before anything is consumed', async () => {
    const { status, body } = await visitor.get(GOOD_URL, { headers: { 'accept-language': 'en' } });
    expect(status).toBe(200);
    expect(body).toContain('Hello Jane Doe');
    expect(body).toContain('your account at RCDEVSDOCS');
    expect(body).toContain('RCDEVSDOCS\\administrator');
    expect(body).toContain('Ticket 812');
    expect(body).toContain('datetime="2026-05-14T14:30:00.000Z"');
    expect(body).toContain('You then have 15 minutes');
    expect(pages.reset.opened).toBe(false);
  });

  it('leaves out the note when there is none', async () => {
    pages.reset.landingShown = { ...LANDING, comments: undefined };
    expect((await visitor.get(GOOD_URL)).body).not.toContain('Note');
  });

  it('shows names and notes as text, whatever they hold', async () => {
    const hostile = '<script>alert(1)</script>"\'&<img src=x onerror=y>';
    pages.reset.landingShown = {
      ...LANDING,
      displayName: hostile,
      domainName: hostile,
      requestedBy: hostile,
      comments: hostile,
    };
    const { body } = await visitor.get(GOOD_URL);
    expect(body).not.toContain('<script>alert');
    expect(body).not.toContain('<img');
    expect(body).toContain('&lt;script>alert(1)&lt;/script>');
  });

  it('attack 13: a hundred looks by scanners and previews leave the link to the person', async () => {
    const agents = ['Mozilla/5.0', 'BarracudaCentral', 'Slackbot-LinkExpanding 1.0', 'WhatsApp/2.23', ''];
    for (let look = 0; look < 100; look++) {
      const sending = {
        headers: { 'user-agent': agents[look % agents.length] ?? '' },
        address: `192.0.2.${look}`,
      };
      const answer = look % 2 ? await visitor.get(GOOD_URL, sending) : await visitor.head(GOOD_URL, sending);
      expect(answer.status).toBe(200);
      expect(answer.cookies).toEqual([]);
    }
    expect((await visitor.post(LANDING_URL, { req: GOOD_LINK })).status).toBe(303);
  });

  it('attack 13: the page has nothing that sends the form by itself', async () => {
    const { body } = await visitor.get(GOOD_URL);
    expect(body).not.toMatch(/http-equiv|onload|\.submit\(/);
  });

  describe.each(['GET', 'HEAD', 'POST'] as const)('by %s', (method) => {
    const ask = (query: string): Promise<Answer> => {
      if (method === 'GET') return visitor.get(LANDING_URL + query);
      if (method === 'HEAD') return visitor.head(LANDING_URL + query);
      const form = query.slice(1).includes('=') ? query.slice(1) : 'req=';
      const req = new URLSearchParams(form).getAll('req');
      return visitor.post(LANDING_URL, { req: req.length === 1 ? (req[0] ?? '') : '' });
    };

    it('attack 45: answers every dead link with the same bytes', async () => {
      const expected = comparable(await ask(DEAD_QUERIES['unknown'] ?? ''));
      expect(expected.status).toBe(404);
      for (const [kind, query] of Object.entries(DEAD_QUERIES)) {
        expect({ kind, ...comparable(await ask(query)) }).toEqual({ kind, ...expected });
      }
      await visitor.post(LANDING_URL, { req: GOOD_LINK });
      expect(comparable(await ask(`?req=${GOOD_LINK}`))).toEqual(expected);
    });
  });

  it('attack 70: opening leads to an address without the secret, with a cookie that only our pages get', async () => {
    const { status, headers, cookies, body } = await visitor.post(LANDING_URL, { req: GOOD_LINK });
    expect(status).toBe(303);
    expect(headers['location']).toBe('/webapps/pwreset/password');
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers['cache-control']).toBe('no-store');
    expect(body).toBe('');
    expect(cookies).toEqual([
      `latchkey_pwreset=${GOOD_SESSION}; Path=/webapps/pwreset/; HttpOnly; Secure; SameSite=Strict`,
    ]);
    const form = await visitor.get('/webapps/pwreset/password');
    expect(form.status).toBe(200);
    expect(form.body).not.toContain(GOOD_LINK);
    expect(form.body).not.toContain(GOOD_SESSION);
  });

  it('leaves Secure away where people reach us without https', async () => {
    pages.configuration.publicUrl = 'http://127.0.0.1:8080';
    const { cookies, headers } = await visitor.post(LANDING_URL, { req: GOOD_LINK });
    expect(cookies[0]).toMatch(/HttpOnly; SameSite=Strict$/);
    expect(headers['strict-transport-security']).toBeUndefined();
  });

  it.each([
    ['nothing', '', {}, 400],
    ['another field', 'link=x', {}, 400],
    ['the field twice', `req=${GOOD_LINK}&req=${GOOD_LINK}`, {}, 400],
    ['a list', `req[]=${GOOD_LINK}`, {}, 400],
    ['an object', `req[a]=${GOOD_LINK}`, {}, 400],
    ['JSON', `{"req":"${GOOD_LINK}"}`, { 'content-type': 'application/json' }, 415],
    ['plain text', `req=${GOOD_LINK}`, { 'content-type': 'text/plain' }, 415],
    ['a nonsense type', `req=${GOOD_LINK}`, { 'content-type': 'x' }, 415],
    ['a multipart form', 'req', { 'content-type': 'multipart/form-data; boundary=x' }, 415],
    ['more than 64 KiB', `req=${GOOD_LINK}&x=${'y'.repeat(65_536)}`, {}, 413],
    ['a form of another site', `req=${GOOD_LINK}`, { 'sec-fetch-site': 'cross-site' }, 400],
    ['a form of a neighbour', `req=${GOOD_LINK}`, { 'sec-fetch-site': 'same-site' }, 400],
  ])('attack 5: %s does not open the link', async (_what, payload, headers, status) => {
    const answer = await visitor.post(LANDING_URL, payload, { headers });
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(answer.cookies).toEqual([]);
    expect(pages.reset.opened).toBe(false);
  });

  it('attack 5: bytes that are not UTF-8 do not open the link', async () => {
    const body = Buffer.concat([Buffer.from(`req=${GOOD_LINK}`), Buffer.from([0xff])]);
    expect((await visitor.post(LANDING_URL, body)).status).toBe(400);
  });

  it('attack 8: further fields change nothing', async () => {
    const fields = {
      req: GOOD_LINK,
      username: 'john',
      domain: 'OTHER',
      id: '2',
      dn: 'cn=john',
      mail: 'x@example.test',
    };
    const { headers } = await visitor.post(LANDING_URL, fields);
    expect(headers['location']).toBe('/webapps/pwreset/password');
    expect((await visitor.get('/webapps/pwreset/password')).body).toContain('Jane Doe (jdoe)');
  });

  it('attack 56: leads on to its own next step only, whatever the request says', async () => {
    const hostile = ['//evil.test', '/\\evil.test', 'https:evil.test', 'https://evil.test', 'javascript:alert(1)'];
    for (const target of hostile) {
      pages.reset.reset();
      const query = new URLSearchParams({ next: target, returnTo: target, lang: target, inline: target }).toString();
      const { headers } = await visitor.post(
        `${LANDING_URL}?${query}`,
        { req: GOOD_LINK, next: target },
        { headers: { host: 'evil.test', 'x-forwarded-host': 'evil.test', forwarded: 'host=evil.test' } },
      );
      expect(headers['location']).toBe('/webapps/pwreset/password');
    }
  });

  it('attack 3: no header makes a link of ours point elsewhere or lose its protection', async () => {
    const { body, headers } = await visitor.get(GOOD_URL, {
      headers: { host: 'evil.test', 'x-forwarded-host': 'evil.test', 'x-forwarded-proto': 'http' },
    });
    expect(body).not.toContain('evil.test');
    expect(headers['strict-transport-security']).toBe('max-age=31536000');
  });

  it('answers the thirty-first look in a minute with a page that says how long to wait', async () => {
    for (let look = 0; look < 30; look++) expect((await visitor.get(GOOD_URL)).status).toBe(200);
    const { status, headers, body } = await visitor.get(GOOD_URL);
    expect(status).toBe(429);
    expect(headers['retry-after']).toBe('60');
    expect(body).toContain('try again in 1 minute');
    expect((await visitor.get(GOOD_URL, { address: '192.0.2.7' })).status).toBe(200);
  });

  it('counts opening and looking together, so that guessing by POST is limited too', async () => {
    for (let look = 0; look < 30; look++) await visitor.post(LANDING_URL, { req: 'x' });
    expect((await visitor.post(LANDING_URL, { req: GOOD_LINK })).status).toBe(429);
    expect(pages.reset.opened).toBe(false);
  });

  it('offers to try again when the directory is down, without losing the link', async () => {
    pages.reset.failure = 'directory-unavailable';
    const look = await visitor.get(GOOD_URL);
    expect(look.status).toBe(503);
    expect(look.headers['retry-after']).toBe('60');
    expect(look.body).toContain('Your account cannot be reached right now');
    const open = await visitor.post(LANDING_URL, { req: GOOD_LINK });
    expect(open.status).toBe(503);
    expect(open.body).toContain(`name="req" value="${GOOD_LINK}"`);
    pages.reset.failure = undefined;
    expect((await visitor.post(LANDING_URL, { req: GOOD_LINK })).status).toBe(303);
  });

  it('says so when the database is gone, and recovers by itself', async () => {
    await visitor.get(GOOD_URL);
    pages.configuration.gone = true;
    pages.throttle.failure = new DomainError('database-unavailable');
    const look = await visitor.get(GOOD_URL, { headers: { 'accept-language': 'de' } });
    expect(look.status).toBe(503);
    expect(look.body).toContain('Dieser Dienst ist gerade nicht erreichbar');
    expect(look.headers['strict-transport-security']).toBeDefined();
    expect((await visitor.post(LANDING_URL, { req: GOOD_LINK })).body).toContain(`value="${GOOD_LINK}"`);
    pages.restore();
    expect((await visitor.get(GOOD_URL)).status).toBe(200);
  });

  it('says nothing of an inner fault but a reference', async () => {
    pages.reset.failure = new Error('relation "secrets" does not exist');
    const { status, body } = await visitor.get(GOOD_URL);
    expect(status).toBe(500);
    expect(body).toContain('Something went wrong on our side');
    expect(body).toMatch(/Reference for the help desk: <code>[0-9a-f-]{36}<\/code>/);
    expect(body).not.toContain('relation');
  });
});

/** An answer without what differs between any two answers. */
function comparable({ status, headers, body }: Answer): Record<string, unknown> {
  const { date: _date, ...rest } = headers;
  return { status, headers: rest, body };
}
