import { describe, expect, it } from 'vitest';
import { matchesFilter } from './evaluate-filter.js';
import { parseFilter } from './parse-filter.js';

const JANE: Readonly<Record<string, readonly string[]>> = {
  uid: ['jane'],
  cn: ['Jane Doe', 'Jane (extern) *'],
  sn: ['Doe'],
  mobile: ['+352 26-000 001'],
  description: ['a  b c'],
  title: [],
};

function matches(text: string): boolean {
  return matchesFilter(parseFilter(text), (name) => JANE[name]);
}

describe('a filter over our own people', () => {
  it.each([
    '(uid=JANE)',
    '(uid=*)',
    '(cn=jane  doe)',
    '(cn=Jane \\28extern\\29 \\2a)',
    '(cn=jane*)',
    '(cn=*DOE)',
    '(cn=j*n*d*e)',
    '(cn=*\\2a)',
    '(description=a b*)',
    '(description=*b c)',
    '(mobile=+35226000001)',
    '(mobile=*26 000*)',
    '(sn>=dod)',
    '(sn<=doe)',
    '(sn~=doe)',
    '(&(uid=jane)(sn=doe))',
    '(|(uid=john)(sn=doe))',
    '(|(unheard=x)(sn=doe))',
    '(!(uid=john))',
    '(!(title=x))',
    '(!(&(uid=john)(unheard=x)))',
  ])('fits %s', (text) => {
    expect(matches(text)).toBe(true);
  });

  it.each([
    '(uid=j*e*e)',
    '(uid=jan)',
    '(uid=%)',
    '(uid=jan_)',
    '(uid=.*)',
    '(cn=jane*jane)',
    '(cn=doe*)',
    '(cn=Jane \\28extern\\29 x)',
    '(uid=jan\\2a)',
    '(sn>=dof)',
    '(sn<=dod)',
    '(title=*)',
    '(title=x)',
    '(unheard=*)',
    '(!(unheard=x))',
    '(&(sn=doe)(unheard=x))',
    '(uid:caseExactMatch:=jane)',
    '(!(uid:caseExactMatch:=jane))',
    '(uid=\\ff)',
  ])('does not fit %s', (text) => {
    expect(matches(text)).toBe(false);
  });
});
