import type { Type } from '@nestjs/common';
import type { PlainSecret } from '../../core/crypto/secret-types.js';
import { isStorableText } from '../../core/web/storable-text.js';
import { isJsonObject, type JsonValue } from '../../core/web/strict-json.js';
import {
  compileReader,
  declareParameter,
  type ParameterDecorator,
  type ParameterOptions,
  parametersSchema,
  type ParameterType,
} from './auth-parameter.js';
import { invalid } from './auth-refusal.js';

/** Characters of a text, unless its declaration says otherwise: beyond every name and code. */
const LONGEST_TEXT = 256;
/** Characters of a password: NIST SP 800-63B section 5.1.1.2 asks for 64 at least. */
const LONGEST_SECRET = 1_024;

export interface TextOptions extends ParameterOptions {
  /** Characters. */
  readonly maxLength?: number;
}

/** A text as it was sent, blanks included; see {@link isStorableText} for what is none. */
export function TextParam(options: TextOptions): ParameterDecorator<string> {
  return declareParameter<string>(options, textType(options.maxLength ?? LONGEST_TEXT));
}

/** A password, a passcode, a response: a text that is neither trimmed nor kept. */
export function SecretParam(options: TextOptions): ParameterDecorator<PlainSecret> {
  const type = textType(options.maxLength ?? LONGEST_SECRET) as ParameterType<PlainSecret>;
  return declareParameter<PlainSecret>(options, { ...type, schema: { ...type.schema, writeOnly: true } });
}

/** One of a closed list of words, compared case-sensitively (authentication methods, section 2.4). */
export function WordParam<Word extends string>(
  options: ParameterOptions & { readonly words: readonly Word[] },
): ParameterDecorator<Word> {
  const { words } = options;
  return declareParameter<Word>(
    options,
    simple<Word>({ type: 'string', enum: [...words] }, (value) => words.some((word) => word === value)),
  );
}

/** A whole number; a text of digits is none. */
export function IntegerParam(
  options: ParameterOptions & { readonly min: number; readonly max: number },
): ParameterDecorator<number> {
  const { min, max } = options;
  return declareParameter<number>(
    options,
    simple<number>(
      { type: 'integer', minimum: min, maximum: max },
      (value) => Number.isSafeInteger(value) && (value as number) >= min && (value as number) <= max,
    ),
  );
}

export function BooleanParam(options: ParameterOptions): ParameterDecorator<boolean> {
  return declareParameter<boolean>(
    options,
    simple<boolean>({ type: 'boolean' }, (value) => typeof value === 'boolean'),
  );
}

/** An object whose members are declared like parameters, by the properties of a class. */
export function ObjectParam<Members extends object>(
  type: Type<Members>,
  options: ParameterOptions,
): ParameterDecorator<Members> {
  return declareParameter<Members>(options, {
    schema: parametersSchema(type),
    accepts: (value) => value instanceof type,
    compile: (path) => {
      const read = compileReader(type, `${path}.`);
      return (value) => {
        if (!isJsonObject(value)) throw invalid(path);
        return read(value);
      };
    },
  });
}

/** A list of such objects. */
export function ObjectListParam<Members extends object>(
  type: Type<Members>,
  options: ParameterOptions & { readonly max: number },
): ParameterDecorator<readonly Members[]> {
  const { max } = options;
  return declareParameter<readonly Members[]>(options, {
    schema: { type: 'array', maxItems: max, items: parametersSchema(type) },
    accepts: (value) => Array.isArray(value) && value.length <= max && value.every((member) => member instanceof type),
    compile: (path) => {
      const read = compileReader(type, `${path}.`);
      return (value) => {
        if (!Array.isArray(value) || value.length > max) throw invalid(path);
        return (value as readonly JsonValue[]).map((member) => {
          if (!isJsonObject(member)) throw invalid(path);
          return read(member);
        });
      };
    },
  });
}

/** A type whose wire values are its own: the value itself when the rule accepts it. */
export function simple<Value>(
  schema: ParameterType<Value>['schema'],
  accepts: (value: unknown) => boolean,
): ParameterType<Value> {
  return {
    schema,
    accepts,
    compile: (path) => (value) => {
      if (!accepts(value)) throw invalid(path);
      return value as Value;
    },
  };
}

/** The empty text is as good as absent: most languages' clients send it for what they do not have. */
function textType(maxLength: number): ParameterType<string> {
  const type = simple<string>(
    { type: 'string', maxLength },
    (value) => isStorableText(value) && value.length <= maxLength,
  );
  return {
    ...type,
    compile: (path) => {
      const read = type.compile(path);
      return (value) => (value === '' ? undefined : read(value));
    },
  };
}
