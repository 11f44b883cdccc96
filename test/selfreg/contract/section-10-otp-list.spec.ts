import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BuiltinPerson } from '../../../src/core/directory/builtin/builtin-person.entity.js';
import type { SeenPage } from '../../support/browserless.js';
import { databaseOfSuite } from '../../pwreset/contract/database-of-suite.js';
import { World } from '../../pwreset/contract/world.js';
import { type Enrolling, enrolmentLink, pageOf, pastLogin, storedTokens } from './enrolling.js';

const PENDING = { kind: 'OTPList', slot: null, status: 'INACTIVE', ended: false };
const STORED = { kind: 'OTPList', slot: 'OTPList', status: 'ACTIVE', ended: false };

describe('section 10.1: enrolling a list of one-time passwords', () => {
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

  async function begin(size = '25'): Promise<Enrolling> {
    const { browser, page } = await pastLogin(world, await enrolmentLink(world, person, { item: 'OTPList' }));
    return { browser, page: await browser.submit(page, { size }) };
  }

  /** The codes as they stand on the page, from number 1 on. */
  function codes({ html }: SeenPage): string[] {
    return [...html.matchAll(/<code>(\d{8})<\/code>/g)].map(([, code]) => code ?? '');
  }

  it.each([25, 50, 100, 250, 500, 1000])('makes a numbered list of %i', async (size) => {
    const { page } = await begin(String(size));
    expect(codes(page)).toHaveLength(size);
    expect(page.html).toContain(`${size}. `);
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(await storedTokens(world, person)).toEqual([PENDING]);
  });

  it.each(['', '0', '26', '10000', 'many'])('attack 44: a list of %j is not offered', async (size) => {
    const { page } = await begin(size);
    expect(page.status).toBe(400);
    expect(await storedTokens(world, person)).toEqual([]);
  });

  it('stores the list with its first code, which is used up', async () => {
    const { browser, page } = await begin();
    const [first] = codes(page);
    const done = await browser.submit(page, { code: first ?? '' });
    expect(done.html).toContain('All set');
    expect(await storedTokens(world, person)).toEqual([STORED]);
    const [used] = await world.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM token_codes c JOIN token_assignments ta ON ta.token_id = c.token_id
       JOIN accounts a ON a.id = ta.account_id WHERE a.directory_key = $1 AND c.used_at IS NOT NULL`,
      [person.id],
    );
    expect(used?.count).toBe(1);
  });

  it('shows the same list after a wrong code, and to whoever was interrupted', async () => {
    const { browser, page } = await begin();
    const again = await browser.submit(page, { code: codes(page)[1] ?? '' });
    expect(again.status).toBe(422);
    expect(codes(again)).toEqual(codes(page));
    expect(codes(await browser.get(pageOf('otp-list')))).toEqual(codes(page));
    expect(await storedTokens(world, person)).toEqual([PENDING]);
  });

  it('attack 42: shows no code once the list is proved', async () => {
    const link = await enrolmentLink(world, person, { application: 'OpenOTP' });
    const { browser } = await pastLogin(world, link);
    const page = await browser.submit(await browser.get(pageOf('otp-list')), { size: '25' });
    await browser.submit(page, { code: codes(page)[0] ?? '' });
    expect(codes(await browser.get(pageOf('otp-list')))).toEqual([]);
  });

  it('attack 7: of ten proofs of one list one stores it', async () => {
    const { browser, page } = await begin();
    const [first = ''] = codes(page);
    await Promise.all(Array.from({ length: 10 }, () => browser.submit(page, { code: first })));
    expect(await storedTokens(world, person)).toEqual([STORED]);
  });

  it('replaces a list only with consent', async () => {
    const first = await begin();
    await first.browser.submit(first.page, { code: codes(first.page)[0] ?? '' });
    world.app.clock.advance(1);
    const second = await begin();
    const [code = ''] = codes(second.page);
    expect((await second.browser.submit(second.page, { code })).status).toBe(422);
    const replaces = /name="replaces" value="([^"]+)"/.exec(second.page.html)?.[1] ?? '';
    expect((await second.browser.submit(second.page, { code, replaces })).html).toContain('All set');
    expect(await storedTokens(world, person)).toEqual([{ ...STORED, ended: true }, STORED]);
  });

  it('says when the list that the person has is almost used up', async () => {
    const { browser, page } = await begin();
    await browser.submit(page, { code: codes(page)[0] ?? '' });
    const entry = async () =>
      (await pastLogin(world, await enrolmentLink(world, person, { item: 'OTPList' }))).page.html;
    expect(await entry()).not.toContain('Time for a new one');
    await world.query(
      `UPDATE tokens SET counter = 21 WHERE id IN (SELECT token_id FROM token_assignments ta
       JOIN accounts a ON a.id = ta.account_id WHERE a.directory_key = $1)`,
      [person.id],
    );
    expect(await entry()).toContain('Codes left on the list that you have now: 4.');
  });
});
