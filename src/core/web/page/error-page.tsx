import { HttpException } from '@nestjs/common';
import { DomainError, type DomainErrorCategory } from '../../errors/domain-error.js';
import { FormError, type FormFailure } from '../form-fields.js';
import type { Language } from '../language/languages.js';
import { writtenSpan } from '../language/moments.js';
import type { Page } from './page.js';
import { SHARED_TEXTS, type SharedTexts } from '../texts/shared-texts.js';
import { messagePage } from './message-page.js';

/** Seconds after which it is worth to come back when something is down. */
const COME_BACK = 60;

type Kind = keyof Pick<
  SharedTexts,
  'notFound' | 'notValid' | 'forbidden' | 'tooMany' | 'unavailable' | 'directoryUnavailable' | 'failed'
>;

const STATUS: Readonly<Record<Kind, number>> = {
  notFound: 404,
  notValid: 400,
  forbidden: 403,
  tooMany: 429,
  unavailable: 503,
  directoryUnavailable: 503,
  failed: 500,
};

const FORM_STATUS: Readonly<Record<FormFailure, number>> = {
  'not-a-form': 415,
  'too-large': 413,
  unreadable: 400,
  'field-missing': 400,
  'field-repeated': 400,
};

const KINDS: Readonly<Record<DomainErrorCategory, Kind>> = {
  'not-found': 'notFound',
  invalid: 'notValid',
  refused: 'notValid',
  credentials: 'forbidden',
  forbidden: 'forbidden',
  throttled: 'tooMany',
  unavailable: 'unavailable',
  internal: 'failed',
};

interface Circumstances {
  readonly language: Language;
  /** Whether asking for the same address again is all it takes to try again. */
  readonly repeatable: boolean;
  /** The request's id, shown when the fault is ours so that somebody can find it in the log. */
  readonly reference: string;
}

/** The page for anything that a page's handler can throw. Never an inner text of the error. */
export function errorPage(error: unknown, { language, repeatable, reference }: Circumstances): Page {
  const texts = SHARED_TEXTS[language];
  const kind = kindOf(error);
  const status = statusOf(error);
  if (kind === 'tooMany') {
    const seconds = DomainError.is(error) ? Number(error.params['retryAfter'] ?? COME_BACK) : COME_BACK;
    return messagePage({
      status,
      title: texts.tooMany.title,
      texts: [texts.tooMany.text(writtenSpan(language, Math.ceil(seconds / 60) * 60))],
      sign: 'pause',
      headers: { 'retry-after': String(seconds) },
    });
  }
  const { title, text } = texts[kind];
  const pausing = status === 503;
  return messagePage({
    status,
    title,
    texts: [text],
    sign: pausing ? 'pause' : 'notice',
    ...(pausing && { headers: { 'retry-after': String(COME_BACK) } }),
    children: (
      <>
        {pausing && repeatable && (
          <a class="button" href="">
            {texts.tryAgain}
          </a>
        )}
        {kind === 'failed' && (
          <p class="aside">
            {texts.reference}: <code>{reference}</code>
          </p>
        )}
      </>
    ),
  });
}

/** The status that goes with {@link errorPage}. */
export function statusOf(error: unknown): number {
  return error instanceof FormError ? FORM_STATUS[error.reason] : STATUS[kindOf(error)];
}

function kindOf(error: unknown): Kind {
  if (error instanceof FormError) return 'notValid';
  if (DomainError.is(error, 'directory-unavailable')) return 'directoryUnavailable';
  if (error instanceof DomainError) return KINDS[error.category];
  if (error instanceof HttpException) return kindOfStatus(error.getStatus());
  return kindOfStatus(frameworkStatus(error));
}

/** Fastify's own refusals carry their status. */
function frameworkStatus(error: unknown): number {
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  return typeof status === 'number' ? status : 500;
}

function kindOfStatus(status: number): Kind {
  if (status === 404 || status === 405) return 'notFound';
  if (status === 401 || status === 403) return 'forbidden';
  if (status === 429) return 'tooMany';
  return status < 500 ? 'notValid' : 'failed';
}
