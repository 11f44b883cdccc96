import { describe, expect, it } from 'vitest';
import { counting } from './plural.js';

describe('counting', () => {
  it.each([
    [1, '1\u00a0hour'],
    [0, '0\u00a0hours'],
    [72, '72\u00a0hours'],
    [1200, '1,200\u00a0hours'],
  ])('counts %i in English', (count, text) => {
    expect(counting('en')(count, { one: 'hour', other: 'hours' })).toBe(text);
  });

  it.each([
    [0, '0\u00a0heure'],
    [1, '1\u00a0heure'],
    [2, '2\u00a0heures'],
  ])('counts %i in French, where zero is singular', (count, text) => {
    expect(counting('fr')(count, { one: 'heure', other: 'heures' })).toBe(text);
  });

  it.each([
    [1, '1\u00a0символ'],
    [2, '2\u00a0символа'],
    [5, '5\u00a0символов'],
    [11, '11\u00a0символов'],
    [12, '12\u00a0символов'],
    [21, '21\u00a0символ'],
    [24, '24\u00a0символа'],
    [111, '111\u00a0символов'],
  ])('counts %i in Russian with three forms', (count, text) => {
    expect(counting('ru')(count, { one: 'символ', few: 'символа', many: 'символов' })).toBe(text);
  });
});
