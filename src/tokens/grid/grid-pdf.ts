import { fileURLToPath } from 'node:url';
import Pdf from 'pdfkit';
import type { Language } from '../../core/web/language/languages.js';
import { GRID_COLUMNS } from './geometry.js';
import type { Grid } from './grid.js';

/** A card to be printed. */
export interface PrintedGrid {
  readonly grid: Grid;
  readonly title: string;
  readonly organisation: string;
  readonly serial: string;
  readonly language: Language;
  /** For people who see little: two sheets with half of the columns each. */
  readonly large: boolean;
  /** Moment that the document bears. */
  readonly at: Date;
}

/** Measures in points, 1/72 inch, of a sheet of A4. */
const NORMAL = { layout: 'portrait', columns: 22, title: 16, symbol: 11, row: 21 } as const;
const LARGE = { layout: 'landscape', columns: 11, title: 26, symbol: 28, row: 37 } as const;
const MARGIN = 36;

const FONTS = {
  text: font('DejaVuSans'),
  bold: font('DejaVuSans-Bold'),
  symbol: font('DejaVuSansMono-Bold'),
} as const;

const QUIET = '#44505c';
const BANDS = ['#ffffff', '#eef1f4'] as const;

/**
 * A grid card as PDF, made in memory and tagged for screen readers (ISO 14289-1): a table with the letters of the columns
 * and the numbers of the rows as its headings. The same card at the same moment gives the same bytes.
 */
export function gridPdf(card: PrintedGrid): Promise<Buffer> {
  const { grid, title, organisation, serial, language, large, at } = card;
  const style = large ? LARGE : NORMAL;
  const document = new Pdf({
    size: 'A4',
    layout: style.layout,
    margin: MARGIN,
    autoFirstPage: false,
    pdfVersion: '1.7',
    tagged: true,
    lang: language,
    displayTitle: true,
    info: {
      Title: title,
      Author: organisation,
      Producer: 'Latchkey',
      Creator: 'Latchkey',
      CreationDate: at,
      ModDate: at,
    },
  });
  const bytes = bytesOf(document);
  const root = document.struct('Document');
  document.addStructure(root);
  for (const columns of sheets(grid, style.columns)) {
    document.addPage();
    root.add(document.struct('P', {}, () => line(document, organisation, FONTS.text, style.title * 0.7, QUIET)));
    root.add(document.struct('H1', {}, () => line(document, title, FONTS.bold, style.title, '#000000')));
    document.moveDown(0.5);
    document.font(FONTS.symbol, style.symbol);
    const table: PDFKit.Mixins.TableOptionsWithData & { structParent: PDFKit.PDFStructureElement } = {
      structParent: root,
      data: cells(grid, columns),
      rowStyles: (row) => ({ height: style.row, backgroundColor: BANDS[row % 2] ?? BANDS[0] }),
      defaultStyle: { border: 0.5, borderColor: '#8894a0', padding: 0, align: { x: 'center', y: 'center' } },
    };
    document.table(table);
    document.moveDown(0.5);
    root.add(document.struct('P', {}, () => line(document, serial, FONTS.text, style.title * 0.6, QUIET)));
  }
  root.end();
  document.end();
  return bytes;
}

/** Which columns stand on which sheet. */
function sheets({ cols }: Grid, most: number): number[][] {
  const columns = Array.from({ length: cols }, (_, col) => col);
  return Array.from({ length: Math.ceil(cols / most) }, (_, sheet) => columns.slice(sheet * most, (sheet + 1) * most));
}

interface HeadingCell extends PDFKit.Mixins.CellOptions {
  readonly scope: 'Row' | 'Column' | 'Both';
}

function cells({ lines }: Grid, columns: readonly number[]): (string | PDFKit.Mixins.CellOptions)[][] {
  return [
    [heading('', 'Both'), ...columns.map((col) => heading(GRID_COLUMNS[col] ?? '', 'Column'))],
    ...lines.map((symbols, row) => [heading(String(row + 1), 'Row'), ...columns.map((col) => symbols[col] ?? '')]),
  ];
}

function heading(text: string, scope: HeadingCell['scope']): HeadingCell {
  return { text, type: 'TH', scope, textColor: QUIET, backgroundColor: '#ffffff' };
}

function line(document: PDFKit.PDFDocument, text: string, source: string, size: number, color: string): void {
  document.font(source, size).fillColor(color).text(text, MARGIN, document.y);
}

function bytesOf(document: PDFKit.PDFDocument): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    document.on('data', (part: Buffer) => parts.push(part));
    document.on('end', () => resolve(Buffer.concat(parts)));
    document.on('error', reject);
  });
}

/** Path of a font with Latin, Greek and Cyrillic letters, of which the document takes what it uses. */
function font(name: string): string {
  return fileURLToPath(import.meta.resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`));
}
