import { IsBoolean, IsString, MaxLength, ValidateBy } from 'class-validator';
import type { JsonValue } from '../../core/web/strict-json.js';
import { declareParameter, type ParameterDecorator, type ParameterOptions } from './rpc-parameter.js';

/** Characters of a text, unless its declaration says otherwise: far beyond every name and comment. */
const LONGEST_TEXT = 10_000;

const DECIMAL = /^-?(?:0|[1-9][0-9]*)$/;
/** RFC 4648 section 4, with padding. */
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

export interface StringOptions extends ParameterOptions {
  /** Characters. A longer text is answered `Parameter <name> too long`. */
  readonly maxLength?: number;
}

/**
 * A text. NUL and lone surrogates make it none: no database and no directory stores them, so they are refused here and
 * never become a fault further in (attack class 63).
 */
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

/**
 * A whole number. Decimal digits in a string count too, since some clients stringify numbers; a fraction of zero (`72.0`)
 * is none. Numbers beyond 2^53 - 1 are not taken, because they would be changed on the way.
 */
export function IntegerParam(options: ParameterOptions): ParameterDecorator<number> {
  return declareParameter<number>(options, {
    schema: { type: 'integer' },
    read: readInteger,
    rules: [rule('isSafeInteger', 'not Integer', Number.isSafeInteger)],
  });
}

/**
 * `true` or `false`, and nothing that merely looks like it. Parameters of this type switch protection on and off
 * (`mfa`), and languages differ on whether "false", "0" and "" are true, so a call that leaves room for a guess is told.
 */
export function BooleanParam(options: ParameterOptions): ParameterDecorator<boolean> {
  return declareParameter<boolean>(options, {
    schema: { type: 'boolean' },
    read: (value) => value,
    rules: [IsBoolean({ message: 'not Boolean' })],
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

function rule(name: string, message: string, validate: (value: unknown) => boolean): PropertyDecorator {
  return ValidateBy({ name, validator: { validate } }, { message });
}

function readInteger(value: JsonValue): unknown {
  const number = typeof value === 'string' && DECIMAL.test(value) ? Number(value) : value;
  return number === 0 ? 0 : number;
}

function isStorableText(value: unknown): boolean {
  return typeof value === 'string' && value.isWellFormed() && !value.includes('\0');
}
