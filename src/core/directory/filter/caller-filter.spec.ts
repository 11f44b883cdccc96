import { describe, expect, it } from 'vitest';
import { parseCallerFilter } from './caller-filter.js';

describe('a filter of a caller', () => {
  it('is taken apart', () => {
    expect(parseCallerFilter('(&(objectClass=person)(uid=j*))')).toEqual({
      kind: 'and',
      filters: [
        { kind: 'equal', attribute: 'objectClass', value: 'person' },
        { kind: 'substrings', attribute: 'uid', initial: 'j', any: [], final: '' },
      ],
    });
  });

  it.each([
    ['', /"\(" is missing/],
    ['(uid=a', /"\)" is missing/],
    ['(uid=jane\ud800)', /half a character/],
    ['(userPassword={SSHA}a*)', /userPassword/],
    ['(&(uid=jane)(!(USERPASSWORD=*)))', /cannot be searched/],
    ['(userPassword;lang-de=x)', /cannot be searched/],
    ['(|(uid=x)(sambaNTPassword>=A))', /cannot be searched/],
    ['(unicodePwd:2.5.13.17:=x)', /cannot be searched/],
    ['(2.5.4.35=x)', /no name of an attribute/],
    ['(2.5.4.35:=x)', /no name of an attribute/],
    ['(:octetStringMatch:=x)', /needs an attribute/],
    ['(pwdHistory=*)', /cannot be searched/],
  ])('attack 49: is refused when it is none, or spies on passwords: %j', (text, problem) => {
    expect(() => parseCallerFilter(text)).toThrow(
      expect.objectContaining({
        code: 'filter-not-valid',
        params: { problem: expect.stringMatching(problem) as string },
      }),
    );
  });
});
