import { DomainError, type DomainErrorCode, type DomainErrorParams } from '../../errors/domain-error.js';
import type { Language } from '../language/languages.js';
import { SHARED_TEXTS } from '../texts/shared-texts.js';

/** A rule that a new password breaks, or the directory's refusal. */
export interface PasswordProblem {
  readonly code: DomainErrorCode;
  readonly params: DomainErrorParams;
}

/** Why a submission came back, in words, by the place where it is said. */
export interface SubmissionProblems {
  /**
   * 422 (RFC 9110 section 15.5.21) when something can be done about it in the form; 429 (RFC 6585 section 4) and 503
   * when only time helps.
   */
  readonly status: 422 | 429 | 503;
  /** Seconds after which it is worth trying again, when only time helps. */
  readonly retryAfter?: number;
  /** What is not about a field. */
  readonly form: readonly string[];
  readonly password: readonly string[];
  readonly repeated: readonly string[];
}

const NONE: Omit<SubmissionProblems, 'status'> = { form: [], password: [], repeated: [] };

/** The rules or the directory refused the password. */
export function refusedProblems(problems: readonly PasswordProblem[], language: Language): SubmissionProblems {
  const sentences = (wanted: (code: DomainErrorCode) => boolean): string[] => {
    const texts = SHARED_TEXTS[language].errors;
    return [...new Set(problems.filter(({ code }) => wanted(code)).map(({ code, params }) => texts[code](params)))];
  };
  return {
    status: 422,
    form: sentences((code) => !code.startsWith('password-')),
    password: sentences((code) => code.startsWith('password-') && code !== 'password-mismatch'),
    repeated: sentences((code) => code === 'password-mismatch'),
  };
}

/** An entry was left empty; nobody needs to be asked about that. */
export function emptyProblems(password: string, repeated: string, language: Language): SubmissionProblems | undefined {
  const texts = SHARED_TEXTS[language].password;
  if (password !== '' && repeated !== '') return undefined;
  return {
    ...NONE,
    status: 422,
    password: password === '' ? [texts.empty] : [],
    repeated: password !== '' && repeated === '' ? [texts.emptyAgain] : [],
  };
}

/**
 * Nobody could look at the password, or too many were sent; what the form says of it, without asking the directory again.
 *
 * @throws what was thrown, when it is anything else
 */
export function failureProblems(error: unknown, language: Language): SubmissionProblems {
  if (DomainError.is(error, 'too-many-attempts')) return throttledProblems(error.params, language);
  if (DomainError.is(error) && error.category === 'unavailable') return unavailableProblems(error.code, language);
  throw error;
}

/** The directory could not be asked; nothing has changed. */
function unavailableProblems(code: DomainErrorCode, language: Language): SubmissionProblems {
  return { ...NONE, status: 503, retryAfter: 60, form: [SHARED_TEXTS[language].errors[code]({})] };
}

/** The form was sent too often; nobody was asked about it. @param params of `too-many-attempts` */
function throttledProblems({ retryAfter }: DomainErrorParams, language: Language): SubmissionProblems {
  const sentence = SHARED_TEXTS[language].errors['too-many-attempts']({});
  return { ...NONE, status: 429, retryAfter: Number(retryAfter ?? 60), form: [sentence] };
}
