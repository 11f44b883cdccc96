import { readOathCsv } from './csv-reader.js';
import { SeedFileError } from './problems.js';
import type { PskcSecrets } from './pskc-keys.js';
import { readPskc } from './pskc-reader.js';
import type { SeedFileRow, SeedFileSource } from './seed-record.js';
import { readVendorXml, type VendorProduct } from './vendor-xml-reader.js';

/** Kinds of seed files: key container (RFC 6030), OATH CSV, the vendor's XML. */
export const SEED_FILE_FORMATS = ['pskc', 'csv', 'vendor-xml'] as const;
export type SeedFileFormat = (typeof SEED_FILE_FORMATS)[number];

export interface SeedFileOptions {
  /** Told from how the file begins where it is left out. */
  readonly format?: SeedFileFormat;
  /** Opens an encrypted key container. */
  readonly secrets?: PskcSecrets;
  /** Further product codes of the vendor's XML. */
  readonly products?: Readonly<Record<string, VendorProduct>>;
}

/** Bytes at the beginning in which the first element has to stand. */
const BEGINNING_BYTES = 4096;

const BYTE_ORDER_MARK = /^\u00ef\u00bb\u00bf/;
const PROLOGUE = /<\?[^]*?\?>|<!--[^]*?-->/g;

/**
 * Reads a seed file of any kind, token by token.
 *
 * @throws SeedFileError when the file as a whole cannot be read
 */
export async function* readSeedFile(
  source: SeedFileSource,
  options: SeedFileOptions = {},
): AsyncGenerator<SeedFileRow> {
  const pieces = source[Symbol.asyncIterator]();
  const { beginning, ended } = await readBeginning(pieces);
  const whole = putBack(beginning, ended ? undefined : pieces);
  switch (options.format ?? formatOf(beginning)) {
    case 'pskc':
      yield* readPskc(whole, options.secrets);
      return;
    case 'csv':
      yield* readOathCsv(whole);
      return;
    case 'vendor-xml':
      yield* readVendorXml(whole, options.products);
  }
}

/** @throws SeedFileError for XML with another first element */
function formatOf(beginning: Uint8Array): SeedFileFormat {
  const text = Buffer.from(beginning.subarray(0, BEGINNING_BYTES)).toString('latin1').replace(BYTE_ORDER_MARK, '');
  if (!text.trimStart().startsWith('<')) return 'csv';
  const [, root] = /<(?:[\w.-]+:)?([\w.-]+)/.exec(text.replace(PROLOGUE, '')) ?? [];
  if (root === 'data') return 'vendor-xml';
  // Whatever else begins like XML is refused by its reader with the right words, a document type first of all.
  if (root === 'KeyContainer' || /<!DOCTYPE/i.test(text)) return 'pskc';
  throw new SeedFileError('root-unknown', 1);
}

async function readBeginning(pieces: AsyncIterator<Uint8Array>): Promise<{ beginning: Uint8Array; ended: boolean }> {
  let beginning: Uint8Array = new Uint8Array();
  while (beginning.length < BEGINNING_BYTES) {
    const next = await pieces.next();
    if (next.done === true) return { beginning, ended: true };
    beginning = Buffer.concat([beginning, next.value]);
  }
  return { beginning, ended: false };
}

async function* putBack(
  beginning: Uint8Array,
  pieces: AsyncIterator<Uint8Array> | undefined,
): AsyncGenerator<Uint8Array> {
  try {
    yield beginning;
    for (let next = await pieces?.next(); next && next.done !== true; next = await pieces?.next()) yield next.value;
  } finally {
    await pieces?.return?.();
  }
}
