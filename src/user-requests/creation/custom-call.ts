import { isStorableText } from '../../core/web/storable-text.js';
import { ApiRefusal } from '../../surfaces/oauth1/api-refusal.js';
import { type FormPair, type FormParameters, parsePairs } from '../../surfaces/oauth1/form-parameters.js';

/** The endpoint that a `CUSTOM` request runs, and its parameters in order. */
export interface CustomCall {
  readonly endpoint: string;
  readonly parameters: readonly FormPair[];
}

/** Bytes of `parameters` (user-requests section 3, CUSTOM). */
const LONGEST_PARAMETERS = 8 * 1_024;

/**
 * @param allowed the endpoints that may be run; a path that is none of them to the letter is not looked at any further
 * @throws ApiRefusal 400
 */
export function customCallIn(form: FormParameters, allowed: readonly string[]): CustomCall {
  const endpoint = form.required('endpoint');
  if (!allowed.includes(endpoint)) throw new ApiRefusal(400, 'endpoint not allowed');
  return { endpoint, parameters: readParameters(form.optional('parameters') ?? '') };
}

/** A JSON object whose values are texts, numbers and booleans, or `a=1&b=2`. */
function readParameters(text: string): readonly FormPair[] {
  if (Buffer.byteLength(text) > LONGEST_PARAMETERS) throw ApiRefusal.parameter('parameters', 'too long');
  const trimmed = text.trim();
  if (trimmed === '') return [];
  if (/^[{[]/.test(trimmed)) return readJson(trimmed);
  try {
    // Each character one byte, as the reader wants it.
    return parsePairs(Buffer.from(trimmed).toString('latin1'));
  } catch (error) {
    if (error instanceof ApiRefusal) throw notReadable();
    throw error;
  }
}

function readJson(text: string): readonly FormPair[] {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    throw notReadable();
  }
  if (typeof read !== 'object' || read === null || Array.isArray(read)) throw notReadable();
  return Object.entries(read).map(([name, value]): FormPair => {
    if (!['string', 'number', 'boolean'].includes(typeof value)) throw notReadable();
    const pair: FormPair = [name, String(value)];
    if (!pair.every(isStorableText)) throw notReadable();
    return pair;
  });
}

function notReadable(): ApiRefusal {
  return ApiRefusal.parameter('parameters', 'not a JSON object of plain values, nor a=1&b=2');
}
