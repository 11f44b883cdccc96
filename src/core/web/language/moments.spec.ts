import { describe, expect, it } from 'vitest';
import { writtenMoment, writtenSpan } from './moments.js';

describe('writtenMoment', () => {
  const moment = new Date('2026-05-14T14:30:00Z');

  it.each([
    ['en', 'Thursday, 14 May 2026 at 16:30 CEST'],
    ['de', 'Donnerstag, 14. Mai 2026 um 16:30 MESZ'],
    ['fr', 'jeudi 14 mai 2026 à 16:30 UTC+2'],
    ['ru', 'четверг, 14 мая 2026 г. в 16:30 GMT+2'],
  ] as const)('names day, time and zone in %s', (language, text) => {
    expect(writtenMoment(language, moment, 'Europe/Luxembourg')).toBe(text);
  });
});

describe('writtenSpan', () => {
  it.each([
    ['en', 30, '1 minute'],
    ['en', 900, '15 minutes'],
    ['en', 5_400, '90 minutes'],
    ['en', 3_600, '1 hour'],
    ['en', 86_400, '1 day'],
    ['en', 90_000, '25 hours'],
    ['en', 2_592_000, '30 days'],
    ['de', 172_800, '2 Tage'],
    ['fr', 7_200, '2 heures'],
    ['ru', 172_800, '2 дня'],
    ['ru', 432_000, '5 дней'],
    ['ru', 75_600, '21 час'],
  ] as const)('writes in %s a span of %i seconds as %s', (language, seconds, text) => {
    expect(writtenSpan(language, seconds).replaceAll('\u00a0', ' ')).toBe(text);
  });
});
