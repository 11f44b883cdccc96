import { describe, expect, it } from 'vitest';
import { KeyRing } from '../crypto/key-ring.js';
import { SystemRandomSource } from '../crypto/random-source.js';
import { CsrfTokens } from './csrf-tokens.js';

const random = new SystemRandomSource();
const older = { id: 'k1', key: random.bytes(32) };
const newer = { id: 'k2', key: random.bytes(32) };
const tokensWith = (...keys: (typeof older)[]): CsrfTokens => new CsrfTokens(new KeyRing(keys, random));

describe('CsrfTokens', () => {
  const tokens = tokensWith(older);
  const session = random.linkSecret();

  it('accepts what it issued', () => {
    expect(tokens.accepts(session, 'password', tokens.issue(session, 'password'))).toBe(true);
  });

  it('accepts what was issued before a master key was put in front', () => {
    expect(tokensWith(newer, older).accepts(session, 'password', tokens.issue(session, 'password'))).toBe(true);
  });

  it('attack 10: refuses the value of another session, of another form, and other secrets in its place', () => {
    const other = random.linkSecret();
    const wrong = [tokens.issue(other, 'password'), tokens.issue(session, 'factor'), session, other, '', 'x'];
    for (const value of wrong) expect(tokens.accepts(session, 'password', value)).toBe(false);
  });
});
