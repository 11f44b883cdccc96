import { decodeBase32 } from '../oath/base32.js';
import { type CsvColumn, type CsvLayout, HEADERLESS, readCsvHeader, type SeedEncoding } from './csv-columns.js';
import { readCsvRecords } from './csv-records.js';
import { RowError } from './problems.js';
import type { RawToken } from './raw-token.js';
import { Rows } from './rows.js';
import type { SeedFileRow, SeedFileSource } from './seed-record.js';

const HEX = /^(?:[0-9A-Fa-f]{2})+$/;

/**
 * Reads OATH CSV: with a header that names its columns in any order, or without one as serial, seed, type, digits,
 * interval or counter, hash. Seeds are hexadecimal or base32; a text that can be both counts as hexadecimal unless the
 * header says `base32`.
 *
 * @throws SeedFileError when the file as a whole cannot be read
 */
export async function* readOathCsv(source: SeedFileSource): AsyncGenerator<SeedFileRow> {
  const rows = new Rows();
  let layout: CsvLayout | undefined;
  for await (const { line, fields } of readCsvRecords(source)) {
    if (!layout) {
      const header = readCsvHeader(fields);
      layout = header ?? HEADERLESS;
      if (header) continue;
    }
    const { columns, encoding } = layout;
    const value = (column: CsvColumn): string | undefined => {
      const text = fields[columns.get(column) ?? -1]?.trim();
      return text === '' ? undefined : text;
    };
    yield rows.row(line, value('serial'), () => ({ raw: readRow(value, encoding, fields.length, columns) }));
  }
}

function readRow(
  value: (column: CsvColumn) => string | undefined,
  encoding: SeedEncoding,
  width: number,
  columns: CsvLayout['columns'],
): RawToken {
  if (width <= (columns.get('seed') ?? 0)) throw new RowError('columns-missing');
  const kind = readKind(value('kind') ?? impliedKind(columns));
  const moving = value('moving');
  return {
    serial: value('serial'),
    manufacturer: value('manufacturer'),
    model: value('model'),
    kind,
    seed: readSeed(value('seed'), encoding),
    hash: value('hash'),
    digits: value('digits'),
    period: value('period') ?? (kind === 'TOTP' ? moving : undefined),
    counter: value('counter') ?? (kind === 'HOTP' ? moving : undefined),
    drift: value('drift'),
    suite: value('suite') ?? (kind === 'OCRA' ? moving : undefined),
    owner: value('owner'),
    notBefore: value('notBefore'),
    notAfter: value('notAfter'),
  };
}

/** Files of one kind only say it by their columns: a time interval, or a counter. */
function impliedKind(columns: CsvLayout['columns']): string {
  if (columns.has('kind') || columns.has('period') === columns.has('counter')) return '';
  return columns.has('period') ? 'TOTP' : 'HOTP';
}

function readKind(text: string): string {
  const kind = text.toUpperCase().replace(/^OATH[ _-]?/, '');
  if (!['TOTP', 'HOTP', 'OCRA'].includes(kind)) throw new RowError('kind-unknown');
  return kind;
}

function readSeed(text: string | undefined, encoding: SeedEncoding): Uint8Array | undefined {
  if (text === undefined) return undefined;
  const hex = encoding !== 'base32' && HEX.test(text) ? new Uint8Array(Buffer.from(text, 'hex')) : undefined;
  const bytes = hex ?? (encoding === 'hex' ? undefined : decodeBase32(text.toUpperCase()));
  if (!bytes) throw new RowError('seed-not-valid');
  return bytes;
}
