import { expect, it } from 'vitest';
import { describeWith } from '../../../test/support/describe-with.js';
import { FixedRandom } from '../../../test/support/fixed-random.js';
import { pdfCells, pdfPages } from '../../../test/support/read-pdf.js';
import { CARD_SIZE, cellLabel, cellNumber } from './geometry.js';
import { newGrid, symbolAt } from './grid.js';
import { gridPdf, type PrintedGrid } from './grid-pdf.js';

const grid = newGrid(new FixedRandom(), CARD_SIZE);
const CARD: PrintedGrid = {
  grid,
  title: 'Your grid card',
  organisation: 'ACME & Söhne',
  serial: '77003456',
  language: 'en',
  large: false,
  at: new Date('2026-08-03T09:00:00Z'),
};

describeWith('pdftotext', 'a grid card as PDF', () => {
  const expected = new Map(
    Array.from({ length: CARD_SIZE.rows * CARD_SIZE.cols }, (_, index) => {
      const cell = cellNumber(index, CARD_SIZE);
      return [cellLabel(cell), symbolAt(grid, cell)];
    }),
  );

  it.each([
    ['on one sheet', false, 1],
    ['in large print on two', true, 2],
  ])('has every cell in its place %s', async (_how, large, sheets) => {
    const file = await gridPdf({ ...CARD, large });
    expect(pdfCells(file)).toEqual(expected);
    const pages = pdfPages(file);
    expect(pages).toHaveLength(sheets);
    for (const page of pages) {
      expect(page).toContain('Your grid card');
      expect(page).toContain('ACME & Söhne');
      expect(page).toContain('77003456');
    }
  });

  it('has letters of every language that we speak', async () => {
    const [page] = pdfPages(await gridPdf({ ...CARD, language: 'ru', title: 'Ваша карта-сетка', organisation: 'Эра' }));
    expect(page).toContain('Ваша карта-сетка');
    expect(page).toContain('Эра');
  });

  it('is the same bytes for the same card at the same moment', async () => {
    const file = await gridPdf(CARD);
    expect((await gridPdf(CARD)).equals(file)).toBe(true);
    expect((await gridPdf({ ...CARD, at: new Date('2026-08-03T09:00:01Z') })).equals(file)).toBe(false);
  });

  it('is tagged, and says its language and title', async () => {
    const text = (await gridPdf(CARD)).toString('latin1');
    expect(text).toContain('/StructTreeRoot');
    expect(text).toContain('/Lang (en)');
    expect(text).toContain('/DisplayDocTitle true');
    expect(text.match(/\/S \/TH\b/g)).toHaveLength(CARD_SIZE.cols + CARD_SIZE.rows + 1);
    expect(text.match(/\/S \/TD\b/g)).toHaveLength(CARD_SIZE.cols * CARD_SIZE.rows);
  });
});
