import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../core/web/language/languages.js';
import type { MessagePurpose } from '../outbox.js';
import { CATALOGUE } from './catalogue.js';
import { renderMail, renderSms, SMS_COMMENT_LENGTH } from './render.js';
import { ESSENTIAL_VARIABLES, variablesIn } from './template.js';
import { readableValues, type ValueContext } from './values.js';

const GIVEN = {
  USERNAME: 'Jane Doe',
  DOMAIN: 'RCDEVSDOCS',
  FULLNAME: 'Jane Doe',
  LINK: 'https://id.example.test/webapps/pwreset/?req=Zk3v9w0QmT6yH1b4cP8sXeLr2NdUaJfGoIhKqVtBwYs',
  EXPIRES: '2026-08-04T12:30:00Z',
  HOURS: '24',
  COMMENTS: 'Ticket 812',
  ADMIN: 'RCDEVSDOCS\\administrator',
  TIME: '2026-08-03T09:15:00Z',
  ADDRESS: '192.0.2.7',
  PASSCODE: '482913',
  PIN: '719340',
  PAGE: 'https://id.example.test/activate',
  APPLICATION: 'Harbour VPN',
};
const CONTEXT: ValueContext = {
  language: 'en',
  timeZone: 'Europe/Luxembourg',
  organisation: 'Harbour Bank',
  style: 'long',
  commentLength: 1_000,
};
const values = (given: Record<string, string> = {}, context: Partial<ValueContext> = {}) =>
  readableValues({ ...GIVEN, ...given }, { ...CONTEXT, ...context });

describe.each(Object.keys(CATALOGUE) as MessagePurpose[])('%s', (purpose) => {
  describe.each(LANGUAGES)('in %s', (language) => {
    const { mail, sms } = CATALOGUE[purpose].languages[language];

    it('reads like this', () => {
      const rendered = renderMail(mail, language, values({}, { language }));
      const short = values({}, { language, style: 'short', commentLength: SMS_COMMENT_LENGTH });
      expect(`${rendered.subject}\n\n${rendered.text}\n--- SMS ---\n${renderSms(sms, short)}`).toMatchSnapshot();
    });

    it('uses known variables only, and what it is about where there is such a thing', () => {
      const known: readonly string[] = CATALOGUE[purpose].variables;
      for (const text of [mail.subject, mail.text, sms])
        expect(known).toEqual(expect.arrayContaining(variablesIn(text)));
      const { essential } = CATALOGUE[purpose];
      for (const text of [mail.text, sms]) {
        expect(ESSENTIAL_VARIABLES.filter((variable) => text.includes(`%${variable}%`))).toEqual(
          essential ? [essential] : [],
        );
      }
      expect(mail.button !== undefined).toBe(essential === 'LINK');
    });

    it('has no hole when only the necessary values are there', () => {
      const bare = readableValues(
        { USERNAME: 'jane', DOMAIN: 'ACME', LINK: GIVEN.LINK, PASSCODE: GIVEN.PASSCODE, PIN: GIVEN.PIN },
        { ...CONTEXT, language, organisation: '' },
      );
      const { subject, text } = renderMail(mail, language, bare);
      expect(subject).toContain('ACME');
      expect(text).not.toMatch(/%|[:„“«] *\n| {2}/);
    });
  });
});

it('makes an HTML mail that stands on its own', () => {
  const { mail } = CATALOGUE['password-reset-link'].languages.en;
  const { html } = renderMail(mail, 'en', values());
  expect(html).toMatchSnapshot();
  expect(html).not.toMatch(/<(script|img|link|iframe|object|form)|url\(|@import|@font-face/i);
});

it('attack 62: escapes every value in HTML and expands none of them twice', () => {
  const evil = `<img src=x onerror=alert(1)> " ' & %LINK% %ADMIN%`;
  const all = values(Object.fromEntries(['USERNAME', 'FULLNAME', 'COMMENTS', 'ADMIN', 'DOMAIN'].map((k) => [k, evil])));
  const template = { subject: '%USERNAME%', text: '%FULLNAME%\n\n%COMMENTS% %ADMIN%\n\n%LINK%' };
  const { html, text } = renderMail(template, 'en', all);
  expect(html).not.toContain('<img');
  expect(text).toContain(evil);
  expect(text.match(/https:/g)).toHaveLength(1);
});

it('attack 62: a link that is no web address becomes text and not a link', () => {
  const { html } = renderMail(
    { subject: 's', text: 'A %LINK%\n\n%LINK%' },
    'en',
    values({ LINK: 'javascript:alert(1)' }),
  );
  expect(html).not.toContain('href');
});

it('leaves out lines with a hole, and never the link', () => {
  const template = 'Hello %FULLNAME%\nFrom %ADMIN%\nNote: %COMMENTS%\n\n%ITEM%\n\n%ADMIN% sends %LINK%\n\nEnd 100%';
  const { text } = renderMail({ subject: 's', text: template }, 'en', values({ ADMIN: '', COMMENTS: ' ', ITEM: '' }));
  expect(text).toBe(`Hello Jane Doe\n\n sends ${GIVEN.LINK}\n\nEnd 100%\n`);
});

it('sets a passcode large, and shows it in no preview line', () => {
  const { mail } = CATALOGUE['one-time-passcode'].languages.en;
  const { html } = renderMail(mail, 'en', values());
  expect(html.match(/482913/g)).toHaveLength(1);
  expect(html).toMatch(/font-size:32px[^>]*>482913</);
});

it('sets the PIN of a user request large, says what it is for, and holds no link', () => {
  const { mail } = CATALOGUE['user-request-pin'].languages.en;
  const { html, text } = renderMail(mail, 'en', values({ ITEM: 'UnlockAccount', ADMIN: '' }));
  expect(html).toMatch(/font-size:32px[^>]*>719340</);
  expect(text).toContain('What it is for: unlock the account\nAsked for by somebody, from the address: 192.0.2.7');
  expect(`${html}${text}`).not.toMatch(/https?:|href/);
});
