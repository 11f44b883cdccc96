import { execFileSync } from 'node:child_process';
import { realPartPath } from './real-parts.js';

/** The text of a PDF as poppler reads it, a page each, laid out as on paper. */
export function pdfPages(file: Uint8Array): string[] {
  const text = execFileSync(realPartPath('pdftotext'), ['-layout', '-', '-'], { input: file, encoding: 'utf8' });
  return text.split('\f').filter((page) => page.trim() !== '');
}

/** What stands in the cells of the grids of a PDF, by their labels. */
export function pdfCells(file: Uint8Array): Map<string, string> {
  const cells = new Map<string, string>();
  for (const page of pdfPages(file)) {
    const rows = page.split('\n').map((line) => line.trim().split(/\s+/));
    const letters = rows.find((row) => row.length > 2 && row.every((word) => /^[A-Z]$/.test(word))) ?? [];
    for (const [number, ...symbols] of rows) {
      if (!/^\d{1,2}$/.test(number ?? '') || symbols.length !== letters.length) continue;
      symbols.forEach((symbol, col) => cells.set(`${letters[col]}${number}`, symbol));
    }
  }
  return cells;
}
