import type { DomainErrorCode } from '../../core/errors/domain-error.js';
import type { Language } from '../../core/web/language/languages.js';
import { SHARED_TEXTS } from '../../core/web/texts/shared-texts.js';
import { REST_OUTCOMES } from '../../surfaces/iam-rest/rest-outcomes.js';
import { APP_ROOT_TEXTS } from './texts/app-root-texts.js';

/** A refusal of a field: `error_details.field`, how `error_message` begins, and what the page says. */
export type RefusalSentence = readonly [field: string, beginning: string, sentence: string];

const CODES = Object.keys(REST_OUTCOMES) as DomainErrorCode[];

/**
 * What the page says for each refusal of a field. The first that fits counts; the last of each field fits all. Beginnings are
 * taken from where the surface takes its texts, so that they stay the same.
 */
export function refusalSentences(language: Language): readonly RefusalSentence[] {
  const { fields } = APP_ROOT_TEXTS[language];
  return [
    ['domain', 'domain is required', fields.domainMissing],
    ['domain', '', fields.domainClosed],
    ['login', REST_OUTCOMES['login-taken'].message({}), fields.loginTaken],
    ['login', '', fields.loginShape],
    ['name', '', fields.nameShape],
    ['email', '', fields.emailShape],
    ['key', '', fields.keyMissing],
    ['current_pwd', '', fields.currentWrong],
    ...passwordSentences('pwd', language),
    ['pwd', 'pwd contains invalid symbols', fields.symbols],
    ['pwd', '', SHARED_TEXTS[language].errors['password-refused']({})],
    ...passwordSentences('new_pwd', language),
    ['new_pwd', '', SHARED_TEXTS[language].errors['password-refused']({})],
  ];
}

function passwordSentences(field: string, language: Language): RefusalSentence[] {
  const sentences = SHARED_TEXTS[language].errors;
  return CODES.filter((code) => REST_OUTCOMES[code].field === 'pwd').map((code) => [
    field,
    REST_OUTCOMES[code].message({}).replace('pwd', field),
    sentences[code]({}),
  ]);
}
