import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Database } from '../../../src/core/database/database.js';
import type { BuiltinPerson } from '../../../src/core/directory/builtin/builtin-person.entity.js';
import { dnOf } from '../../help-desk/contract/desk.js';
import { AnsweringTokens } from '../../support/answering-tokens.js';
import type { SeenPage } from '../../support/browserless.js';
import { TokenFactory } from '../../support/token-factory.js';
import { databaseOfSuite } from './database-of-suite.js';
import { accountOf, csrfOf, type Owing, owing, STEP } from './owing.js';
import { NEW_PASSWORD, World } from './world.js';

/** Something that answers: its name on the form, and how the question is read from the page and answered. */
interface Asked {
  readonly factor: string;
  readonly answer: (page: SeenPage) => string;
}

describe('section 10.2: second factors that answer a question', () => {
  const database = databaseOfSuite();
  let world: World;
  let person: BuiltinPerson;
  let answering: AnsweringTokens;

  beforeAll(async () => {
    world = await World.start(database());
  });
  beforeEach(async () => {
    await world.calm();
    person = await world.person({ mobile: null });
    const services = { get: world.app.get.bind(world.app), database: world.app.get(Database), clock: world.app.clock };
    answering = new AnsweringTokens(services, new TokenFactory(services));
  });
  afterAll(() => world.stop());

  async function gridCard(): Promise<Asked> {
    const { answer } = await answering.gridCard(await accountOf(world, person));
    return { factor: 'GridCard', answer: ({ html }) => answer(/cells ([A-Z0-9 ]+)\?/.exec(html)?.[1] ?? '') };
  }

  async function ocra(): Promise<Asked> {
    const { answer } = await answering.ocra(await accountOf(world, person));
    return { factor: 'OCRA', answer: ({ html }) => answer(/answer to (\d{8})\?/.exec(html)?.[1] ?? '') };
  }

  async function gridGo(): Promise<Asked> {
    const { answer } = await answering.gridGo(await accountOf(world, person));
    const read = ({ html }: SeenPage): string => {
      const rows = [...html.matchAll(/<tr><th scope="row">[\s\S]*?<\/tr>/g)].map(([row]) =>
        [...row.matchAll(/data-cell="[A-Z]\d+">(.)</g)].map(([, symbol]) => symbol).join(''),
      );
      return answer(JSON.stringify({ grid: rows, rows: rows.length, cols: rows[0]?.length }));
    };
    return { factor: 'GridGo', answer: read };
  }

  async function list(): Promise<Asked> {
    await world.configure({ domainSettings: '{ otp_list_order: BY_NUMBER }' });
    const dn = dnOf(person);
    expect(await world.chief.call('OpenOTP.List_Register', { dn, size: 25 })).toMatchObject({ result: true });
    const { result } = (await world.chief.call('OpenOTP.List_Fetch', { dn })) as unknown as { result: string[] };
    return {
      factor: 'OTPList',
      answer: ({ html }) => result[Number(/Code number (\d+)/.exec(html)?.[1]) - 1] ?? '',
    };
  }

  const ask = ({ browser, page }: Owing, { factor }: Asked): Promise<SeenPage> =>
    browser.post(`${STEP}/question`, { csrf: csrfOf(page), factor });

  const answer = ({ browser }: Owing, page: SeenPage, { factor }: Asked, code: string): Promise<SeenPage> =>
    browser.post(`${STEP}/answer`, {
      csrf: csrfOf(page),
      factor,
      challenge: /name="challenge" value="([^"]+)"/.exec(page.html)?.[1] ?? '',
      code,
    });

  describe.each([
    ['a grid card', gridCard],
    ['a path on a grid', gridGo],
    ['a token that answers a number', ocra],
    ['a numbered list', list],
  ])('%s', (_what, make) => {
    it('is asked on demand, and leads on to the password', async () => {
      const asked = await make();
      const opened = await owing(world, person);
      expect(opened.page.html).not.toContain('name="challenge"');
      const question = await ask(opened, asked);
      expect(question.headers.get('cache-control')).toBe('no-store');
      const form = await answer(opened, question, asked, asked.answer(question));
      expect(form.url).toContain('/password');
      const done = await opened.browser.submit(form, { password: NEW_PASSWORD, repeated: NEW_PASSWORD });
      expect(done.html).toContain('Your new password is set');
    });

    it('asks the same until it is answered, also after a wrong answer', async () => {
      const asked = await make();
      const opened = await owing(world, person);
      const question = await ask(opened, asked);
      const again = await ask(opened, asked);
      expect(asked.answer(again)).toBe(asked.answer(question));
      const wrong = await answer(opened, question, asked, '0');
      expect(wrong.status).toBe(422);
      expect(asked.answer(wrong)).toBe(asked.answer(question));
      const reloaded = await opened.browser.get(STEP);
      expect(asked.answer(reloaded)).toBe(asked.answer(question));
      expect((await answer(opened, wrong, asked, asked.answer(wrong))).url).toContain('/password');
    });

    it('attack 9: an answer belongs to the link whose question it was', async () => {
      const asked = await make();
      const first = await owing(world, person);
      const question = await ask(first, asked);
      const second = await owing(world, person);
      const html = `${second.page.html}${question.html.replaceAll('name="csrf"', '')}`;
      const refused = await answer(second, { ...question, html }, asked, asked.answer(question));
      expect([refused.status, refused.url]).toEqual([422, expect.stringContaining(STEP)]);
      expect(refused.html).toContain('Please begin this step once more');
    });

    it('attack 38: a question is dead after its time', async () => {
      const asked = await make();
      const opened = await owing(world, person);
      const question = await ask(opened, asked);
      world.app.clock.advance(301);
      const late = await answer(opened, question, asked, asked.answer(question));
      expect(late.status).toBe(422);
      expect(late.html).not.toContain('name="challenge"');
    });

    it.each(['', ' ', '١٢٣٤', 'x'.repeat(1_000), '{}'])('attack 5: %.10j passes nothing', async (typed) => {
      const asked = await make();
      const opened = await owing(world, person);
      const question = await ask(opened, asked);
      expect((await answer(opened, question, asked, typed)).status).toBe(422);
      expect((await opened.browser.get('/webapps/pwreset/password')).url).toContain(STEP);
    });

    it('locks the link after five wrong answers', async () => {
      const asked = await make();
      const opened = await owing(world, person);
      let last = await ask(opened, asked);
      for (let attempt = 0; attempt < 5; attempt++) {
        if (!last.html.includes('name="challenge"')) last = await ask(opened, asked);
        last = await answer(opened, last, asked, '1');
      }
      expect(last.status).toBe(404);
      expect(await world.requests(person)).toMatchObject([
        { state: 'locked' },
        ...(asked.factor === 'OTPList' ? [{}] : []),
      ]);
    });
  });

  it('attack 31: answers to no question lock nobody', async () => {
    const asked = await gridCard();
    const opened = await owing(world, person);
    const forged = { ...opened.page, html: `${opened.page.html}<input name="challenge" value="x">` };
    for (let attempt = 0; attempt < 8; attempt++) {
      expect((await answer(opened, forged, asked, '0000')).status).toBe(422);
    }
    const question = await ask(opened, asked);
    expect((await answer(opened, question, asked, asked.answer(question))).url).toContain('/password');
  });

  it('is not asked by a GET', async () => {
    await gridCard();
    const { browser } = await owing(world, person);
    await browser.get(STEP);
    await browser.get(STEP);
    expect(
      await world.query(
        'SELECT 1 FROM token_challenges c JOIN accounts a ON a.id = c.account_id WHERE a.directory_key = $1',
        [person.id],
      ),
    ).toEqual([]);
  });

  it('refuses what it does not offer', async () => {
    await gridCard();
    const { browser, page } = await owing(world, person);
    for (const factor of ['FIDO', '', 'toString']) {
      const refused = await browser.post(`${STEP}/question`, { csrf: csrfOf(page), factor });
      expect(refused.status).toBe(400);
    }
    const none = await browser.post(`${STEP}/question`, { csrf: csrfOf(page), factor: 'OCRA' });
    expect(none.status).toBe(422);
  });
});
