import { DomainError } from '../../errors/domain-error.js';
import type { Language } from '../language/languages.js';
import { SHARED_TEXTS } from '../texts/shared-texts.js';

/** Why a form came back that only time helps: 429 (RFC 6585 section 4) after many attempts, 503 while a part is away. */
export interface WaitingProblems {
  readonly status: 429 | 503;
  /** Seconds after which another try makes sense. */
  readonly retryAfter: number;
  /** What is said above the form. */
  readonly form: readonly string[];
}

/** Seconds after which a try is worth it when nobody can say. */
const LATER_SECONDS = 60;

/** What a form says of `too-many-attempts` and of whatever is away; undefined for every other error. */
export function waitingProblems(error: unknown, language: Language): WaitingProblems | undefined {
  if (!DomainError.is(error)) return undefined;
  const form = [SHARED_TEXTS[language].errors[error.code]({})];
  if (error.code === 'too-many-attempts') {
    return { status: 429, retryAfter: Number(error.params['retryAfter'] ?? LATER_SECONDS), form };
  }
  return error.category === 'unavailable' ? { status: 503, retryAfter: LATER_SECONDS, form } : undefined;
}
