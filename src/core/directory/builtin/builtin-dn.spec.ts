import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldName } from '../../domains/fold-name.js';
import { builtinDn, loginOfBuiltinDn } from './builtin-dn.js';

const SPECIAL = Array.from(' #+,;<=>"\\*()\0aB0İß');

/** Texts full of what a DN gives a meaning, and any other Unicode. */
const names = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1 }),
  fc.string({ unit: fc.constantFrom(...SPECIAL), minLength: 1 }),
);

describe('the DN of a built-in person', () => {
  it('attack 49: gives back any login, whatever characters login and domain hold', () => {
    fc.assert(
      fc.property(names, names, (login, domain) => {
        expect(loginOfBuiltinDn(builtinDn(login, domain), domain)).toBe(login);
      }),
    );
  });

  it('attack 49: never leads into another domain', () => {
    fc.assert(
      fc.property(names, names, names, (login, domain, other) => {
        fc.pre(foldName(domain) !== foldName(other));
        expect(loginOfBuiltinDn(builtinDn(login, domain), other)).toBeUndefined();
      }),
    );
  });

  it('attack 49: takes any text without a fault', () => {
    fc.assert(
      fc.property(names, (dn) => {
        expect(['string', 'undefined']).toContain(typeof loginOfBuiltinDn(dn, 'ACME'));
        expect(['string', 'undefined']).toContain(typeof loginOfBuiltinDn(`cn=${dn},dc=ACME`, 'ACME'));
      }),
    );
  });

  it.each([
    ['as it is made', String.raw`cn=Jane Doe,dc=ACME`, 'Jane Doe'],
    ['in another case and with spaces around', ' CN = Jane Doe , DC = acme ', 'Jane Doe'],
    ['by uid', 'uid=jane,dc=ACME', 'jane'],
    ['with hex pairs, which are bytes of UTF-8 (RFC 4514 section 2.4)', String.raw`cn=Andr\C3\A9,dc=ACME`, 'André'],
    ['with an escaped backslash before two hex digits', String.raw`cn=a\\41,dc=ACME`, String.raw`a\41`],
    ['with an escaped backslash before the spaces at its end', String.raw`cn=a\\  ,dc=ACME`, 'a\\'],
    ['with an escaped space at its end', String.raw`cn=a\ ,dc=ACME`, 'a '],
    ['with a free equals sign, which RFC 4514 allows', 'cn=a=b,dc=ACME', 'a=b'],
  ])('is understood %s', (_, dn, login) => {
    expect(loginOfBuiltinDn(dn, 'ACME')).toBe(login);
  });

  it.each([
    ['nothing', ''],
    ['no domain', 'cn=jane'],
    ['a level too many', 'cn=jane,ou=people,dc=ACME'],
    ['a person of two attributes', 'cn=jane+uid=jane,dc=ACME'],
    ['another attribute', 'ou=jane,dc=ACME'],
    ['a free comma in the name', 'cn=jane,doe,dc=ACME'],
    ['a free quote', 'cn="jane",dc=ACME'],
    ['the hexadecimal form', 'cn=#04024869,dc=ACME'],
    ['hex pairs that are no UTF-8', String.raw`cn=\C3\28,dc=ACME`],
    ['a backslash at the end', 'cn=jane,dc=ACME\\'],
    ['a NUL', 'cn=ja\0ne,dc=ACME'],
    ['something behind it', 'cn=jane,dc=ACME,'],
    ['a hundred thousand spaces and then a quote', `cn=${' '.repeat(100_000)}",dc=ACME`],
    ['a hundred thousand commas', ','.repeat(100_000)],
    ['a hundred thousand names', 'cn=a,'.repeat(100_000)],
  ])('is not seen in %s', (_, dn) => {
    expect(loginOfBuiltinDn(dn, 'ACME')).toBeUndefined();
  });
});
