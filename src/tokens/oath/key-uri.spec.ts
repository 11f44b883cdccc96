import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FixedRandom } from '../../../test/support/fixed-random.js';
import { plainSecret } from '../../core/crypto/secret-types.js';
import type { OathDigits } from './hotp.js';
import { buildKeyUri, type KeyUri, parseKeyUri } from './key-uri.js';
import { newSeed, type Seed } from './seed.js';

const SEED = new Uint8Array(Buffer.from('12345678901234567890')) as Seed;
const KEY: KeyUri = {
  kind: 'TOTP',
  issuer: 'ACME Co',
  account: 'john.doe@example.test',
  seed: SEED,
  hash: 'SHA1',
  digits: 6,
  period: 30,
};

function read(uri: string) {
  return parseKeyUri(plainSecret(uri));
}

describe('the key URI', () => {
  it('is built as authenticator apps expect it', () => {
    expect(buildKeyUri(KEY)).toBe(
      'otpauth://totp/ACME%20Co:john.doe%40example.test?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=ACME%20Co' +
        '&algorithm=SHA1&digits=6&period=30',
    );
    expect(buildKeyUri({ ...KEY, kind: 'HOTP', issuer: '', hash: 'SHA256', digits: 8, counter: 5 })).toBe(
      'otpauth://hotp/john.doe%40example.test?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&algorithm=SHA256&digits=8&counter=5',
    );
  });

  it('escapes whatever a name holds, so that a name adds no parameter', () => {
    const uri = buildKeyUri({ ...KEY, issuer: "R&D?secret=A#!'()*", account: 'a/b:c+d é&digits=8' });
    expect(uri).toMatch(/^otpauth:\/\/totp\/[A-Za-z0-9%._~-]+:[A-Za-z0-9%._~-]+\?[A-Za-z0-9%._~=&-]+$/);
    expect(read(uri)).toMatchObject({
      key: { issuer: "R&D?secret=A#!'()*", account: 'a/b c+d é&digits=8', digits: 6 },
    });
  });

  it('gives back what went in', () => {
    const text = fc.string({ unit: 'grapheme' }).map((name) => name.replaceAll(':', '').trim().toWellFormed());
    const seed = newSeed(new FixedRandom(), 'SHA512');
    fc.assert(
      fc.property(text, text, fc.constantFrom<OathDigits>(6, 8, 10), fc.nat(), (issuer, account, digits, counter) => {
        const key: KeyUri = { kind: 'HOTP', issuer, account, seed, hash: 'SHA512', digits, counter };
        expect(read(buildKeyUri(key))).toEqual({ ok: true, key });
      }),
    );
  });

  it('takes the defaults for what is left out', () => {
    expect(read('otpauth://totp/ACME:%20jane?secret=gezdgnbvgy3tqojqgezdgnbvgy3tqojq')).toEqual({
      ok: true,
      key: { ...KEY, issuer: 'ACME', account: 'jane' },
    });
  });

  it.each([
    ['not-a-key-uri', 'https://example.test/?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'],
    ['not-a-key-uri', 'otpauth://yaotp/x?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'],
    ['not-a-key-uri', 'otpauth://totp/x'],
    ['not-a-key-uri', 'otpauth://totp/%E0%A4%A?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'],
    ['secret-not-base32', 'otpauth://totp/x?issuer=y'],
    ['secret-not-base32', 'otpauth://totp/x?secret=1234567890'],
    ['seed-too-short', 'otpauth://totp/x?secret=GEZDGNBVGY3TQOJQ'],
    ['parameter-not-valid', 'otpauth://totp/x?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&algorithm=MD5'],
    ['parameter-not-valid', 'otpauth://totp/x?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&digits=7'],
    ['parameter-not-valid', 'otpauth://totp/x?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&period=0'],
    ['parameter-not-valid', 'otpauth://totp/x?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&period=1e3'],
    ['parameter-not-valid', 'otpauth://hotp/x?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'],
    ['parameter-not-valid', 'otpauth://hotp/x?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&counter=-1'],
  ])('is refused (%s): %s', (reason, uri) => {
    expect(read(uri)).toEqual({ ok: false, reason });
  });
});
