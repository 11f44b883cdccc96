import type { FastifyRequest } from 'fastify';
import { BodyError, readBody } from './request-body.js';

/** No form of ours comes near this many bytes. */
const LARGEST_FORM = 64 * 1024;

const FORM_TYPE = /^\s*application\/x-www-form-urlencoded\s*(?:;|$)/i;

/** Why a form was not taken. */
export type FormFailure = 'not-a-form' | 'too-large' | 'unreadable' | 'field-missing' | 'field-repeated';

/** The form is not one that a page of ours sends. Answered with a page, never with a fault of ours. */
export class FormError extends Error {
  override readonly name = 'FormError';

  constructor(
    readonly reason: FormFailure,
    options?: ErrorOptions,
  ) {
    super(`form ${reason}`, options);
  }
}

/** The fields of a submitted form. Each value is one text: no lists, no nested objects (attack class 5). */
export class FormFields {
  constructor(private readonly fields: URLSearchParams) {}

  /**
   * The text of a field; empty when the person left it empty.
   *
   * @throws FormError when the field is missing or occurs several times
   */
  text(name: string): string {
    const values = this.fields.getAll(name);
    const [value] = values;
    if (value === undefined) throw new FormError('field-missing');
    if (values.length > 1) throw new FormError('field-repeated');
    return value;
  }

  /**
   * The text of a field that a browser leaves out when it is not ticked; undefined then.
   *
   * @throws FormError when it occurs several times
   */
  optional(name: string): string | undefined {
    return this.fields.has(name) ? this.text(name) : undefined;
  }
}

/** Forms that have been asked for, so that nobody finds the body read by somebody else. */
const forms = new WeakMap<FastifyRequest, Promise<FormFields>>();

/**
 * Reads a form (`application/x-www-form-urlencoded`, WHATWG URL section 5) from a body that nothing else has read.
 * Whoever asks again is given the same.
 *
 * @throws FormError
 */
export function readForm(request: FastifyRequest): Promise<FormFields> {
  const form = forms.get(request) ?? formOf(request);
  forms.set(request, form);
  return form;
}

async function formOf(request: FastifyRequest): Promise<FormFields> {
  if (!FORM_TYPE.test(request.headers['content-type'] ?? '')) throw new FormError('not-a-form');
  try {
    const bytes = await readBody(request.raw, LARGEST_FORM);
    return new FormFields(new URLSearchParams(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch (cause) {
    const tooLarge = cause instanceof BodyError && cause.reason === 'too-large';
    throw new FormError(tooLarge ? 'too-large' : 'unreadable', { cause });
  }
}
