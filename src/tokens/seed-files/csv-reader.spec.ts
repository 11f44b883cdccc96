import { describe, expect, it } from 'vitest';
import { collect, fileOf } from '../../../test/support/streams.js';
import { readOathCsv } from './csv-reader.js';

const HEX = '3132333435363738393031323334353637383930';
const BASE32 = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const SEED = new Uint8Array(Buffer.from('12345678901234567890'));

async function read(...lines: string[]) {
  return collect(readOathCsv(fileOf(lines.join('\n'))));
}

describe('OATH CSV', () => {
  it('is read without a header', async () => {
    const rows = await read(
      `T1,${HEX},TOTP,8,60,SHA256`,
      `T2,${BASE32},totp`,
      `H1,${HEX.toUpperCase()},HOTP,6,42`,
      `O1,${HEX},OCRA,,OCRA-1:HOTP-SHA1-6:QN08`,
    );
    expect(rows).toMatchObject([
      { line: 1, token: { serial: 'T1', kind: 'TOTP', seed: SEED, digits: 8, period: 60, hash: 'SHA256' } },
      {
        line: 2,
        token: { serial: 'T2', kind: 'TOTP', seed: SEED, digits: 6, period: 30, hash: 'SHA1', driftSteps: 0 },
      },
      { line: 3, token: { serial: 'H1', kind: 'HOTP', seed: SEED, digits: 6, counter: 42 } },
      { line: 4, token: { serial: 'O1', kind: 'OCRA', seed: SEED, suite: 'OCRA-1:HOTP-SHA1-6:QN08' } },
    ]);
  });

  it('is read with a header, its columns in any order', async () => {
    const rows = await read(
      'upn,serial number,secret key,time interval,manufacturer,model',
      `user1@example.test,10001001,${BASE32},60,Deepnet Security,SafeID/Classic`,
    );
    expect(rows).toEqual([
      {
        outcome: 'token',
        line: 2,
        notes: [],
        token: {
          serial: '10001001',
          manufacturer: 'Deepnet Security',
          model: 'SafeID/Classic',
          seed: SEED,
          kind: 'TOTP',
          hash: 'SHA1',
          digits: 6,
          period: 60,
          driftSteps: 0,
        },
      },
    ]);
  });

  it('tells from the header what a seed is that could be both', async () => {
    const both = 'ABCDEF23ABCDEF23ABCDEF23ABCDEF23';
    const [hex] = await read('serial,seed hex,counter', `1,${both},0`);
    const [base32] = await read('serial,seed base32,counter', `1,${both},0`);
    const [either] = await read('serial,seed,counter', `1,${both},0`);
    expect(hex).toMatchObject({ token: { seed: { length: 16 } } });
    expect(base32).toMatchObject({ token: { seed: { length: 20 } } });
    expect(either).toEqual(hex);
  });

  it.each([',', ';', '\t'])(
    'may be separated by %j, quoted, commented and ended like Windows does',
    async (separator) => {
      const text =
        `\ufeff# comment, with; all\tof them\r\n\r\n"ser""ial"${separator}seed${separator}type${separator}model\r\n` +
        `"A ""1"""${separator}${HEX}${separator}TOTP${separator}"two\r\nlines, ; \t"\r\n` +
        `2${separator}${HEX}${separator}HOTP${separator}`;
      expect(await collect(readOathCsv(fileOf(text.replace('"ser""ial"', 'serial'), 1)))).toMatchObject([
        { line: 4, token: { serial: 'A "1"', model: 'two lines, ;' } },
        { line: 6, token: { serial: '2', kind: 'HOTP' } },
      ]);
    },
  );

  it.each([
    ['serial-missing', `,${HEX},TOTP`],
    ['serial-not-valid', `\u00e9,${HEX},TOTP`],
    ['seed-missing', '1,,TOTP'],
    ['columns-missing', '1'],
    ['seed-not-valid', '1,xyz!,TOTP'],
    ['seed-not-valid', `1,${HEX}0,TOTP`],
    ['seed-too-short', '1,GEZDGNBVGY3TQOJQ,TOTP'],
    ['seed-too-short', '1,313233,TOTP'],
    ['seed-too-long', `1,${HEX.repeat(7)},TOTP`],
    ['kind-unknown', `1,${HEX}`],
    ['kind-unknown', `1,${HEX},SecurID`],
    ['digits-not-valid', `1,${HEX},TOTP,7`],
    ['digits-not-valid', `1,${HEX},TOTP,٦`],
    ['period-not-valid', `1,${HEX},TOTP,6,0`],
    ['period-not-valid', `1,${HEX},TOTP,6,3601`],
    ['counter-not-valid', `1,${HEX},HOTP,6,-1`],
    ['counter-not-valid', `1,${HEX},HOTP,6,1e3`],
    ['counter-not-valid', `1,${HEX},HOTP,6,9007199254740992`],
    ['hash-unknown', `1,${HEX},TOTP,6,30,MD5`],
    ['suite-not-valid', `1,${HEX},OCRA,6,OCRA-2`],
    ['serial-duplicate', `0,${HEX},TOTP`],
  ])('says what is wrong in a row (%s), and goes on: %s', async (problem, row) => {
    const rows = await read(`0,${HEX},TOTP`, row, `2,${HEX},TOTP`);
    expect(rows).toMatchObject([
      { outcome: 'token', line: 1 },
      { outcome: 'refused', line: 2, problem },
      { outcome: 'token', line: 3, token: { serial: '2' } },
    ]);
  });

  it('gives a serial number free again that a refused row had', async () => {
    expect(await read(`1,3132,TOTP`, `1,${HEX},TOTP`)).toMatchObject([
      { problem: 'seed-too-short' },
      { outcome: 'token' },
    ]);
  });

  it.each([
    ['a field without an end', `1,"${HEX},TOTP\n2,${HEX},TOTP`],
    ['a huge field', `1,${'A'.repeat(1025)},TOTP`],
    ['a thousand fields', '1,'.repeat(1000)],
  ])('attack 55: is refused with %s', async (_what, text) => {
    await expect(read(text)).rejects.toMatchObject({ problem: 'too-large' });
  });

  it('attack 63: is refused when it is no UTF-8', async () => {
    async function* latin1() {
      yield Buffer.from(`1,${HEX},TOTP\n\xe9,${HEX},TOTP`, 'latin1');
    }
    await expect(collect(readOathCsv(latin1()))).rejects.toMatchObject({ problem: 'not-utf8' });
  });

  it('attack 63: takes no NUL into a serial number', async () => {
    expect(await read(`1\0,${HEX},TOTP`)).toMatchObject([{ problem: 'serial-not-valid' }]);
  });
});
