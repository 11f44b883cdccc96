import { describe, expect, it } from 'vitest';
import { SystemRandomSource } from '../../../src/core/crypto/random-source.js';
import { plainSecret } from '../../../src/core/crypto/secret-types.js';
import type { Seed } from '../../../src/tokens/oath/seed.js';
import { readOathCsv } from '../../../src/tokens/seed-files/csv-reader.js';
import { writeOathCsv } from '../../../src/tokens/seed-files/csv-writer.js';
import { readPskc } from '../../../src/tokens/seed-files/pskc-reader.js';
import { writePskc } from '../../../src/tokens/seed-files/pskc-writer.js';
import type { SeedFileRow, SeedFileSource, SeedRecord } from '../../../src/tokens/seed-files/seed-record.js';
import { readVendorXml } from '../../../src/tokens/seed-files/vendor-xml-reader.js';

const PASSPHRASE = plainSecret('correct horse');

/** Tokens made one by one, and how many were: nothing of the file exists before it is asked for. */
function fleet(size: number) {
  const state = { made: 0 };
  function* tokens(): Generator<SeedRecord> {
    for (; state.made < size; state.made++) {
      const seed = new Uint8Array(Buffer.from(`seed of token ${String(state.made).padStart(8, '0')}`)) as Seed;
      const serial = `T${state.made}`;
      yield { serial, kind: 'TOTP', seed, hash: 'SHA1', digits: 6, period: 30, driftSteps: 0 };
    }
  }
  return { state, tokens: tokens() };
}

async function* vendorXml(tokens: Iterable<SeedRecord>): AsyncGenerator<string> {
  yield '<data><header><manufacturerCode>DN</manufacturerCode><productCode>ST</productCode><encode>HEX</encode></header><tokens>';
  for (const { serial, seed } of tokens) {
    yield `<token><serial>${serial}</serial><seed>${Buffer.from(seed).toString('hex')}</seed></token>\n`;
  }
  yield '</tokens></data>';
}

async function* bytes(texts: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  for await (const text of texts) yield Buffer.from(text);
}

type Format = [
  string,
  number,
  (tokens: Iterable<SeedRecord>) => AsyncIterable<string>,
  (source: SeedFileSource) => AsyncIterable<SeedFileRow>,
];

const FORMATS: readonly Format[] = [
  ['CSV', 100_000, writeOathCsv, readOathCsv],
  [
    'a key container',
    // Each is encrypted and authenticated, written and read: as many as prove it, not as many as there may be.
    10_000,
    (tokens) => writePskc(tokens, { passphrase: PASSPHRASE, keyName: 'k', iterations: 1000 }, new SystemRandomSource()),
    (source) => readPskc(source, { passphrase: PASSPHRASE }),
  ],
  ['the XML of the vendor', 100_000, vendorXml, (source) => readVendorXml(source)],
];

describe('a large file', () => {
  it.each(FORMATS)(
    'is read and written token by token: %s with %i',
    { timeout: 120_000 },
    async (_what, size, write, read) => {
      const { state, tokens } = fleet(size);
      let rows = 0;
      let mostAhead = 0;
      for await (const row of read(bytes(write(tokens)))) {
        if (row.outcome === 'token' && row.token.serial === `T${rows}`) rows += 1;
        mostAhead = Math.max(mostAhead, state.made - rows);
      }
      expect(rows).toBe(size);
      expect(mostAhead).toBeLessThan(4);
    },
  );
});
