import { plainSecret, type PlainSecret } from '../../core/crypto/secret-types.js';
import { isStorableText } from '../../core/web/storable-text.js';
import { isJsonObject, type JsonValue } from '../../core/web/strict-json.js';
import {
  declareParameter,
  own,
  type ParameterDecorator,
  type ParameterOptions,
} from '../../surfaces/auth-envelope/auth-parameter.js';
import { invalid, missing } from '../../surfaces/auth-envelope/auth-refusal.js';

const LONGEST = 64;

const SCHEMA = { type: 'string', maxLength: LONGEST, writeOnly: true } as const;

/**
 * Two or three passcodes in a row: a comma list, or the same in `otp` (authentication methods, section 4.12). Spaces and
 * hyphens do not matter.
 */
export function SyncCodesParam(options: ParameterOptions): ParameterDecorator<readonly PlainSecret[]> {
  return declareParameter<readonly PlainSecret[]>(options, {
    schema: { anyOf: [SCHEMA, { type: 'object', required: ['otp'], properties: { otp: SCHEMA } }] },
    accepts: (value) => Array.isArray(value) && isSequence(value as readonly unknown[]),
    compile: (path) => (value) => {
      const text = isJsonObject(value) ? (own(value, 'otp') ?? '') : value;
      if (text === '') throw missing(path);
      const codes = codesIn(text);
      if (!isSequence(codes)) throw invalid(path);
      return codes;
    },
  });
}

function codesIn(text: JsonValue): readonly PlainSecret[] {
  if (!isStorableText(text) || text.length > LONGEST) return [];
  return text.split(',').map((code) => plainSecret(code.replace(/[\s-]/g, '')));
}

/** Equal codes are no sequence: whoever has one code would have two. */
function isSequence(codes: readonly unknown[]): boolean {
  return [2, 3].includes(codes.length) && codes.every((code) => code !== '') && new Set(codes).size > 1;
}
