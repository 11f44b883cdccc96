import { RowError, type SeedFileNote } from './problems.js';
import { type RawToken, readRawToken } from './raw-token.js';
import type { SeedFileRow } from './seed-record.js';

/**
 * Turns the tokens of one file into rows. Remembers the serials it has seen: the one thing that grows with the file,
 * by some 100 bytes a token.
 */
export class Rows {
  private readonly serials = new Set<string>();

  /** The row of one token; `read` may throw {@link RowError}. */
  row(line: number, serial: string | undefined, read: () => { raw: RawToken; notes?: SeedFileNote[] }): SeedFileRow {
    try {
      const { raw, notes = [] } = read();
      const token = readRawToken(raw);
      if (this.serials.has(token.serial)) throw new RowError('serial-duplicate');
      // A copy: a part of a chunk would keep the whole chunk in memory.
      this.serials.add(Buffer.from(token.serial, 'latin1').toString('latin1'));
      return { outcome: 'token', line, token, notes };
    } catch (error) {
      if (!(error instanceof RowError)) throw error;
      const known = serial?.trim().slice(0, 64);
      return { outcome: 'refused', line, ...(known && { serial: known }), problem: error.problem };
    }
  }
}
