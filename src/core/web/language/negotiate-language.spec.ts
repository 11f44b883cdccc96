import { describe, expect, it } from 'vitest';
import { negotiateLanguage } from './negotiate-language.js';

describe('negotiateLanguage', () => {
  it.each([
    ['de', 'de'],
    ['de-CH', 'de'],
    ['fr-CA,fr;q=0.9,en;q=0.8', 'fr'],
    ['en;q=0.2, ru;q=0.9', 'ru'],
    ['ru-Cyrl-RU', 'ru'],
    ['RU', 'ru'],
    ['lb, de;q=0.8, fr;q=0.7', 'de'],
    ['de ; q=0.5 , fr ; q=0.6', 'fr'],
  ])('reads "%s" as %s', (header, language) => {
    expect(negotiateLanguage(header)).toBe(language);
  });

  it('keeps the order of the header among equal weights', () => {
    expect(negotiateLanguage('fr, de')).toBe('fr');
  });

  it('never picks a language that is refused', () => {
    expect(negotiateLanguage('de;q=0, de-AT, fr;q=0.1')).toBe('fr');
  });

  it('takes any language as the first one', () => {
    expect(negotiateLanguage('ja, *;q=0.5')).toBe('en');
  });

  it.each([
    undefined,
    '',
    'ja',
    ';;;,,,',
    'q=1',
    'de;q=2',
    'de;q=-1',
    '\0',
    'x'.repeat(50_000),
    ','.repeat(50_000),
    'de-',
    'x-'.repeat(5_000),
  ])('falls back to English when nothing usable is asked for', (header) => {
    expect(negotiateLanguage(header)).toBe('en');
  });
});
