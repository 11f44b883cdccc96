import { describe, expect, it } from 'vitest';
import { readableValues, type ValueContext } from './values.js';

const CONTEXT: ValueContext = {
  language: 'en',
  timeZone: 'UTC',
  organisation: '',
  style: 'long',
  commentLength: 60,
};

describe('values for people', () => {
  it('attack 62: hold no line ends, controls, invisible characters or encoded words', () => {
    const { FULLNAME, COMMENTS } = readableValues(
      { FULLNAME: 'Eve\r\nBcc: x\u0000\u2028y\u202ereversed\u200b', COMMENTS: '=?utf-8?q?=0ABcc:?= \ud800' },
      CONTEXT,
    );
    expect(FULLNAME).toBe('Eve Bcc: x yreversed');
    expect(COMMENTS).toBe('= ?utf-8?q?=0ABcc:?= \ufffd');
  });

  it('cut comments to whole characters', () => {
    const cut = readableValues({ COMMENTS: '\u{1f511}'.repeat(61) }, CONTEXT).COMMENTS;
    expect(cut).toBe(`${'\u{1f511}'.repeat(60)}...`);
  });

  it('fall back from full name to login, and from organisation to domain', () => {
    expect(readableValues({ USERNAME: 'jane', DOMAIN: 'ACME' }, CONTEXT)).toMatchObject({
      FULLNAME: 'jane',
      ORGANISATION: 'ACME',
    });
    expect(readableValues({ DOMAIN: 'ACME' }, { ...CONTEXT, organisation: 'Harbour Bank' }).ORGANISATION).toBe(
      'Harbour Bank',
    );
  });

  it.each([
    ['en', 'long', 'Tuesday, 4 August 2026 at 14:30 CEST'],
    ['de', 'long', 'Dienstag, 4. August 2026 um 14:30 MESZ'],
    ['fr', 'long', 'mardi 4 août 2026 à 14:30 UTC+2'],
    ['ru', 'long', '4 августа 2026 г. в 14:30 GMT+2'],
    ['en', 'short', '4 Aug, 14:30 CEST'],
    ['de', 'short', '4. Aug., 14:30 MESZ'],
    ['fr', 'short', '4 août, 14:30 UTC+2'],
    ['ru', 'short', '4 авг., 14:30 GMT+2'],
  ] as const)('name times in local time, with the zone: %s, %s', (language, style, text) => {
    const context = { ...CONTEXT, language, style, timeZone: 'Europe/Luxembourg' };
    expect(readableValues({ EXPIRES: '2026-08-04T12:30:00Z' }, context).EXPIRES).toBe(text);
  });

  it('leave out a time that is none', () => {
    expect(readableValues({ EXPIRES: 'soon' }, CONTEXT).EXPIRES).toBe('');
  });
});
