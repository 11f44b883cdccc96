import { describe, expect, it } from 'vitest';
import { collect, fileOf } from '../../../test/support/streams.js';
import { readVendorXml, type VendorProduct } from './vendor-xml-reader.js';

const SEED = '08E49538328BAE830E0DB14A82341100BC23B840';
const BYTES = new Uint8Array(Buffer.from(SEED, 'hex'));

function file(header: string, ...tokens: string[]): string {
  return `<?xml version="1.0"?>\n<data>\n<header>${header}</header>\n<tokens>\n${tokens.join('\n')}\n</tokens>\n</data>`;
}

function product(manufacturer: string, code: string, more = '<encode>HEX</encode><encrypt>NONE</encrypt>'): string {
  return `<manufacturerCode>${manufacturer}</manufacturerCode><productCode>${code}</productCode>${more}`;
}

function token(serial: string, seed = SEED): string {
  return `<token><serial>${serial}</serial><seed>${seed}</seed></token>`;
}

async function read(text: string, products?: Readonly<Record<string, VendorProduct>>) {
  return collect(readVendorXml(fileOf(text), products));
}

describe('the seed file of the vendor', () => {
  it('is read as published, digits and time step by its product', async () => {
    const text = file(product('DN', 'ST'), token('71358472'), token('71358473'));
    expect(await read(text)).toEqual(
      ['71358472', '71358473'].map((serial, i) => ({
        outcome: 'token',
        line: 5 + i,
        notes: [],
        token: {
          serial,
          manufacturer: 'DN',
          model: 'ST',
          seed: BYTES,
          kind: 'TOTP',
          hash: 'SHA1',
          digits: 6,
          period: 60,
          driftSteps: 0,
        },
      })),
    );
    expect(await read(file(product('DN', 'STE'), token('1')))).toMatchObject([{ token: { period: 30 } }]);
  });

  it('is read as published later, with everything in its header', async () => {
    const header = product(
      'XX',
      'YY',
      '<encrypt>NONE</encrypt><encode>BASE64</encode><digits>8</digits><timeWindow>30</timeWindow><crypto>HmacSHA256</crypto>',
    );
    const text = file(header, token('1', Buffer.from(BYTES).toString('base64')));
    expect(await read(text)).toMatchObject([{ token: { seed: BYTES, digits: 8, period: 30, hash: 'SHA256' } }]);
  });

  it('knows further products when told', async () => {
    const text = file(product('DN', 'NEW'), token('1'));
    await expect(read(text)).rejects.toMatchObject({ problem: 'product-unknown' });
    expect(await read(text, { 'DN/NEW': { digits: 8, period: 30 } })).toMatchObject([{ token: { digits: 8 } }]);
    await expect(read(file(product('constructor', ''), token('1')))).rejects.toMatchObject({
      problem: 'product-unknown',
    });
  });

  it.each([
    ['encoding-unsupported', product('DN', 'ST', '<encode>ROT13</encode><encrypt>NONE</encrypt>')],
    ['encoding-unsupported', product('DN', 'ST', '')],
    ['encryption-unsupported', product('DN', 'ST', '<encode>HEX</encode><encrypt>AES256</encrypt>')],
  ])('is refused: %s', async (problem, header) => {
    await expect(read(file(header, token('1')))).rejects.toMatchObject({ problem });
  });

  it.each([
    ['seed-not-valid', token('1', 'xyz')],
    ['seed-not-valid', token('1', '123')],
    ['seed-too-short', token('1', '0123456789abcdef')],
    ['seed-missing', '<token><serial>1</serial></token>'],
    ['serial-missing', `<token><seed>${SEED}</seed></token>`],
    ['serial-duplicate', token('0')],
    ['value-repeated', `<token><serial>1</serial><seed>${SEED}</seed><seed>${SEED}</seed></token>`],
  ])('says what is wrong with a token (%s), and goes on', async (problem, wrong) => {
    expect(await read(file(product('DN', 'ST'), token('0'), wrong, token('2')))).toMatchObject([
      { outcome: 'token', line: 5 },
      { outcome: 'refused', line: 6, problem },
      { outcome: 'token', line: 7 },
    ]);
  });
});
