import { describe, expect, it } from 'vitest';
import { normalizedAnswer, questionText } from './answers.js';

describe('answers', () => {
  it.each([
    ['Rue de la Paix', 'ruedelapaix'],
    ['  rue   DE la\tpaix ', 'ruedelapaix'],
    ['ﬁsh', 'fish'],
    ['ＦＩＳＨ', 'fish'],
    ['Cafe\u0301', 'caf\u00e9'],
    ['ПЕТЕРБУРГ', 'петербург'],
  ])('%j is digested as %j', (typed, expected) => {
    expect(normalizedAnswer(typed)).toBe(expected);
  });

  it.each(['', '  ', 'ab', 'a b', 'x'.repeat(101), ' '.repeat(1_001), '\ud800abc'])('%j is none', (typed) => {
    expect(normalizedAnswer(typed)).toBeUndefined();
  });
});

describe('questions', () => {
  it('stand on one line', () => {
    expect(questionText(' Where did\r\nyou grow up? ')).toBe('Where did you grow up?');
  });

  it.each(['', 'Who?', 'x'.repeat(201), '\ud800 is what?'])('%j is none', (typed) => {
    expect(questionText(typed)).toBeUndefined();
  });
});
