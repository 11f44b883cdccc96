import { describe, expect, it } from 'vitest';
import { CATALOGUE } from './catalogue.js';
import { chooseMail, chooseSms } from './choose-template.js';

const wish = (language: string | undefined, defaultLanguage: 'en' | 'de' | 'fr' | 'ru' = 'en') =>
  ({ purpose: 'password-reset-link', language, defaultLanguage }) as const;

describe('the language of a message', () => {
  it.each([
    ['de', 'de'],
    ['de-AT', 'de'],
    ['DE_ch', 'de'],
    ['fr-CA, en;q=0.5', 'fr'],
    ['it', 'ru'],
    ['', 'ru'],
    [undefined, 'ru'],
    ['../../etc/passwd', 'ru'],
    ['constructor', 'ru'],
  ])('%j is written in %s', (language, expected) => {
    expect(chooseMail(wish(language, 'ru'), {}).language).toBe(expected);
  });

  it('takes the operator’s text of the exact language before ours of the base, and ours before another language', () => {
    const own = { 'password-reset-link': { 'de-CH': 'Grüezi %LINK%', it: 'Ciao %LINK%' } };
    expect(chooseSms(wish('de-ch'), own).template).toBe('Grüezi %LINK%');
    expect(chooseSms(wish('de'), own).template).toBe(CATALOGUE['password-reset-link'].languages.de.sms);
    expect(chooseSms(wish('it-IT', 'fr'), own)).toEqual({ language: 'fr', template: 'Ciao %LINK%' });
  });

  it('keeps our label of the button on an operator’s text', () => {
    const own = { 'password-reset-link': { de: { subject: 'Link', text: '%LINK%' } } };
    expect(chooseMail(wish('de'), own).template).toEqual({
      subject: 'Link',
      text: '%LINK%',
      button: 'Neues Passwort festlegen',
    });
  });
});
