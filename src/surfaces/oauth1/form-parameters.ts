import type { FastifyRequest } from 'fastify';
import { BodyError, readBody } from '../../core/web/request-body.js';
import { ApiRefusal } from './api-refusal.js';
import { percentDecode } from './percent-encoding.js';

/** A decoded parameter: name and value. */
export type FormPair = readonly [name: string, value: string];

/** Bytes of a body; `parameters` of CUSTOM may be 8 KiB, thrice that when percent-encoded. */
const LARGEST_BODY = 64 * 1024;
/** Pairs of a body: each is sorted into the base string. */
const MOST_PAIRS = 500;

const FORM_TYPE = /^\s*application\/x-www-form-urlencoded\s*(?:;|$)/i;

/** Decoded parameters of a query or a form body, in the order they came, repeated names kept. */
export class FormParameters {
  static readonly NONE = new FormParameters([]);

  constructor(readonly pairs: readonly FormPair[]) {}

  /** The one value of a name; undefined when it is missing. @throws ApiRefusal 400 when it occurs several times */
  optional(name: string): string | undefined {
    const values = this.all(name);
    if (values.length > 1) throw ApiRefusal.parameter(name, 'given several times');
    return values[0];
  }

  /** The one value of a name. @throws ApiRefusal 400 when it is missing, empty, or occurs several times */
  required(name: string): string {
    const value = this.optional(name);
    if (value === undefined || value === '') throw ApiRefusal.parameter(name, 'missing');
    return value;
  }

  all(name: string): string[] {
    return this.pairs.filter(([own]) => own === name).map(([, value]) => value);
  }
}

const READ = new WeakMap<FastifyRequest, Promise<FormParameters>>();

/**
 * The form in a request's body, read once, however often it is asked for: a guard needs it for the signature and the
 * handler for its fields. No body, and the body of a verb that has none, is the empty form.
 *
 * @throws ApiRefusal 400 for another content type and for what is no form, 413
 */
export function formOf(request: FastifyRequest): Promise<FormParameters> {
  const known = READ.get(request);
  if (known) return known;
  const reading = readForm(request);
  READ.set(request, reading);
  return reading;
}

async function readForm(request: FastifyRequest): Promise<FormParameters> {
  if (request.method === 'GET' || request.method === 'HEAD') return FormParameters.NONE;
  const bytes = await bodyOf(request);
  if (bytes.length === 0) return FormParameters.NONE;
  if (!FORM_TYPE.test(request.headers['content-type'] ?? '')) {
    throw new ApiRefusal(400, 'body is not application/x-www-form-urlencoded');
  }
  return new FormParameters(parsePairs(Buffer.from(bytes).toString('latin1')));
}

async function bodyOf(request: FastifyRequest): Promise<Uint8Array> {
  try {
    return await readBody(request.raw, LARGEST_BODY);
  } catch (error) {
    if (!(error instanceof BodyError)) throw error;
    throw error.reason === 'too-large'
      ? new ApiRefusal(413, 'body is too long', { connection: 'close' })
      : new ApiRefusal(400, 'body is incomplete');
  }
}

/**
 * Decodes `a=1&b=2` (W3C.REC-html40 section 17.13.4, as RFC 5849 section 3.4.1.3.1 wants it): `+` is a space, a name
 * without `=` has an empty value. What two readers could understand differently is refused: a lone `%`, and bytes that
 * are no UTF-8.
 *
 * @param encoded each character one byte
 * @throws ApiRefusal 400
 */
export function parsePairs(encoded: string): FormPair[] {
  const parts = encoded.split('&').filter((part) => part !== '');
  if (parts.length > MOST_PAIRS) throw new ApiRefusal(400, 'too many parameters');
  return parts.map((part): FormPair => {
    const equals = part.indexOf('=');
    const at = equals < 0 ? part.length : equals;
    return [decode(part.slice(0, at)), decode(part.slice(at + 1))];
  });
}

function decode(encoded: string): string {
  const text = percentDecode(encoded.replaceAll('+', ' '));
  if (text === undefined) throw new ApiRefusal(400, 'parameters are not readable: percent-encoded UTF-8 expected');
  return text;
}
