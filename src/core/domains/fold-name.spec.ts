import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldName } from './fold-name.js';

describe('a folded name', () => {
  it.each([
    ['upper case', 'JANE DOE'],
    ['spaces around', '  Jane Doe '],
    ['several spaces inside', 'Jane   Doe'],
    ['a tab and a line break', 'Jane\t\nDoe'],
    ['no-break and ideographic spaces', '\u00a0Jane\u3000Doe\u2003'],
    ['full-width letters', 'Ｊａｎｅ　Ｄｏｅ'],
    ['mathematical letters', '𝐉𝐚𝐧𝐞 𝔻𝕠𝕖'],
    ['letters in circles', 'Ⓙⓐⓝⓔ Ⓓⓞⓔ'],
    ['a byte order mark', '\ufeffJane Doe'],
  ])('attack 28: is one for %s', (_, variant) => {
    expect(foldName(variant)).toBe('jane doe');
  });

  it.each([
    ['composed and decomposed letters', '\u00c9lo\u00efse', 'e\u0301loi\u0308se'],
    ['ligatures', 'ﬁona', 'fiona'],
    ['the Kelvin and the Ångström sign', '\u212a\u212b', 'k\u00e5'],
    ['a dotted capital I', '\u0130da', 'i\u0307da'],
    ['a final sigma', 'ΟΔΥΣΣΕΥΣ', 'οδυσσευς'],
    ['roman numerals', 'Ⅳ', 'iv'],
  ])('attack 28: is one for %s', (_, one, other) => {
    expect(foldName(one)).toBe(foldName(other));
  });

  it('attack 28: stays as it is when it is folded again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        expect(foldName(foldName(name))).toBe(foldName(name));
      }),
    );
  });

  it('attack 28: stays as it is when it is folded again, for every character there is', () => {
    const unstable: string[] = [];
    for (let code = 0; code <= 0x10_ff_ff; code++) {
      const folded = foldName(`a${String.fromCodePoint(code)}b`);
      if (foldName(folded) !== folded) unstable.push(code.toString(16));
    }
    expect(unstable).toEqual([]);
  });

  it('keeps different names apart', () => {
    const names = ['jane', 'janes', 'ja ne', 'jané', 'j.ane', 'jane@x', '%', '_', '*', ''];
    expect(new Set(names.map(foldName)).size).toBe(names.length);
  });
});
