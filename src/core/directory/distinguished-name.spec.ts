import { describe, expect, it } from 'vitest';
import { isDistinguishedName } from './distinguished-name.js';

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
