import { IsBoolean, IsString, MaxLength } from 'class-validator';
import { DomainError } from '../../core/errors/domain-error.js';
import { isStorableText } from '../../core/web/storable-text.js';
import type { JsonValue } from '../../core/web/strict-json.js';
import { rule } from './parameter-rules.js';
import {
  declareParameter,
  type DefaultOption,
  type ParameterDecorator,
  type ParameterOptions,
} from './rpc-parameter.js';

/** Characters of a text, unless its declaration says otherwise: far beyond every name and comment. */
const LONGEST_TEXT = 10_000;

const DECIMAL = /^-?(?:0|[1-9][0-9]*)$/;
/** RFC 4648 section 4, with padding. */
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

export interface StringOptions extends ParameterOptions {
  /** Characters. A longer text is answered `Parameter <name> too long`. */
  readonly maxLength?: number;
}

/** A text; see {@link isStorableText} for what is none. */
export function StringParam(options: StringOptions): ParameterDecorator<string> {
  const maxLength = options.maxLength ?? LONGEST_TEXT;
  return declareParameter<string>(options, {
    schema: { type: 'string', maxLength },
    read: (value) => value,
    rules: [
      IsString({ message: 'not String' }),
      rule('isStorableText', 'not String', isStorableText),
      MaxLength(maxLength, { message: 'too long' }),
    ],
  });
}

/** One of a closed list of words, in any case; the method gets the documented spelling. Another word is answered `false`. */
export function WordParam<Word extends string>(
  options: ParameterOptions & DefaultOption<Word> & { readonly words: readonly Word[] },
): ParameterDecorator<Word> {
  const { words, default: fallback } = options;
  return declareParameter<Word>(options, {
    schema: { type: 'string', enum: [...words], ...(fallback !== undefined && { default: fallback }) },
    read: (value) => value,
    rules: [rule('isStorableText', 'not String', isStorableText)],
    fallback,
    settle: (name, sent) => {
      // Lower case, because upper case makes an `S` of other letters too (U+017F).
      const word = words.find((candidate) => candidate.toLowerCase() === sent.toLowerCase());
      if (word === undefined) throw new DomainError('unknown-word', { params: { parameter: name } });
      return word;
    },
  });
}

export interface IntegerOptions extends ParameterOptions, DefaultOption<number> {
  /** A number below is answered `false`. */
  readonly min?: number;
  /** A number above is answered `false`. */
  readonly max?: number;
}

/**
 * A whole number. Decimal digits in a string count too, since some clients stringify numbers; a fraction of zero (`72.0`)
 * is none. Numbers beyond 2^53 - 1 are not taken, because they would be changed on the way.
 */
export function IntegerParam(options: IntegerOptions): ParameterDecorator<number> {
  const { min = -Infinity, max = Infinity, default: fallback } = options;
  return declareParameter<number>(options, {
    schema: {
      type: 'integer',
      ...(Number.isFinite(min) && { minimum: min }),
      ...(Number.isFinite(max) && { maximum: max }),
      ...(fallback !== undefined && { default: fallback }),
    },
    read: readInteger,
    rules: [rule('isSafeInteger', 'not Integer', Number.isSafeInteger)],
    fallback,
    settle: (name, value) => {
      if (value < min || value > max) throw new DomainError('value-out-of-range', { params: { parameter: name } });
      return value;
    },
  });
}

/**
 * `true` or `false`, and nothing that merely looks like it. Parameters of this type switch protection on and off
 * (`mfa`), and languages differ on whether "false", "0" and "" are true, so a call that leaves room for a guess is told.
 */
export function BooleanParam(options: ParameterOptions & DefaultOption<boolean>): ParameterDecorator<boolean> {
  const { default: fallback } = options;
  return declareParameter<boolean>(options, {
    schema: { type: 'boolean', ...(fallback !== undefined && { default: fallback }) },
    read: (value) => value,
    rules: [IsBoolean({ message: 'not Boolean' })],
    fallback,
  });
}

/** Bytes in Base64 (RFC 4648 section 4, padded). The method gets them decoded. */
export function Base64Param(options: ParameterOptions): ParameterDecorator<Uint8Array> {
  return declareParameter<Uint8Array>(options, {
    schema: { type: 'string', format: 'byte' },
    read: (value) => (typeof value === 'string' && BASE64.test(value) ? Buffer.from(value, 'base64') : value),
    rules: [rule('isBytes', 'not Base64', (value) => value instanceof Uint8Array)],
  });
}

function readInteger(value: JsonValue): unknown {
  const number = typeof value === 'string' && DECIMAL.test(value) ? Number(value) : value;
  return number === 0 ? 0 : number;
}
