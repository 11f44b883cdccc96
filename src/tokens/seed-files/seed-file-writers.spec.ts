import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FixedRandom } from '../../../test/support/fixed-random.js';
import { collect, fileOf } from '../../../test/support/streams.js';
import { plainSecret } from '../../core/crypto/secret-types.js';
import { OATH_DIGITS } from '../oath/hotp.js';
import { OATH_HASHES } from '../oath/oath-key.js';
import type { Seed } from '../oath/seed.js';
import { readOathCsv } from './csv-reader.js';
import { writeOathCsv } from './csv-writer.js';
import type { PskcSecrets } from './pskc-keys.js';
import { readPskc } from './pskc-reader.js';
import { type PskcSealing, writePskc } from './pskc-writer.js';
import type { SeedFileRow, SeedRecord } from './seed-record.js';

const random = new FixedRandom();
const KEY = random.bytes(16);

/** Names as people write them: no control characters, nothing around them, and whatever XML can carry. */
const name = fc
  .string({ unit: 'grapheme', maxLength: 40 })
  .map((text) =>
    text
      .replace(/\p{Cc}|[\ufffe\uffff]/gu, '')
      .trim()
      .toWellFormed(),
  )
  .filter((text) => text !== '');
const instant = fc.date({ min: new Date('1970-01-01'), max: new Date('2099-12-31'), noInvalidDate: true });
const wholeSeconds = instant.map((date) => new Date(Math.floor(date.getTime() / 1000) * 1000));
const form = { hash: fc.constantFrom(...OATH_HASHES), digits: fc.constantFrom(...OATH_DIGITS) };
const base = {
  serial: fc.stringMatching(/^[\x21-\x7e]{1,64}$/),
  seed: fc.uint8Array({ minLength: 16, maxLength: 64 }).map((bytes) => bytes as Seed),
};
const optional = { manufacturer: name, model: name, notBefore: wholeSeconds, notAfter: wholeSeconds };
const counter = fc.maxSafeNat();
const token = fc
  .tuple(
    fc.record({ ...base, ...optional }, { requiredKeys: ['serial', 'seed'] }),
    fc.oneof(
      fc.record({
        kind: fc.constant('TOTP' as const),
        ...form,
        period: fc.integer({ min: 1, max: 3600 }),
        driftSteps: fc.integer({ min: -1000, max: 1000 }),
      }),
      fc.record({ kind: fc.constant('HOTP' as const), ...form, counter }),
      fc.record({
        kind: fc.constant('OCRA' as const),
        suite: fc.constantFrom('OCRA-1:HOTP-SHA1-6:QN08', 'OCRA-1:HOTP-SHA512-8:C-QA10-PSHA256-S064-T1M'),
        counter,
      }),
    ),
  )
  .map(([one, other]): SeedRecord => ({ ...one, ...other }));
const tokens = fc.uniqueArray(token, { selector: ({ serial }) => serial, minLength: 1, maxLength: 8 });

function read(rows: SeedFileRow[]): unknown[] {
  return rows.map((row) => (row.outcome === 'token' && row.notes.length === 0 ? row.token : row));
}

describe('tokens that were written', () => {
  it('come back from CSV as they were', async () => {
    await fc.assert(
      fc.asyncProperty(tokens, fc.integer({ min: 1, max: 40 }), async (list, piece) => {
        const text = (await collect(writeOathCsv(list))).join('');
        expect(read(await collect(readOathCsv(fileOf(text, piece))))).toEqual(list);
      }),
    );
  });

  it.each<[string, PskcSealing, PskcSecrets]>([
    ['a pre-shared key', { key: KEY, keyName: 'ours & "yours"' }, { key: KEY }],
    [
      'a passphrase',
      { passphrase: plainSecret('пароль 🔑'), keyName: '<p>', iterations: 1000 },
      { passphrase: plainSecret('пароль 🔑') },
    ],
  ])('come back from a key container under %s as they were', async (_what, sealing, secrets) => {
    await fc.assert(
      fc.asyncProperty(tokens, fc.integer({ min: 1, max: 40 }), async (list, piece) => {
        const text = (await collect(writePskc(list, sealing, random))).join('');
        expect(read(await collect(readPskc(fileOf(text, piece), secrets)))).toEqual(list);
      }),
      { numRuns: 30 },
    );
  });

  it('show no seed in a key container, and never the same cipher text twice', async () => {
    const seed = new Uint8Array(Buffer.from('canary-canary-canary')) as Seed;
    const one: SeedRecord = { serial: '1', kind: 'HOTP', seed, hash: 'SHA1', digits: 6, counter: 0 };
    const text = (await collect(writePskc([one, { ...one, serial: '2' }], { key: KEY, keyName: 'k' }, random))).join(
      '',
    );
    expect(text).not.toContain(Buffer.from(seed).toString('base64').slice(0, 12));
    const values = [...text.matchAll(/<xenc:CipherValue>([^<]+)</g)].map(([, value]) => value);
    expect(values).toHaveLength(3);
    expect(new Set(values).size).toBe(3);
  });

  it('want a key of 128 bit', async () => {
    await expect(collect(writePskc([], { key: new Uint8Array(32), keyName: 'k' }, random))).rejects.toThrow(RangeError);
  });
});
