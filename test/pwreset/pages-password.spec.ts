import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DOMAIN_ERRORS, type DomainErrorCode } from '../../src/core/errors/domain-error.js';
import { FORM, GOOD_LINK, GOOD_SESSION } from './fake-password-reset-pages.js';
import { csrfOf, PageVisitor } from './page-visitor.js';
import { type PagesApp, startPagesApp } from './pages-app.js';

const URL = '/webapps/pwreset/password';
const NEW = 'quiet harbour 7';

describe('new password', () => {
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

  async function submit(fields: Record<string, string> = {}, headers: Record<string, string> = {}) {
    const csrf = csrfOf(await visitor.get(URL));
    return visitor.post(URL, { csrf, password: NEW, repeated: NEW, ...fields }, { headers });
  }

  it('shows whose password it is and every rule in plain words', async () => {
    const { status, body } = await visitor.openForm();
    expect(status).toBe(200);
    for (const text of [
      'Jane Doe (jdoe)',
      'At least 8\u00a0characters',
      'At least 3 of these 4 kinds: small letters, capital letters, digits, other characters',
      'or simply 20\u00a0characters or more',
      'Without your name or your login',
      'Not a password that many people use',
      'Different from your last 5\u00a0passwords',
      'You can use it for 90 days',
    ]) {
      expect(body).toContain(text);
    }
  });

  it("shows the operator's own text in place of the rules", async () => {
    pages.reset.formShown = { ...FORM, rules: { minLength: 8, text: 'Ask Mara.\n<b>Then</b> choose.' } };
    const { body } = await visitor.openForm();
    expect(body).toContain('Ask Mara.\n&lt;b>Then&lt;/b> choose.');
    expect(body).not.toContain('At least 8');
  });

  it('says that there are rules when none could be read', async () => {
    pages.reset.formShown = { ...FORM, rules: {} };
    expect((await visitor.openForm()).body).toContain('There are rules for passwords here.');
  });

  it('helps password managers: account, new passwords, what to generate', async () => {
    const { body } = await visitor.openForm();
    expect(body).toMatch(/<input[^>]*name="username"[^>]*autocomplete="username"[^>]*value="jdoe"/);
    expect(body.match(/autocomplete="new-password"/g)).toHaveLength(2);
    expect(body).toContain(
      'passwordrules="minlength: 8; maxlength: 256; required: lower; required: upper; required: digit;"',
    );
  });

  it('sets the password, ends the session and confirms', async () => {
    await visitor.openForm();
    const { status, headers, cookies } = await submit();
    expect(status).toBe(303);
    expect(headers['location']).toBe('/webapps/pwreset/done');
    expect(cookies[0]).toBe('latchkey_pwreset=; Max-Age=0; Path=/webapps/pwreset/; HttpOnly; Secure; SameSite=Strict');
    expect(pages.reset.submitted).toEqual([NEW]);
    const done = await visitor.get('/webapps/pwreset/done');
    expect(done.status).toBe(200);
    expect(done.body).toContain('Your new password is set');
    expect(done.body).toContain('RCDEVSDOCS');
    expect(done.body).not.toContain('still locked');
    expect((await visitor.get(URL)).status).toBe(404);
  });

  it('says when the account is still locked', async () => {
    pages.reset.result = { kind: 'done', domainName: 'RCDEVSDOCS', stillLocked: true };
    await visitor.openForm();
    await submit();
    expect((await visitor.get('/webapps/pwreset/done')).body).toContain('Your account is still locked.');
  });

  it('confirms nothing to those who have done nothing', async () => {
    expect((await visitor.get('/webapps/pwreset/done')).status).toBe(404);
    visitor.cookies.set('latchkey_pwreset_done', 'set');
    expect((await visitor.get('/webapps/pwreset/done')).status).toBe(404);
  });

  it('says next to the field what was refused, and keeps the session', async () => {
    await visitor.openForm();
    pages.reset.result = {
      kind: 'refused',
      problems: [
        { code: 'password-too-short', params: { min: 12 } },
        { code: 'password-in-history', params: { count: 5 } },
      ],
    };
    const { status, body, headers } = await submit();
    expect(status).toBe(422);
    expect(headers['content-language']).toBe('en');
    expect(body).toContain('<title>Error: Choose a new password');
    expect(body).toMatch(
      /id="password-error">.*Use at least 12\u00a0characters\..*You have used this password before/s,
    );
    expect(body).toMatch(/id="password"[^>]*aria-invalid="true"[^>]*aria-describedby="password-error password-rules"/);
    expect(body).not.toMatch(/id="repeated"[^>]*aria-invalid/);
    expect(body).toContain('href="#password"');
    expect(body).not.toContain(NEW);
    pages.reset.result = { kind: 'done', domainName: 'RCDEVSDOCS', stillLocked: false };
    expect((await submit()).status).toBe(303);
  });

  it('says at the second field that the entries differ', async () => {
    await visitor.openForm();
    const { status, body } = await submit({ repeated: 'other' });
    expect(status).toBe(422);
    expect(body).toMatch(/id="repeated-error">.*The two entries are not the same/s);
    expect(body).not.toContain('id="password-error"');
  });

  it.each([
    [{ password: '', repeated: '' }, 'password-error', 'Type a new password.'],
    [{ password: NEW, repeated: '' }, 'repeated-error', 'Type the new password a second time.'],
  ])('asks for what was left empty', async (fields, where, text) => {
    await visitor.openForm();
    const { status, body } = await submit(fields);
    expect(status).toBe(422);
    expect(body).toMatch(new RegExp(`id="${where}">.*${text}`, 's'));
    expect(pages.reset.submitted).toEqual([]);
  });

  it('has a sentence for every refusal of the core', async () => {
    await visitor.openForm();
    for (const code of Object.keys(DOMAIN_ERRORS) as DomainErrorCode[]) {
      pages.throttle.counts.clear();
      pages.reset.result = { kind: 'refused', problems: [{ code, params: {} }] };
      const { status, body } = await submit();
      expect(status).toBe(422);
      expect(body).toContain('class="summary"');
      expect(body).not.toMatch(/undefined|NaN|\[object/);
    }
  });

  it.each([
    ['directory-unavailable', 'does not answer. Nothing was changed, and your session stays open.'],
    ['directory-misconfigured', 'because of a fault on our side'],
    ['directory-rights-missing', 'because of a fault on our side'],
    ['database-unavailable', 'Nothing was changed. Please try again in a minute.'],
  ] as const)('keeps the form usable when setting fails with %s', async (code, text) => {
    const csrf = csrfOf(await visitor.openForm());
    const fields = { csrf, password: NEW, repeated: NEW };
    pages.reset.failure = code;
    const failed = await visitor.post(URL, fields);
    expect(failed.status).toBe(503);
    expect(failed.headers['retry-after']).toBe('60');
    expect(failed.body).toContain(text);
    expect(csrfOf(failed)).toBe(csrf);
    pages.reset.failure = undefined;
    expect((await visitor.post(URL, fields)).status).toBe(303);
  });

  it('takes 30 submissions of one session in a quarter of an hour, and asks nobody about more', async () => {
    const csrf = csrfOf(await visitor.openForm());
    const send = (password: string) => visitor.post(URL, { csrf, password, repeated: password });
    pages.reset.result = { kind: 'refused', problems: [{ code: 'password-in-history', params: {} }] };
    for (let sent = 0; sent < 29; sent++) expect((await send(NEW)).status).toBe(422);
    expect((await send('')).status).toBe(422);

    pages.reset.result = { kind: 'done', domainName: 'RCDEVSDOCS', stillLocked: false };
    pages.reset.failure = new Error('must not be asked');
    const refused = await send(NEW);
    expect(refused.status).toBe(429);
    expect(refused.headers['retry-after']).toBe('900');
    expect(refused.body).toContain('There were many attempts in a short time.');
    expect(csrfOf(refused)).toBe(csrf);
    expect(refused.body).not.toContain(NEW);
    expect(refused.cookies).toEqual([]);
    expect(pages.reset.submitted).toEqual([]);

    pages.reset.failure = undefined;
    pages.throttle.counts.clear();
    expect((await send(NEW)).status).toBe(303);
  });

  it('counts no submission that is not of the session it names', async () => {
    await visitor.openForm();
    pages.throttle.counts.clear();
    expect((await visitor.post(URL, { csrf: 'wrong', password: NEW, repeated: NEW })).status).toBe(400);
    expect(pages.throttle.counts.size).toBe(0);
  });

  it('offers to try again when the form cannot be shown', async () => {
    await visitor.openForm();
    pages.reset.formFailure = 'directory-unavailable';
    const { status, body, cookies } = await visitor.get(URL);
    expect(status).toBe(503);
    expect(body).toContain('Try again');
    expect(cookies).toEqual([]);
    pages.reset.formFailure = undefined;
    expect((await visitor.get(URL)).status).toBe(200);
  });

  it('tells one neutral story for every session that is not there', async () => {
    const csrf = await visitor.csrf();
    const fields = { csrf, password: NEW, repeated: NEW };
    pages.reset.opened = false;
    const ended = [await visitor.get(URL), await new PageVisitor(pages.app).get(URL)];
    const stranger = new PageVisitor(pages.app);
    stranger.cookies.set('latchkey_pwreset', 'x');
    ended.push(await stranger.get(URL), await new PageVisitor(pages.app).post(URL, fields));
    for (const { status, body } of ended) {
      expect(status).toBe(404);
      expect(body).toBe(ended[0]?.body);
    }
  });

  it('ends quietly when another submission was first', async () => {
    await visitor.openForm();
    pages.reset.result = { kind: 'session-ended' };
    const { status, body } = await submit();
    expect(status).toBe(404);
    expect(body).toContain('If you have just saved a new password, it is in force');
  });

  it('attack 4: no step works without the one before it', async () => {
    for (const url of [URL, '/webapps/pwreset/done']) expect((await visitor.get(url)).status).toBe(404);
    expect((await visitor.post(URL, { password: NEW, repeated: NEW, csrf: 'x' })).status).toBe(404);
    expect((await visitor.post('/webapps/pwreset/done', {})).status).toBe(404);
    expect(pages.reset.submitted).toEqual([]);
  });

  it.each([
    ['no CSRF value', { csrf: undefined }],
    ['an empty CSRF value', { csrf: '' }],
    ['a made-up CSRF value', { csrf: `k1.${'0'.repeat(64)}` }],
    ['the session as CSRF value', { csrf: GOOD_SESSION }],
    ['the link as CSRF value', { csrf: GOOD_LINK }],
    ['no password', { password: undefined }],
    ['no second entry', { repeated: undefined }],
  ])('attack 5: %s does not set a password', async (_what, change) => {
    const csrf = await visitor.csrf();
    const fields = Object.entries({ csrf, password: NEW, repeated: NEW, ...change }).filter(
      (field): field is [string, string] => field[1] !== undefined,
    );
    const { status, headers } = await visitor.post(URL, Object.fromEntries(fields));
    expect(status).toBe(400);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(pages.reset.submitted).toEqual([]);
    expect((await visitor.get(URL)).status).toBe(200);
  });

  it.each([
    ['a list of passwords', `password=${NEW}&password=x&repeated=${NEW}`, {}, 400],
    ['an object', `password[a]=${NEW}&repeated[a]=${NEW}`, {}, 400],
    ['JSON', JSON.stringify({ password: NEW, repeated: NEW }), { 'content-type': 'application/json' }, 415],
    ['more than 64 KiB', `password=${'x'.repeat(70_000)}`, {}, 413],
  ])('attack 5: %s does not set a password', async (_what, payload, headers, status) => {
    const csrf = await visitor.csrf();
    const body = payload.startsWith('{') ? payload : `csrf=${csrf}&${payload}`;
    expect((await visitor.post(URL, body, { headers })).status).toBe(status);
    expect(pages.reset.submitted).toEqual([]);
  });

  it('attack 10: no secret passes as another', async () => {
    const csrf = await visitor.csrf();
    await submit();
    const outcome = visitor.cookies.get('latchkey_pwreset_done') ?? '';
    pages.reset.reset();
    pages.reset.opened = true;
    for (const wrong of [GOOD_LINK, csrf, outcome]) {
      const stranger = new PageVisitor(pages.app);
      stranger.cookies.set('latchkey_pwreset', wrong);
      expect((await stranger.get(URL)).status).toBe(404);
      stranger.cookies.set('latchkey_pwreset', wrong);
      expect((await stranger.post(URL, { csrf, password: NEW, repeated: NEW })).status).toBe(400);
      stranger.cookies.set('latchkey_pwreset_done', wrong === outcome ? csrf : wrong);
      expect((await stranger.get('/webapps/pwreset/done')).status).toBe(404);
    }
    pages.reset.opened = false;
    for (const wrong of [GOOD_SESSION, csrf, outcome]) {
      expect((await visitor.get(`/webapps/pwreset/?req=${encodeURIComponent(wrong)}`)).status).toBe(404);
      expect((await visitor.post('/webapps/pwreset/', { req: wrong })).status).toBe(404);
    }
  });

  it('refuses a form that another site has sent, with a right CSRF value too', async () => {
    await visitor.openForm();
    expect((await submit({}, { 'sec-fetch-site': 'cross-site' })).status).toBe(400);
    expect((await submit({}, { 'sec-fetch-site': 'same-site' })).status).toBe(400);
    expect((await submit({}, { 'sec-fetch-site': 'same-origin' })).status).toBe(303);
  });

  it('attack 14: a name or an address in the form changes nothing', async () => {
    await visitor.openForm();
    expect((await submit({ username: 'john', login: 'john', mail: 'x@example.test', to: '+1' })).status).toBe(303);
    expect(pages.reset.submitted).toEqual([NEW]);
  });

  it('attack 63: NUL bytes and odd Unicode are never a fault of ours', async () => {
    await visitor.openForm();
    const odd = ['%00', '%ed%a0%80', '%F0%9F%98%80', '%E2%80%AE', '%', '%zz', '٣٣٣', '+', '\u202e', 'x'.repeat(30_000)];
    for (const value of odd) {
      const csrf = csrfOf(await visitor.get(URL));
      const payload = `csrf=${csrf}&password=${value}&repeated=${value}y`;
      expect((await visitor.post(URL, payload)).status).toBe(422);
      for (const query of [`lang=${value}`, `inline=${value}`, `${value}=1`, `req=${value}`].filter(
        (q) => q.length < 9_000,
      )) {
        const address = encodeURI(decodeSafely(query));
        expect((await visitor.get(`${URL}?${address}`)).status).toBe(200);
      }
      const broken = new PageVisitor(pages.app);
      expect((await broken.get(URL, { headers: { cookie: `latchkey_pwreset=${value.slice(0, 100)}` } })).status).toBe(
        404,
      );
      expect((await visitor.get(URL, { headers: { 'accept-language': value.slice(0, 100) } })).status).toBe(200);
    }
  });
});

/** The text as a person might paste it into the address bar. */
function decodeSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
