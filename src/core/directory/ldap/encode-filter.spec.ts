import { describe, expect, it } from 'vitest';
import { elementsOf, firstElement } from './ber.js';
import { FilterSyntaxError, parseFilter } from '../filter/parse-filter.js';
import { encodeFilter } from './encode-filter.js';
import { searchRequest } from './ldap-requests.js';

/** A filter as it is sent (RFC 4511 section 4.5.1): tag, then values or further filters. */
type Sent = [number, ...(string | Sent)[]];

const CONSTRUCTED = 0x20;

function sent(text: string): Sent {
  const options = { base: '', scope: 'base', attributes: [], sizeLimit: 1 } as const;
  const request = searchRequest({ ...options, filter: encodeFilter(parseFilter(text)) }).toBer().buffer;
  const [, operation] = elementsOf(firstElement(request)?.value ?? Buffer.alloc(0));
  const filter = elementsOf(operation?.value ?? Buffer.alloc(0))[6];
  const describeElement = ({ tag, value }: { tag: number; value: Buffer }): Sent =>
    (tag & CONSTRUCTED) === 0 ? [tag, value.toString()] : [tag, ...elementsOf(value).map(describeElement)];
  return describeElement(filter ?? { tag: 0, value: Buffer.alloc(0) });
}

function pair(tag: number, attribute: string, value: string): Sent {
  return [tag, [4, attribute], [4, value]];
}

describe('a filter of the configuration', () => {
  it.each<[string, Sent]>([
    ['(cn=Babs Jensen)', pair(0xa3, 'cn', 'Babs Jensen')],
    ['(cn=*)', [0x87, 'cn']],
    ['(age>=18)', pair(0xa5, 'age', '18')],
    ['(age<=18)', pair(0xa6, 'age', '18')],
    ['(cn~=babs)', pair(0xa8, 'cn', 'babs')],
    ['(o=univ*of*mich*)', [0xa4, [4, 'o'], [0x30, [0x80, 'univ'], [0x81, 'of'], [0x81, 'mich']]]],
    ['(cn=*\\2A*)', [0xa4, [4, 'cn'], [0x30, [0x81, '*']]]],
    ['(o=Parens R Us \\28for all\\29)', pair(0xa3, 'o', 'Parens R Us (for all)')],
    ['(sn=Lu\\c4\\8di\\c4\\87)', pair(0xa3, 'sn', 'Lučić')],
    ['(sn=Lučić)', pair(0xa3, 'sn', 'Lučić')],
    ['(objectGUID=\\ff\\00)', [0xa3, [4, 'objectGUID'], [4, '\ufffd\0']]],
    ['(filename=C:\\5cMyFile)', pair(0xa3, 'filename', 'C:\\MyFile')],
    ['(a=b=c)', pair(0xa3, 'a', 'b=c')],
    ['(!(cn=Tim))', [0xa2, pair(0xa3, 'cn', 'Tim')]],
    ['(&(a=1)(|(b=2)(c=3)))', [0xa0, pair(0xa3, 'a', '1'), [0xa1, pair(0xa3, 'b', '2'), pair(0xa3, 'c', '3')]]],
    ['  (& (a=1)\n (b=2) )', [0xa0, pair(0xa3, 'a', '1'), pair(0xa3, 'b', '2')]],
    ['(uac:1.2.840.113556.1.4.803:=2)', [0xa9, [0x81, '1.2.840.113556.1.4.803'], [0x82, 'uac'], [0x83, '2']]],
    ['(:caseExactMatch:=x)', [0xa9, [0x81, 'caseExactMatch'], [0x83, 'x']]],
    ['(o:dn:=Ace)', [0xa9, [0x82, 'o'], [0x83, 'Ace'], [0x84, '\ufffd']]],
  ])('is sent as it is written: %s', (text, tree) => {
    expect(sent(text)).toEqual(tree);
  });

  it.each([
    '',
    'cn=a',
    '(',
    '()',
    '(cn)',
    '(=a)',
    '(cn=a',
    '(cn=a))',
    '(cn=a)(cn=b)',
    '(&)',
    '(&(cn=a)',
    '(!)',
    '(!(a=b)(c=d))',
    '(cn=(a)',
    '(cn=\\)',
    '(cn=\\2)',
    '(cn=\\zz)',
    '(c n=a)',
    '(cn=a\0)',
    '(:=a)',
    '(cn=)',
    '(cn>=)',
    '(cn=**)',
    '(cn=*\\ff*)',
    `${'(!'.repeat(40)}(cn=a)${')'.repeat(40)}`,
    `(cn=${'a'.repeat(10_000)})`,
  ])('is refused when it is none: %j', (text) => {
    expect(() => parseFilter(text)).toThrow(FilterSyntaxError);
  });
});
