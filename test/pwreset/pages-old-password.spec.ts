import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DomainError } from '../../src/core/errors/domain-error.js';
import { csrfOf, PageVisitor } from './page-visitor.js';
import { type PagesApp, startPagesApp } from './pages-app.js';

const URL = '/webapps/pwreset/old-password';
const PASSWORD_URL = '/webapps/pwreset/password';
const OLD = 'stormy harbour 6';

describe('old password', () => {
  let pages: PagesApp;
  let visitor: PageVisitor;

  beforeAll(async () => {
    pages = await startPagesApp();
  });

  beforeEach(() => {
    pages.restore();
    pages.reset.oldPasswordOwed = true;
    visitor = new PageVisitor(pages.app);
  });

  afterAll(() => pages.app.close());

  async function submit(fields: Record<string, string> = {}, headers: Record<string, string> = {}) {
    const csrf = csrfOf(await visitor.get(URL));
    return visitor.post(URL, { csrf, current: OLD, ...fields }, { headers });
  }

  it('is where the way to the new password leads while it is owed, and not otherwise', async () => {
    const { status, headers } = await visitor.openForm();
    expect([status, headers['location']]).toEqual([303, URL]);
    pages.reset.oldPasswordOwed = false;
    const back = await visitor.get(URL);
    expect([back.status, back.headers['location']]).toEqual([303, PASSWORD_URL]);
  });

  it('shows whose password it is, and helps password managers', async () => {
    await visitor.openForm();
    const { status, body, headers } = await visitor.get(URL);
    expect(status).toBe(200);
    expect(headers['cache-control']).toBe('no-store');
    expect(body).toContain('Jane Doe (jdoe)');
    expect(body).toMatch(/<input[^>]*name="current"[^>]*type="password"[^>]*autocomplete="current-password"/);
    expect(body).toMatch(/<input[^>]*name="username"[^>]*autocomplete="username"[^>]*value="jdoe"/);
  });

  it('leads on to the new password when it was right', async () => {
    await visitor.openForm();
    const { status, headers } = await submit();
    expect([status, headers['location']]).toEqual([303, PASSWORD_URL]);
    expect(pages.reset.proved).toEqual([OLD]);
    expect((await visitor.get(PASSWORD_URL)).status).toBe(200);
  });

  it('says next to the field that it was wrong, and how often it may be typed again', async () => {
    await visitor.openForm();
    pages.reset.proof = { kind: 'wrong', left: 4 };
    const { status, body } = await submit();
    expect(status).toBe(422);
    expect(body).toContain('<title>Error: Confirm that it is you');
    expect(body).toMatch(/id="current-error">.*not your current password. You have 4\u00a0tries left/s);
    expect(body).not.toContain(OLD);
    pages.reset.proof = { kind: 'wrong', left: 1 };
    expect((await submit()).body).toContain('1\u00a0try left');
  });

  it('attack 5: asks nobody about an empty one', async () => {
    await visitor.openForm();
    const { status, body } = await submit({ current: '' });
    expect(status).toBe(422);
    expect(body).toContain('Type your current password.');
    expect(pages.reset.proved).toEqual([]);
  });

  it('is the neutral page once the last try is used up', async () => {
    await visitor.openForm();
    pages.reset.proof = { kind: 'ended' };
    const { status, body, cookies } = await submit();
    expect(status).toBe(404);
    expect(body).toContain('This page is closed');
    expect(cookies[0]).toContain('latchkey_pwreset=; Max-Age=0');
    expect((await visitor.get(URL)).body).toContain('This page is closed');
  });

  it.each([
    ['account-locked', 'Your account is locked.'],
    ['account-disabled', 'Your account is not active at the moment.'],
    ['account-expired', 'Your account is not active at the moment.'],
  ] as const)('says what keeps it from being judged: %s', async (code, sentence) => {
    await visitor.openForm();
    pages.reset.proof = { kind: 'refused', problem: new DomainError(code) };
    const { status, body } = await submit();
    expect(status).toBe(422);
    expect(body).toContain(sentence);
  });

  it('says when to come back after too many tries', async () => {
    await visitor.openForm();
    pages.reset.proof = {
      kind: 'refused',
      problem: new DomainError('too-many-attempts', { params: { retryAfter: 1_200 } }),
    };
    const { status, headers, body } = await submit();
    expect([status, headers['retry-after']]).toEqual([429, '1200']);
    expect(body).toContain('There were many attempts in a short time.');
  });

  it('keeps the form and the session while the directory is away', async () => {
    await visitor.openForm();
    const csrf = csrfOf(await visitor.get(URL));
    pages.reset.failure = 'directory-unavailable';
    const { status, headers, body } = await visitor.post(URL, { csrf, current: OLD });
    expect([status, headers['retry-after']]).toEqual([503, '60']);
    expect(body).toContain('name="current"');
    pages.reset.failure = undefined;
    expect((await submit()).status).toBe(303);
  });

  it('attack 4: takes no new password in its place', async () => {
    await visitor.openForm();
    const csrf = csrfOf(await visitor.get(URL));
    const forged = await visitor.post(PASSWORD_URL, { csrf, password: 'quiet harbour 7', repeated: 'quiet harbour 7' });
    expect(forged.status).toBe(400);
    pages.reset.oldPasswordOwed = false;
    const own = csrfOf(await visitor.get(PASSWORD_URL));
    pages.reset.oldPasswordOwed = true;
    const early = await visitor.post(PASSWORD_URL, {
      csrf: own,
      password: 'quiet harbour 7',
      repeated: 'quiet harbour 7',
    });
    expect([early.status, early.headers['location']]).toEqual([303, URL]);
    expect(pages.reset.submitted).toEqual([]);
  });

  it.each([
    ['no CSRF value', (csrf: string) => (csrf ? { csrf: '' } : {}), {}],
    ['that of another form', () => ({ csrf: 'k1.0000' }), {}],
    ['another site behind it', () => ({}), { 'sec-fetch-site': 'cross-site' }],
  ] as const)('refuses a form with %s, and judges nothing', async (_, change, headers) => {
    await visitor.openForm();
    const csrf = csrfOf(await visitor.get(URL));
    const { status } = await visitor.post(URL, { csrf, current: OLD, ...change(csrf) }, { headers });
    expect(status).toBe(400);
    expect(pages.reset.proved).toEqual([]);
  });

  it('is closed to those without a session', async () => {
    expect((await visitor.get(URL)).status).toBe(404);
    expect((await visitor.post(URL, { current: OLD })).status).toBe(404);
  });

  it.each([
    ['de', 'Aktuelles Passwort', 'Sie haben noch 1\u00a0Versuch.'],
    ['fr', 'Mot de passe actuel', 'Il vous reste 1\u00a0essai.'],
    ['ru', 'Текущий пароль', 'Осталось попыток: 1.'],
  ])('speaks %s', async (language, label, wrong) => {
    await visitor.openForm();
    const asked = await visitor.get(URL, { headers: { 'accept-language': language } });
    expect(asked.body).toContain(label);
    pages.reset.proof = { kind: 'wrong', left: 1 };
    const csrf = csrfOf(asked);
    const again = await visitor.post(URL, { csrf, current: OLD }, { headers: { 'accept-language': language } });
    expect(again.body).toContain(wrong);
  });

  it('keeps to the frame that it was opened in', async () => {
    pages.configuration.values.set('frame_ancestors', ['https://portal.example.test']);
    const { headers } = await visitor.openForm('?inline=1');
    expect(headers['location']).toBe(`${URL}?inline=1`);
    const { body } = await visitor.get(`${URL}?inline=1`);
    expect(body).toContain(`action="${URL}?inline=1"`);
  });
});
