import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FixedRandom } from '../../../test/support/fixed-random.js';
import { SECRET_SHAPES, type SecretShape } from './secret-shapes.js';

const NAMES = Object.keys(SECRET_SHAPES) as SecretShape[];

describe('the shapes of secrets', () => {
  it.each([
    ['base64url', /^[A-Za-z0-9_-]{43}$/],
    ['uuid', /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/],
    ['alphanumeric', /^[A-Za-z0-9]{50}$/],
  ] as const)('%s: are made as the contract says, and known again', (name, published) => {
    const random = new FixedRandom();
    const shape = SECRET_SHAPES[name];
    for (let made = 0; made < 200; made++) {
      const secret = shape.make(random);
      expect(secret).toMatch(published);
      expect(secret).toMatch(shape.pattern);
      expect(shape.canonical(secret)).toBe(secret);
    }
  });

  it.each(NAMES)('%s: differ in every character that is not fixed', (name) => {
    const random = new FixedRandom();
    const made = Array.from({ length: 500 }, () => SECRET_SHAPES[name].make(random));
    expect(new Set(made).size).toBe(500);
    const seen = Array.from(made[0] ?? '', (_, at) => new Set(made.map((secret) => secret[at])).size);
    const fixed = name === 'uuid' ? [8, 13, 14, 18, 23] : [];
    expect([...seen.keys()].filter((at) => (seen[at] ?? 0) < 4)).toEqual(fixed);
  });

  it('take a UUID in capitals for the same one, and no other secret', () => {
    const secret = SECRET_SHAPES.uuid.make(new FixedRandom());
    expect(secret.toUpperCase()).toMatch(SECRET_SHAPES.uuid.pattern);
    expect(SECRET_SHAPES.uuid.canonical(secret.toUpperCase())).toBe(secret);
    expect(SECRET_SHAPES.alphanumeric.canonical('aB')).toBe('aB');
  });

  it('attack 9: leave nothing that two of them could be', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => {
        expect(NAMES.filter((name) => SECRET_SHAPES[name].pattern.test(text)).length).toBeLessThan(2);
      }),
    );
    for (const name of NAMES) {
      const secret = SECRET_SHAPES[name].make(new FixedRandom());
      expect(NAMES.filter((other) => SECRET_SHAPES[other].pattern.test(secret))).toEqual([name]);
      expect(SECRET_SHAPES[name].pattern.test(`${secret}\n`)).toBe(false);
    }
  });
});
