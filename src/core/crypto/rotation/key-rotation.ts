import { Injectable } from '@nestjs/common';
import { Database, rows } from '../../database/database.js';
import { KeyRing } from '../key-ring.js';
import type { KeyedRow } from '../keyed-columns.js';
import { asParameter, isStale, resealed, type SealedColumn, sealedColumns } from './sealed-column.js';

/** What became of the rows that had a value under an older key. */
export interface RotationCounts {
  readonly resealed: number;
  /** Written by somebody else between our reading and our writing; looked at once more. */
  readonly overtaken: number;
  /** With a value that no key of the ring opens. */
  readonly lost: number;
}

const BATCH_SIZE = 500;

/** Rows that others keep writing are looked at this often at most; what is left then is for the next call. */
const PASSES = 3;

/**
 * Seals everything anew that lies under an older key of the ring, while the servers run: in small steps, each committed
 * by itself, and only where a value is still the one that was read. It may be interrupted and called again at any time,
 * also by several at once.
 */
@Injectable()
export class KeyRotation {
  constructor(
    private readonly database: Database,
    private readonly keyRing: KeyRing,
  ) {}

  /** How many rows have a value under an older key, by column. */
  async stale(): Promise<number> {
    let count = 0;
    for (const column of sealedColumns(this.database.dataSource)) {
      const [row] = await this.database.query<{ count: string }>(
        `SELECT count(*) AS count FROM ${column.table} WHERE ${isStale(column)}`,
        [this.keyRing.currentKeyId],
      );
      count += Number(row?.count ?? 0);
    }
    return count;
  }

  /**
   * @param onStep is told after each step how many rows are done
   * @throws DomainError `database-unavailable`; what was done stays done
   */
  async run(onStep: (done: number) => void = () => undefined): Promise<RotationCounts> {
    const total = { resealed: 0, overtaken: 0, lost: 0 };
    for (const column of sealedColumns(this.database.dataSource)) {
      for (let pass = 1; pass <= PASSES; pass++) {
        const counts = await this.pass(column, (done) => onStep(total.resealed + done));
        total.resealed += counts.resealed;
        total.overtaken += counts.overtaken;
        if (counts.overtaken > 0 && pass < PASSES) continue;
        total.lost += counts.lost;
        break;
      }
    }
    return total;
  }

  /** Goes through one column once, in the order of its primary key. */
  private async pass(column: SealedColumn, onStep: (done: number) => void): Promise<RotationCounts> {
    const counts = { resealed: 0, overtaken: 0, lost: 0 };
    for (let after: KeyedRow | undefined; ;) {
      const page = await this.read(column, after);
      const opened = page.flatMap((row) => this.open(column, row) ?? []);
      const written = opened.length > 0 ? await this.write(column, opened) : 0;
      counts.resealed += written;
      counts.overtaken += opened.length - written;
      counts.lost += page.length - opened.length;
      onStep(counts.resealed);
      after = page.at(-1);
      if (page.length < BATCH_SIZE) return counts;
    }
  }

  private read(column: SealedColumn, after: KeyedRow | undefined): Promise<KeyedRow[]> {
    const { table, primaryKey } = column;
    const names = primaryKey.map(({ name }) => name).join(', ');
    const places = primaryKey.map(({ type }, index) => `$${index + 2}::${type}`).join(', ');
    return this.database.query<KeyedRow>(
      `SELECT * FROM ${table} WHERE ${isStale(column)}${after ? ` AND (${names}) > (${places})` : ''}
       ORDER BY ${names} LIMIT ${BATCH_SIZE}`,
      [this.keyRing.currentKeyId, ...(after ? primaryKey.map(({ name }) => after[name]) : [])],
    );
  }

  private open(column: SealedColumn, row: KeyedRow): [{ row: KeyedRow; value: unknown }] | undefined {
    try {
      return [{ row, value: resealed(column, row, this.keyRing) }];
    } catch {
      return undefined;
    }
  }

  /** @returns how many were still as they had been read */
  private async write(column: SealedColumn, opened: readonly { row: KeyedRow; value: unknown }[]): Promise<number> {
    const { table, primaryKey, shape } = column;
    const keys = primaryKey.map(({ name }) => opened.map(({ row }) => row[name]));
    const [before, after] = [primaryKey.length + 1, primaryKey.length + 2];
    // An array of arrays would have to be rectangular, so that arrays travel as the text of their literals.
    const cast = shape === 'text' ? '' : `::${shape}`;
    const updated = await rows<object>(
      this.database.manager,
      `UPDATE ${table} AS held SET ${column.column} = fresh.after${cast}
       FROM unnest(${primaryKey.map(({ type }, index) => `$${index + 1}::${type}[]`).join(', ')}, $${before}::text[], $${after}::text[])
         AS fresh (${primaryKey.map((_, index) => `key_${index}`).join(', ')}, before, after)
       WHERE ${primaryKey.map(({ name }, index) => `held.${name} = fresh.key_${index}`).join(' AND ')}
         AND held.${column.column} = fresh.before${cast}
       RETURNING 1`,
      [...keys, opened.map(({ row }) => literal(asParameter(column, row))), opened.map(({ value }) => literal(value))],
    );
    return updated.length;
  }
}

/** Sealed values hold neither quotes nor backslashes, so that an array of them is written without escapes. */
function literal(value: unknown): unknown {
  return Array.isArray(value) ? `{${value.map((text) => `"${String(text)}"`).join(',')}}` : value;
}
