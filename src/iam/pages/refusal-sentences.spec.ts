import { describe, expect, it } from 'vitest';
import type { DomainErrorCode } from '../../core/errors/domain-error.js';
import { LANGUAGES } from '../../core/web/language/languages.js';
import { SHARED_TEXTS } from '../../core/web/texts/shared-texts.js';
import { refusalOf } from '../../surfaces/iam-rest/rest-exit.js';
import { requireSymbols } from '../../surfaces/iam-rest/rest-fields.js';
import { REST_OUTCOMES } from '../../surfaces/iam-rest/rest-outcomes.js';
import { RestRefusal } from '../../surfaces/iam-rest/rest-refusal.js';
import { refusalSentences } from './refusal-sentences.js';
import { APP_ROOT_TEXTS } from './texts/app-root-texts.js';

/** What `app-root-form.js` says for a refusal. */
function said(refusal: RestRefusal, language: (typeof LANGUAGES)[number]): string | undefined {
  return refusalSentences(language).find(
    ([field, beginning]) => field === refusal.details?.field && refusal.message.startsWith(beginning),
  )?.[2];
}

const PASSWORD_CODES = (Object.keys(REST_OUTCOMES) as DomainErrorCode[]).filter(
  (code) => REST_OUTCOMES[code].field === 'pwd',
);

describe('what the pages say for refusals of fields', () => {
  it.each(LANGUAGES)('names the rule that a new password broke, in %s', (language) => {
    const params = { min: 12, max: 64, classes: 3 };
    expect(PASSWORD_CODES.length).toBeGreaterThan(6);
    for (const code of PASSWORD_CODES) {
      const sentence = SHARED_TEXTS[language].errors[code]({});
      for (const field of ['pwd', 'new_pwd']) {
        for (const given of [params, {}]) {
          expect(said(refusalOf({ code, params: given }, field), language), `${code} ${field}`).toBe(sentence);
        }
      }
    }
  });

  it('knows symbols, and logins that are taken', () => {
    const { fields } = APP_ROOT_TEXTS.de;
    const refused = (name: string): RestRefusal => {
      try {
        requireSymbols(name, 'a b');
      } catch (error) {
        if (error instanceof RestRefusal) return error;
      }
      throw new Error('not refused');
    };
    expect(said(refused('pwd'), 'de')).toBe(fields.symbols);
    expect(said(refused('login'), 'de')).toBe(fields.loginShape);
    expect(said(refusalOf({ code: 'login-taken', params: {} }), 'de')).toBe(fields.loginTaken);
  });
});
