import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pressYubikey } from '../../../test/support/yubikey-device.js';
import { crc16 } from './crc.js';
import { matchYubikey, type YubikeyPosition } from './match-yubikey.js';
import { decodeModhex, encodeModhex } from './modhex.js';
import { openYubikeyBlock, readYubikeyOtp, type YubikeyOtp, yubikeyKey } from './yubikey-otp.js';

function hex(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'hex'));
}

function otp(
  privateId: string,
  sessionCounter: number,
  timestamp: number,
  useCounter: number,
  random: number,
  capsLock = false,
): YubikeyOtp {
  return { privateId: hex(privateId), sessionCounter, timestamp, useCounter, random, capsLock };
}

const COUNTING_KEY = '000102030405060708090a0b0c0d0e0f';

/** Yubico's published vectors (yubico-c, test-vectors.txt and its self-test): AES key, OTP, what is inside. */
const VECTORS: readonly [string, string, YubikeyOtp][] = [
  ['ecde18dbe76fbd0c33330f1c354871db', 'hknhfjbrjnlnldnhcujvddbikngjrtgh', otp('8792ebfe26cc', 19, 49712, 17, 40904)],
  [COUNTING_KEY, 'dvgtiblfkbgturecfllberrvkinnctnn', otp('010203040506', 1, 0x01_0001, 1, 0)],
  [COUNTING_KEY, 'rnibcnfhdninbrdebccrndfhjgnhftee', otp('010203040506', 1, 0x01_0001, 2, 0)],
  [COUNTING_KEY, 'iikkijbdknrrdhfdrjltvgrbkkjblcbh', otp('010203040506', 0xfff, 0x01_0001, 1, 0)],
  [
    '88888888888888888888888888888888',
    'dcihgvrhjeucvrinhdfddbjhfjftjdei',
    otp('888888888888', 0x0888, 0x88_8888, 0x88, 0x8888, true),
  ],
  ['00000000000000000000000000000000', 'kkkncjnvcnenkjvjgncjihljiibgbhbh', otp('000000000000', 0, 0, 0, 0)],
  [
    'c4422890653076cde73d449b191b416a',
    'iucvrkjiegbhidrcicvlgrcgkgurhjnj',
    otp('33c69e7f249e', 1, 0x24_13a7, 0, 0xc63c),
  ],
];

describe('modhex', () => {
  it.each([
    ['', ''],
    ['2d344e83', 'dteffuje'],
    ['69b6481c8baba2b60e8f22179b58cd56', 'hknhfjbrjnlnldnhcujvddbikngjrtgh'],
    ['ecde18dbe76fbd0c33330f1c354871db', 'urtubjtnuihvntcreeeecvbregfjibtn'],
    ['74657374', 'ifhgieif'],
  ])('of %s is %s', (bytes, text) => {
    expect(encodeModhex(hex(bytes))).toBe(text);
    expect(decodeModhex(text)).toEqual(hex(bytes));
    expect(decodeModhex(text.toUpperCase())).toEqual(hex(bytes));
  });

  it.each(['c', 'ca', 'c0', 'cb ', 'сb', 'c\u0130'])('is not %j', (text) => {
    expect(decodeModhex(text)).toBeUndefined();
  });
});

describe('the checksum', () => {
  it.each([
    ['0001020304', 62919],
    ['fe', 4470],
    ['55aa00ff', 52149],
    ['0102030405063075 00093dfa60ea'.replace(' ', ''), 35339],
    ['8792ebfe26cc130030c20011c89f23c8', 0xf0b8],
  ])('of %s is %i', (bytes, crc) => {
    expect(crc16(hex(bytes))).toBe(crc);
  });
});

describe('a Yubikey OTP', () => {
  it.each(VECTORS)('under %s, %s holds what Yubico says', (key, text, inside) => {
    const block = decodeModhex(text) ?? new Uint8Array();
    expect(openYubikeyBlock(yubikeyKey(hex(key)), block)).toEqual(inside);
    expect(pressYubikey(yubikeyKey(hex(key)), inside)).toBe(text);
  });

  it('is taken apart with its public id', () => {
    const typed = 'dteffujehknhfjbrjnlnldnhcujvddbikngjrtgh';
    expect(readYubikeyOtp(typed)?.publicId).toBe('dteffuje');
    expect(readYubikeyOtp(typed.toUpperCase())?.publicId).toBe('dteffuje');
    expect(readYubikeyOtp(typed.slice(8))?.publicId).toBe('');
  });

  it.each([
    ['nothing', ''],
    ['a short text', 'c'.repeat(31)],
    ['half a byte', 'c'.repeat(33)],
    ['too long a text', 'c'.repeat(66)],
    ['1000 characters', 'c'.repeat(1000)],
    ['digits', '1'.repeat(32)],
    ['a blank', `${'c'.repeat(31)} `],
    ['Cyrillic letters', 'с'.repeat(32)],
  ])('attack 44: is nothing like %s', (_what, typed) => {
    expect(readYubikeyOtp(typed)).toBeUndefined();
  });

  it('is refused when any bit was changed', () => {
    const key = yubikeyKey(hex(COUNTING_KEY));
    const block = decodeModhex('dvgtiblfkbgturecfllberrvkinnctnn') ?? new Uint8Array();
    const token: YubikeyPosition = { key, publicId: '', privateId: hex('010203040506'), lastCounter: null };
    for (let bit = 0; bit < 128; bit++) {
      const changed = block.slice();
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(matchYubikey(token, encodeModhex(changed))).toEqual({ outcome: 'wrong' });
    }
  });

  it('has a key of 128 bit', () => {
    expect(() => yubikeyKey(new Uint8Array(15))).toThrow(RangeError);
  });
});

describe('a typed Yubikey OTP', () => {
  const KEY = yubikeyKey(hex('ecde18dbe76fbd0c33330f1c354871db'));
  const TOKEN: YubikeyPosition = {
    key: KEY,
    publicId: 'dteffuje',
    privateId: hex('8792ebfe26cc'),
    lastCounter: null,
  };
  const TYPED = 'dteffujehknhfjbrjnlnldnhcujvddbikngjrtgh';
  const COUNTER = 19 * 256 + 17;

  it('is accepted with both its counters', () => {
    expect(matchYubikey(TOKEN, TYPED)).toEqual({ outcome: 'accepted', counter: COUNTER });
  });

  it('is wrong for another public id, private id or key', () => {
    expect(matchYubikey({ ...TOKEN, publicId: 'dteffujf' }, TYPED)).toEqual({ outcome: 'wrong' });
    expect(matchYubikey({ ...TOKEN, publicId: '' }, TYPED)).toEqual({ outcome: 'wrong' });
    expect(matchYubikey({ ...TOKEN, privateId: hex('8792ebfe26cd') }, TYPED)).toEqual({ outcome: 'wrong' });
    expect(matchYubikey({ ...TOKEN, privateId: new Uint8Array() }, TYPED)).toEqual({ outcome: 'wrong' });
    expect(matchYubikey({ ...TOKEN, key: yubikeyKey(hex(COUNTING_KEY)) }, TYPED)).toEqual({ outcome: 'wrong' });
  });

  it('attack 21: is refused the second time, and every one made before it', () => {
    expect(matchYubikey({ ...TOKEN, lastCounter: COUNTER }, TYPED)).toEqual({ outcome: 'replayed' });
    expect(matchYubikey({ ...TOKEN, lastCounter: COUNTER + 1 }, TYPED)).toEqual({ outcome: 'replayed' });
    expect(matchYubikey({ ...TOKEN, lastCounter: COUNTER - 1 }, TYPED).outcome).toBe('accepted');
  });

  it('attack 22: counts on from one session to the next, with and without caps lock', () => {
    const session = fc.integer({ min: 0, max: 0x7fff });
    const use = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(session, use, session, use, fc.boolean(), (session, use, nextSession, nextUse, capsLock) => {
        const lastCounter = session * 256 + use;
        const typed = pressYubikey(KEY, otp('8792ebfe26cc', nextSession, 7, nextUse, 9, capsLock));
        const later = nextSession > session || (nextSession === session && nextUse > use);
        expect(matchYubikey({ ...TOKEN, lastCounter }, `dteffuje${typed}`).outcome).toBe(
          later ? 'accepted' : 'replayed',
        );
      }),
    );
  });
});
