import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FixedRandom } from '../../../test/support/fixed-random.js';
import { KeyRing } from './key-ring.js';
import { plainSecret, type Sealed } from './secret-types.js';

const random = new FixedRandom();

function ring(...ids: string[]): KeyRing {
  return new KeyRing(
    ids.map((id) => ({ id, key: createHash('sha256').update(id).digest() })),
    random,
  );
}

const SECRET = plainSecret('canary-7f3');

describe('sealing', () => {
  it('gives back what was sealed, whatever it is', () => {
    const keys = ring('k1');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (text, purpose) => {
        expect(keys.open(keys.seal(plainSecret(text), purpose), purpose)).toBe(text);
      }),
    );
  });

  it('hides the text, and that two texts are the same', () => {
    const keys = ring('k1');
    const [one, two] = [keys.seal(SECRET, 'seed'), keys.seal(SECRET, 'seed')];
    expect(one).not.toBe(two);
    expect(one).toMatch(/^k1(?:\.[A-Za-z0-9_-]+){3}$/);
    expect(Buffer.from(one.split('.')[3] ?? '', 'base64url').toString()).not.toContain('canary');
  });

  it('does not open for another purpose', () => {
    const keys = ring('k1');
    const sealed = keys.seal(SECRET, 'seed');
    expect(() => keys.open(sealed, 'message')).toThrow('unable to authenticate');
    expect(() => keys.open(sealed, '')).toThrow('unable to authenticate');
  });

  it('does not open when any character was changed or left out', () => {
    const keys = ring('k1');
    const sealed = keys.seal(SECRET, 'seed');
    for (let i = 'k1.'.length; i < sealed.length; i++) {
      if (sealed[i] === '.') continue;
      const cut = `${sealed.slice(0, i)}${sealed.slice(i + 1)}` as Sealed;
      // The last character of a part may carry bits that base64url does not use; flip one that it does.
      const flipped = `${sealed.slice(0, i)}${sealed[i] === 'A' ? 'Q' : 'A'}${sealed.slice(i + 1)}` as Sealed;
      for (const wrong of [cut, flipped]) expect(() => keys.open(wrong, 'seed')).toThrow(/./);
    }
  });

  it.each(['', 'k1', 'k1...', 'k1.AAAA.AAAA.AAAA', '...', 'k1.AAAAAAAAAAAAAAAA..AA', '\0'])(
    'does not open %j',
    (text) => {
      expect(() => ring('k1').open(text as Sealed, 'seed')).toThrow(/./);
    },
  );

  it('does not open with a tag that was cut short (NIST SP 800-38D section 5.2.1.2)', () => {
    const keys = ring('k1');
    const [id, nonce, tag = '', text] = keys.seal(SECRET, 'seed').split('.');
    const short = Buffer.from(tag, 'base64url').subarray(0, 4).toString('base64url');
    expect(() => keys.open([id, nonce, short, text].join('.') as Sealed, 'seed')).toThrow(/tag length/i);
  });

  it('never says the secret in what it throws', () => {
    const sealed = ring('k1').seal(SECRET, 'seed');
    expect(() => ring('k2').open(sealed, 'seed')).toThrow('no key "k1" in the key ring');
    expect(() => ring('k1').open(sealed, 'other')).not.toThrow(/canary/);
  });

  it('goes on through a rotation: the first key seals, every key opens', () => {
    const old = ring('k1').seal(SECRET, 'seed');
    const rotated = ring('k2', 'k1');
    expect(rotated.open(old, 'seed')).toBe(SECRET);
    expect([rotated.currentKeyId, rotated.isCurrent(old), rotated.isCurrent(rotated.seal(SECRET, 'seed'))]).toEqual([
      'k2',
      false,
      true,
    ]);
    expect(() => ring('k2').open(old, 'seed')).toThrow('no key "k1"');
    expect(ring('k10').isCurrent(old)).toBe(false);
    expect(ring('k1', 'k10').isCurrent(ring('k10').seal(SECRET, 'seed'))).toBe(false);
  });

  it('is another one under another key of the same id', () => {
    const sealed = ring('k1').seal(SECRET, 'seed');
    const impostor = new KeyRing([{ id: 'k1', key: createHash('sha256').update('other').digest() }], random);
    expect(() => impostor.open(sealed, 'seed')).toThrow('unable to authenticate');
  });

  it('needs a key', () => {
    expect(() => ring()).toThrow('at least one master key');
  });
});

describe('digests', () => {
  it('are the same for the same secret and purpose, and for nothing else', () => {
    const keys = ring('k1');
    const digest = keys.digest(SECRET, 'link a');
    expect(keys.digest(SECRET, 'link a')).toBe(digest);
    const others = [
      keys.digest(SECRET, 'link b'),
      keys.digest(plainSecret('canary-7f4'), 'link a'),
      keys.digest(plainSecret('acanary-7f3'), 'link '),
      ring('k2').digest(SECRET, 'link a'),
    ];
    expect(new Set([digest, ...others]).size).toBe(5);
  });

  it('say the key they lie under and nothing of the secret', () => {
    expect(ring('k1').digest(SECRET, 'link')).toMatch(/^k1\.[0-9a-f]{64}$/);
  });

  it('are no plain hash, which anybody could make', () => {
    const plain = createHash('sha256').update(SECRET).digest('hex');
    expect(ring('k1').digest(SECRET, '')).not.toContain(plain);
  });

  it('are made under every key of the ring, the current one first', () => {
    const rotated = ring('k2', 'k1');
    expect(rotated.digests(SECRET, 'link')).toEqual([
      ring('k2').digest(SECRET, 'link'),
      ring('k1').digest(SECRET, 'link'),
    ]);
    expect(rotated.digest(SECRET, 'link')).toBe(rotated.digests(SECRET, 'link')[0]);
  });

  it('use another key than sealing does', () => {
    const master = createHash('sha256').update('k1').digest();
    const direct = new KeyRing([{ id: 'k1', key: master }], random).digest(SECRET, 'p');
    expect(direct).not.toContain(createHash('sha256').update(master).digest('hex'));
  });
});
