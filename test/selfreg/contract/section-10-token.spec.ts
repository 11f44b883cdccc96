import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BuiltinPerson } from '../../../src/core/directory/builtin/builtin-person.entity.js';
import { decodeBase32 } from '../../../src/tokens/oath/base32.js';
import { hotp } from '../../../src/tokens/oath/hotp.js';
import { timeStep } from '../../../src/tokens/oath/match-totp.js';
import { oathKey } from '../../../src/tokens/oath/oath-key.js';
import type { Seed } from '../../../src/tokens/oath/seed.js';
import type { Browserless, SeenPage } from '../../support/browserless.js';
import { databaseOfSuite } from '../../pwreset/contract/database-of-suite.js';
import { OLD_PASSWORD, World } from '../../pwreset/contract/world.js';

const SEND = 'SelfReg.Send_Request';
const CODE = { code: '000000' };

/** The link's pages up to the one where something is enrolled. */
interface Enrolling {
  readonly browser: Browserless;
  readonly page: SeenPage;
}

describe('section 10.1: enrolling a token', () => {
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

  async function link(params: object = { item: 'Token1' }): Promise<string> {
    const answer = await world.chief.call(SEND, { username: person.login, method: 'NONE', ...params });
    if (!('result' in answer) || typeof answer.result !== 'string') throw new Error(JSON.stringify(answer));
    return answer.result;
  }

  /** Follows a link past the log-in. */
  async function enter(url: string, browser = world.browser()): Promise<Enrolling> {
    const login = await browser.submit(await browser.get(url), {});
    return { browser, page: await browser.submit(login, { current: OLD_PASSWORD }) };
  }

  /** Follows a link up to the QR code. */
  async function begin(url: string): Promise<Enrolling> {
    const { browser, page } = await enter(url);
    return { browser, page: await browser.submit(page, {}) };
  }

  /** What an app shows that has read the page's key. */
  function code({ html }: SeenPage, steps = 0): string {
    const key = /<code class="key">([A-Z2-7 ]+)<\/code>/.exec(html)?.[1]?.replaceAll(' ', '') ?? '';
    const seed = decodeBase32(key) as Seed;
    return hotp(oathKey(seed, 'SHA1'), timeStep(world.app.clock.now(), 30) + steps, 6);
  }

  const tokens = () =>
    world.query<{ slot: string | null; status: string; ended: boolean }>(
      `SELECT ta.slot, ta.status, ta.ended_at IS NOT NULL AS ended FROM token_assignments ta
       JOIN accounts a ON a.id = ta.account_id WHERE a.directory_key = $1 ORDER BY ta.created_at, ta.id`,
      [person.id],
    );

  it('leads over landing and log-in to the QR code, and stores the token with its first code', async () => {
    const { browser, page } = await begin(await link());
    expect(page.html).toContain('data:image/svg+xml;base64,');
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(await tokens()).toEqual([{ slot: null, status: 'INACTIVE', ended: false }]);
    const done = await browser.submit(page, { code: code(page) });
    expect(done.html).toContain('All set');
    expect(await tokens()).toEqual([{ slot: 'Token1', status: 'ACTIVE', ended: false }]);
    expect((await world.requests(person)).at(-1)).toMatchObject({ state: 'completed' });
  });

  it('tells the person by mail, with a link to stop it', async () => {
    const { browser, page } = await begin(await link());
    await browser.submit(page, { code: code(page) });
    const [notice] = await world.messages(person);
    expect(notice).toMatchObject({ channel: 'MAIL' });
    expect(notice?.text).toContain('one-time password token 1');
    expect(notice?.text).toMatch(/\/webapps\/selfreg\/not-me\/\?req=[\w-]{43}/);
  });

  it('asks again after a wrong code, and shows the same QR code', async () => {
    const { browser, page } = await begin(await link());
    const again = await browser.submit(page, CODE);
    expect(again.status).toBe(422);
    expect(code(again)).toBe(code(page));
    expect((await browser.submit(again, { code: code(again) })).html).toContain('All set');
  });

  it('shows the same QR code to whoever was interrupted, in the same browser', async () => {
    const { browser, page } = await begin(await link());
    const later = await browser.get('/webapps/selfreg/token');
    expect(code(later)).toBe(code(page));
  });

  it('attack 42: shows no key once the token is proved', async () => {
    const { browser } = await enter(await link({}));
    const qr = await browser.submit(await browser.get('/webapps/selfreg/token'), {});
    await browser.submit(qr, { code: code(qr) });
    expect((await browser.get('/webapps/selfreg/token')).html).not.toContain('class="key"');
  });

  it('attack 7: of ten proofs of one link at once one makes an authenticator', async () => {
    const { browser, page } = await begin(await link());
    const typed = code(page);
    // As many as are looked at; an eleventh would abandon what is not proved by then.
    await Promise.all(Array.from({ length: 10 }, () => browser.submit(page, { code: typed })));
    expect((await tokens()).filter(({ status }) => status === 'ACTIVE')).toHaveLength(1);
    expect((await world.audit({ event: 'authenticator.added' })).length).toBeGreaterThan(0);
  });

  it('replaces a filled slot only with consent, and the old one works until then', async () => {
    const first = await begin(await link());
    await first.browser.submit(first.page, { code: code(first.page) });
    world.app.clock.advance(1);
    const second = await begin(await link());
    const refused = await second.browser.submit(second.page, { code: code(second.page) });
    expect(refused.status).toBe(422);
    expect((await tokens()).filter(({ status, ended }) => status === 'ACTIVE' && !ended)).toHaveLength(1);
    const replaces = /name="replaces" value="([^"]+)"/.exec(refused.html)?.[1] ?? '';
    const done = await second.browser.submit(refused, { code: code(refused), replaces });
    expect(done.html).toContain('All set');
    expect(await tokens()).toEqual([
      { slot: 'Token1', status: 'ACTIVE', ended: true },
      { slot: 'Token1', status: 'ACTIVE', ended: false },
    ]);
  });

  it('attack 36: enrols nothing before the log-in', async () => {
    const browser = world.browser();
    await browser.submit(await browser.get(await link()), {});
    const page = await browser.get('/webapps/selfreg/token');
    expect(page.url).toContain('/log-in');
    expect(await tokens()).toEqual([]);
  });

  it('attack 4: a step of the page without a link is a page that is closed', async () => {
    for (const path of ['choose', 'token', 'log-in', 'done']) {
      expect((await world.browser().get(`/webapps/selfreg/${path}`)).status).toBe(404);
    }
  });

  it('offers everything where the link names nothing, and goes on until the person has enough', async () => {
    const { browser, page } = await enter(await link({}));
    expect(page.url).toContain('/choose');
    expect(page.html).toContain('Authenticator app or token');
    const qr = await browser.submit(await browser.get('/webapps/selfreg/token'), {});
    const choice = await browser.submit(qr, { code: code(qr) });
    expect(choice.url).toContain('/choose');
    expect(choice.html).toContain('Set up: one-time password token 1');
    expect(choice.html).toContain('1 of 3 in use');
    const done = await browser.submit(choice, {});
    expect(done.html).toContain('All set');
    expect((await world.requests(person)).at(-1)).toMatchObject({ state: 'completed' });
  });

  it('is limited to the application of the link', async () => {
    const { page } = await enter(await link({ application: 'OpenOTP' }));
    expect(page.html).toContain('Authenticator app or token');
    expect(page.html).not.toContain('SSH key');
  });

  it.each(['', '12345', '1234567', '١٢٣٤٥٦', 'x'.repeat(1_000)])('attack 44: %j is a wrong code', async (typed) => {
    const { browser, page } = await begin(await link());
    expect((await browser.submit(page, { code: typed })).status).toBe(422);
  });

  it('locks the link after five wrong passwords', async () => {
    const browser = world.browser();
    let page = await browser.submit(await browser.get(await link()), {});
    for (let attempt = 0; attempt < 5; attempt++) page = await browser.submit(page, { current: 'wrong' });
    expect(page.status).toBe(404);
    expect(await world.requests(person)).toMatchObject([{ state: 'locked' }]);
  });
});
