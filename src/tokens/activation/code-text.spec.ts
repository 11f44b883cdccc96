import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type KeyedDigest, plainSecret } from '../../core/crypto/secret-types.js';
import { acHash, codeText, isAcHash } from './code-text.js';

const digest = (text: string) => `k1.${createHash('sha256').update(text).digest('hex')}` as KeyedDigest;
const many = Array.from({ length: 2_000 }, (_, i) => digest(String(i)));

describe('the hash of an activation code', () => {
  it('section 4.14: is the vector of the contract', () => {
    expect(acHash(plainSecret('739164'))).toBe('gbbncKqwtAvyX0TkBapdfag2qzI=');
  });

  it('does not depend on the case of letters', () => {
    expect(acHash(plainSecret('abcd'))).toBe(acHash(plainSecret('ABCD')));
  });

  it.each([
    '',
    '739164',
    'gbbncKqwtAvyX0TkBapdfag2qzI',
    'gbbncKqwtAvyX0TkBapdfag2qzI==',
    'gbbncKqwtAvyX0TkBapdfag2qzJ=',
  ])('is not %j', (text) => {
    expect(isAcHash(text)).toBe(false);
  });
});

describe('the text of an activation code', () => {
  it('is the same for the same digest, and another for another', () => {
    const shape = { length: 6, charset: 'NUMERIC' } as const;
    expect(codeText(digest('a'), shape)).toBe(codeText(digest('a'), shape));
    expect(new Set(many.map((each) => codeText(each, { length: 12, charset: 'BOTH' }))).size).toBe(many.length);
  });

  it.each([
    ['NUMERIC', /^[0-9]{6}$/, 10],
    ['ALPHABETIC', /^[A-HJKMNP-Z]{6}$/, 23],
    ['BOTH', /^[0-9A-HJKMNP-Z]{6}$/, 33],
  ] as const)('%s has its symbols, each in every place', (charset, pattern, size) => {
    const codes = many.map((each) => codeText(each, { length: 6, charset }));
    expect(codes.filter((code) => !pattern.test(code))).toEqual([]);
    for (const place of [0, 5]) expect(new Set(codes.map((code) => code[place])).size).toBe(size);
  });
});
