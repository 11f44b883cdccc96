import { describe, expect, it } from 'vitest';
import type { PasswordRules } from '../../directory/password-rules.js';
import { LANGUAGES } from '../language/languages.js';
import { ruleSentences } from './rule-sentences.js';

const EVERYTHING: PasswordRules = {
  minLength: 12,
  maxLength: 40,
  classes: 3,
  passphraseLength: 20,
  notName: true,
  notCommon: true,
  history: 24,
  minAge: 86_400,
};

function texts(rules: PasswordRules): string[] {
  return ruleSentences(rules, [], 'en').map(({ text }) => text.replaceAll('\u00a0', ' '));
}

describe('ruleSentences', () => {
  it('writes each rule as a plain sentence', () => {
    expect(texts(EVERYTHING)).toEqual([
      'At least 12 characters',
      'At most 40 characters',
      'At least 3 of these 4 kinds: small letters, capital letters, digits, other characters – or simply 20 characters or more',
      'Without your name or your login',
      'Not a password that many people use',
      'Different from your last 24 passwords',
      'At least 1 day between two changes',
    ]);
  });

  it('says nothing of what is not demanded', () => {
    expect(texts({})).toEqual([]);
    expect(texts({ classes: 1, minLength: 0, history: 0, minAge: 0, notName: false })).toEqual([]);
  });

  it('leaves out a maximum that nobody reaches by typing', () => {
    expect(texts({ maxLength: 256 })).toEqual([]);
  });

  it('finds words for a single one', () => {
    expect(texts({ minLength: 1, classes: 4, history: 1 })).toEqual([
      'At least 1 character',
      'All of these: small letters, capital letters, digits, other characters',
      'Different from the password you have now',
    ]);
  });

  it.each(LANGUAGES)('has a sentence for every rule in %s', (language) => {
    const sentences = ruleSentences(EVERYTHING, ['jdoe'], language);
    expect(sentences).toHaveLength(7);
    for (const { text } of sentences) expect(text).not.toMatch(/undefined|NaN|\{/);
  });
});
