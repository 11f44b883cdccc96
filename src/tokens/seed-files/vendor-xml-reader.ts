import { RowError, SeedFileError } from './problems.js';
import type { RawToken } from './raw-token.js';
import { Rows } from './rows.js';
import type { SeedFileRow, SeedFileSource } from './seed-record.js';
import { decodeBase64 } from './strict-base64.js';
import type { XmlFields } from './xml-fields.js';
import { readXmlRecords } from './xml-records.js';

/** What a product code stands for where the header does not say it. */
export interface VendorProduct {
  readonly digits: number;
  /** Seconds. */
  readonly period: number;
}

/** Products with public figures (authentication methods, section 5), by `manufacturerCode/productCode`. */
const PRODUCTS: Readonly<Record<string, VendorProduct>> = {
  'DN/ST': { digits: 6, period: 60 },
  'DN/STE': { digits: 6, period: 30 },
};

const DECODERS: Readonly<Record<string, (text: string) => Uint8Array | undefined>> = {
  HEX: (text) => (/^(?:[0-9A-Fa-f]{2})*$/.test(text) ? new Uint8Array(Buffer.from(text, 'hex')) : undefined),
  BASE64: decodeBase64,
};

interface VendorHeader extends Omit<RawToken, 'serial' | 'seed'> {
  readonly decode: (text: string) => Uint8Array | undefined;
}

/**
 * Reads the vendor's seed file for time-based hardware tokens (authentication methods, section 6.1): a header with
 * product, encoding and encryption, then serial numbers and seeds. Seeds have to be unencrypted.
 *
 * @param products further product codes, as `manufacturerCode/productCode`
 * @throws SeedFileError when the file as a whole cannot be read
 */
export async function* readVendorXml(
  source: SeedFileSource,
  products: Readonly<Record<string, VendorProduct>> = {},
): AsyncGenerator<SeedFileRow> {
  const rows = new Rows();
  let common: VendorHeader | undefined;
  for await (const { line, fields, header } of readXmlRecords(source, ['data/tokens/token'])) {
    const shared = (common ??= readHeader(header, { ...PRODUCTS, ...products }, line));
    const serial = fields.all('serial')[0];
    yield rows.row(line, serial, () => ({ raw: readToken(fields, shared) }));
  }
}

function readHeader(fields: XmlFields, products: Readonly<Record<string, VendorProduct>>, line: number): VendorHeader {
  const value = (name: string): string | undefined => fields.all(`data/header/${name}`)[0]?.trim();
  const decode = DECODERS[(value('encode') ?? '').toUpperCase()];
  if (!decode) throw new SeedFileError('encoding-unsupported', line);
  if ((value('encrypt') ?? 'NONE').toUpperCase() !== 'NONE') throw new SeedFileError('encryption-unsupported', line);
  const code = `${value('manufacturerCode') ?? ''}/${value('productCode') ?? ''}`;
  const product = Object.hasOwn(products, code) ? products[code] : undefined;
  const digits = value('digits') ?? product?.digits.toString();
  const period = value('timeWindow') ?? product?.period.toString();
  if (digits === undefined || period === undefined) throw new SeedFileError('product-unknown', line);
  return {
    manufacturer: value('manufacturerCode'),
    model: value('productCode'),
    kind: 'TOTP',
    hash: value('crypto'),
    digits,
    period,
    decode,
  };
}

function readToken(fields: XmlFields, { decode, ...common }: VendorHeader): RawToken {
  const text = fields.one('seed');
  const seed = text === undefined ? undefined : decode(text);
  if (text !== undefined && !seed) throw new RowError('seed-not-valid');
  return { ...common, serial: fields.one('serial'), seed };
}
