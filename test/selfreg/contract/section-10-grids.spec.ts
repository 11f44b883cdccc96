import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BuiltinPerson } from '../../../src/core/directory/builtin/builtin-person.entity.js';
import type { SeenPage } from '../../support/browserless.js';
import { describeWith } from '../../support/describe-with.js';
import { pdfCells } from '../../support/read-pdf.js';
import { databaseOfSuite } from '../../pwreset/contract/database-of-suite.js';
import { World } from '../../pwreset/contract/world.js';
import { type Enrolling, enrolmentLink, pageOf, pastLogin, storedTokens } from './enrolling.js';

const STEPS = 'RRDD5';
/** Columns have letters without I, L, O and Q. */
const COLUMNS = 'ABCDEFGHJKMNPRSTUVWXYZ';

describe('section 10.1: enrolling grids', () => {
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

  async function enter(name: string): Promise<Enrolling> {
    const { browser } = await pastLogin(world, await enrolmentLink(world, person));
    return { browser, page: await browser.get(pageOf(name)) };
  }

  /** What stands in the cells of the page's table. */
  function cells({ html }: SeenPage): Map<string, string> {
    const found = [...html.matchAll(/data-cell="([A-Z]\d+)"[^>]*>\s*(.)\s*</g)];
    return new Map(found.map(([, label = '', symbol = '']) => [label, symbol]));
  }

  const state = async (): Promise<object | undefined> =>
    (
      await world.query<{ state: object }>(
        `SELECT t.state FROM tokens t JOIN token_assignments ta ON ta.token_id = t.id
         JOIN accounts a ON a.id = ta.account_id WHERE a.directory_key = $1`,
        [person.id],
      )
    )[0]?.state;

  describe('a grid card', () => {
    const asked = ({ html }: SeenPage): string[] =>
      (/cells ([A-Z0-9, ]+)\?/.exec(html)?.[1] ?? '').split(', ').filter((label) => label !== '');
    const answer = (page: SeenPage): string =>
      asked(page)
        .map((label) => cells(page).get(label))
        .join('');

    async function begin(): Promise<Enrolling> {
      const { browser, page } = await enter('grid-card');
      return { browser, page: await browser.submit(page, {}) };
    }

    it('is shown while it is pending, and stored with the symbols of some cells', async () => {
      const { browser, page } = await begin();
      expect(cells(page).size).toBe(220);
      expect(asked(page)).toHaveLength(4);
      expect(page.headers.get('cache-control')).toBe('no-store');
      expect(await storedTokens(world, person)).toMatchObject([{ slot: null, status: 'INACTIVE' }]);
      const done = await browser.submit(page, { code: answer(page).toUpperCase() });
      expect(done.html).toContain('Set up: grid card');
      expect(await storedTokens(world, person)).toMatchObject([{ slot: 'GridCard', status: 'ACTIVE' }]);
      expect(await state()).toEqual({});
    });

    it('is the same card with the same question until it is proved', async () => {
      const { browser, page } = await begin();
      const again = await browser.submit(page, { code: '0000' });
      expect(again.status).toBe(422);
      expect([cells(again), asked(again)]).toEqual([cells(page), asked(page)]);
      const large = await browser.get(`${pageOf('grid-card')}?large=1`);
      expect([cells(large), asked(large)]).toEqual([cells(page), asked(page)]);
      expect(large.html).toContain('grid-large');
    });

    /** The card as a file, with the cookies of the browser. */
    const pdf = async ({ browser }: Enrolling, query = ''): Promise<{ response: Response; file: Buffer }> => {
      const response = await browser.download(`${pageOf('grid-card')}/card.pdf${query}`);
      return { response, file: Buffer.from(await response.arrayBuffer()) };
    };

    describeWith('pdftotext', 'as PDF', () => {
      it('has the same cells, in large print too', async () => {
        const enrolling = await begin();
        for (const query of ['', '?large=1']) {
          const { response, file } = await pdf(enrolling, query);
          expect(response.status).toBe(200);
          expect(response.headers.get('content-type')).toBe('application/pdf');
          expect(response.headers.get('content-disposition')).toBe('attachment; filename="grid-card.pdf"');
          expect(response.headers.get('cache-control')).toBe('no-store');
          expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
          expect(pdfCells(file)).toEqual(cells(enrolling.page));
        }
      });
    });

    it('attack 42: is no PDF before it is made, nor once it is proved, nor for anybody else', async () => {
      const entered = await enter('grid-card');
      expect((await pdf(entered)).response.status).toBe(303);
      const { browser, page } = await begin();
      await browser.submit(page, { code: answer(page) });
      expect((await pdf({ browser, page })).response.headers.get('content-type')).not.toBe('application/pdf');
      expect((await pdf({ browser: world.browser(), page })).response.status).toBe(404);
    });

    it('attack 42: shows no cell once it is proved', async () => {
      const { browser, page } = await begin();
      await browser.submit(page, { code: answer(page) });
      expect(cells(await browser.get(pageOf('grid-card'))).size).toBe(0);
    });

    it.each(['', '1', 'x'.repeat(1_000), '١٢٣٤'])('attack 44: %.10j is a wrong answer', async (code) => {
      const { browser, page } = await begin();
      expect((await browser.submit(page, { code })).status).toBe(422);
      expect(await storedTokens(world, person)).toMatchObject([{ status: 'INACTIVE' }]);
    });

    it('attack 7: of ten proofs one stores it', async () => {
      const { browser, page } = await begin();
      const code = answer(page);
      await Promise.all(Array.from({ length: 10 }, () => browser.submit(page, { code })));
      expect(await storedTokens(world, person)).toEqual([
        { kind: 'GridCard', slot: 'GridCard', status: 'ACTIVE', ended: false },
      ]);
    });
  });

  describe('a path on a grid', () => {
    async function begin(path = STEPS, again = path): Promise<Enrolling> {
      const { browser, page } = await enter('grid-go');
      return { browser, page: await browser.submit(page, { path, again }) };
    }

    /** What the path of {@link STEPS} passes from the first cell. */
    function walk(page: SeenPage): string {
      const way = [
        [0, 0],
        [1, 0],
        [2, 0],
        [2, 1],
        [2, 2],
        [3, 3],
      ] as const;
      return way.map(([col, row]) => cells(page).get(`${COLUMNS[col]}${row + 1}`)).join('');
    }

    it('is stored when it was walked once on a grid', async () => {
      const { browser, page } = await begin();
      expect(cells(page).size).toBe(220);
      expect(page.html).not.toContain(STEPS);
      const done = await browser.submit(page, { code: walk(page) });
      expect(done.html).toContain('Set up: path on a grid');
      expect(await storedTokens(world, person)).toMatchObject([{ slot: 'GridGo', status: 'ACTIVE' }]);
      expect(await state()).toEqual({});
    });

    it('stays on the same grid after a wrong walk', async () => {
      const { browser, page } = await begin();
      const again = await browser.submit(page, { code: '000000' });
      expect([again.status, cells(again)]).toEqual([422, cells(page)]);
      expect((await browser.submit(again, { code: walk(again) })).html).toContain('Set up: path on a grid');
    });

    it('is as long as the policy GridGo asks for', async () => {
      const more = 'policies: [{ name: g, category: GridGo, options: { passcodeLength: "8" } }]';
      await world.configure({ more });
      const { browser, page } = await begin();
      expect(page.status).toBe(422);
      expect(page.html).toContain('7 to 31 steps');
      const longer = await browser.submit(page, { path: `${STEPS}RR`, again: `${STEPS}RR` });
      expect(cells(longer).size).toBe(220);
    });

    it.each([
      ['', ''],
      ['RRDD', 'RRDD'],
      ['R'.repeat(33), 'R'.repeat(33)],
      ['RRDDX', 'RRDDX'],
      ['RRRRR', 'RRRRR'],
      [STEPS, 'RRDD'],
      [STEPS, 'RRDDD'],
    ])('attack 44: %j and %j are refused', async (path, again) => {
      const { page } = await begin(path, again);
      expect(page.status).toBe(422);
      expect(await storedTokens(world, person)).toEqual([]);
    });
  });
});
