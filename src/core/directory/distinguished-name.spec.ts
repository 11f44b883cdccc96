import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { below, formatDn, isDistinguishedName, parseDn } from './distinguished-name.js';

describe('isDistinguishedName', () => {
  it.each([
    'cn=jane,dc=ACME',
    'CN=Jane Doe,OU=People,DC=corp,DC=example,DC=test',
    'cn=jane',
    ' cn = jane , dc = acme ',
    'uid=jane+cn=Jane Doe,o=root',
    '2.5.4.3=jane,o=root',
    String.raw`cn=Doe\, Jane,o=root`,
    String.raw`cn=\#1 \"J\" \<\>\;\+\\,o=root`,
    String.raw`cn=Lu\C4\8Di\C4\87`,
    'cn=#04024869,o=root',
    'cn=a=b,o=root',
    'cn=,o=root',
    'cn=Žižek (*),o=root',
  ])('takes %s', (text) => {
    expect(isDistinguishedName(text)).toBe(true);
  });

  it.each([
    '',
    ' ',
    'jane',
    'cn=jane,',
    ',cn=jane',
    'cn=jane,,o=root',
    '=jane,o=root',
    'c n=jane',
    '1.=jane',
    'cn=#xyz,o=root',
    'cn=#0,o=root',
    'cn=jane\\',
    String.raw`cn=\z`,
    'cn="jane",o=root',
    'cn=a<b',
    'cn=a;o=root',
    'cn=jane\0,o=root',
  ])('attack 49: refuses %j', (text) => {
    expect(isDistinguishedName(text)).toBe(false);
  });

  it('attack 44: is quick with what is long and almost one', () => {
    for (const part of [' ', 'a', '#', ' =', 'cn=a,', '\\41', '1.']) {
      expect(isDistinguishedName(`cn=${part.repeat(5_000)}"`)).toBe(false);
      expect(isDistinguishedName(`${part.repeat(5_000)}"`)).toBe(false);
    }
  });
});

const BASE = 'ou=people,dc=example,dc=test';

describe('a name below a base', () => {
  it.each([
    [BASE, BASE],
    [' OU = People , DC=Example,DC=TEST', BASE],
    [`uid=jane,${BASE}`, `uid=jane,${BASE}`],
    ['UID=Jane, ou=people, dc=example, dc=test', `uid=Jane,${BASE}`],
    [String.raw`cn=a\2cb\3Dc,ou=people,dc=example,dc=test`, String.raw`cn=a\,b\=c,${BASE}`],
    [`cn=a+uid=b,ou=x,${BASE}`, `cn=a+uid=b,ou=x,${BASE}`],
    [String.raw`uid=j,ou=\70eople,dc=example,dc=test`, `uid=j,${BASE}`],
  ])('is put together anew: %s', (dn, anew) => {
    expect(below(dn, BASE)).toBe(anew);
  });

  it.each([
    '',
    'dc=example,dc=test',
    'ou=peoples,dc=example,dc=test',
    `${BASE},dc=x`,
    'uid=jane',
    String.raw`uid=jane\,ou=people,dc=example,dc=test`,
    'uid=jane+ou=people,dc=example,dc=test',
    'ou=people+cn=x,dc=example,dc=test',
    'uid=jane;ou=people,dc=example,dc=test',
    'uid="jane,ou=people",dc=example,dc=test',
    `uid=#04,${BASE}`,
  ])('attack 49: is none when it lies elsewhere: %s', (dn) => {
    expect(below(dn, BASE)).toBeUndefined();
  });

  it('attack 49: ends with the base, whatever came in, and has what it had above it', () => {
    const text = fc.string({ unit: fc.constantFrom(...Array.from(' #+,;<=>"\\2cou=ab')) });
    fc.assert(
      fc.property(text, (own) => {
        const anew = below(`${own},${BASE}`, BASE);
        fc.pre(anew !== undefined);
        expect(anew.endsWith(`,${BASE}`)).toBe(true);
        expect(parseDn(anew)).toEqual(parseDn(`${own},${BASE}`));
      }),
    );
  });

  it('attack 49: is read as it was written, whatever its values hold', () => {
    const value = fc.string({ unit: 'grapheme' });
    fc.assert(
      fc.property(
        fc.array(fc.array(value, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 4 }),
        (levels) => {
          const dn = levels.map((values) => values.map((held) => ({ type: 'cn', value: held })));
          expect(parseDn(formatDn(dn))).toEqual(dn);
        },
      ),
    );
  });
});
