import type { Type } from '@nestjs/common';
import type { SchemaObject } from '@nestjs/swagger';
import { ArrayMaxSize } from 'class-validator';
import { isJsonObject, type JsonValue } from '../../core/web/strict-json.js';
import { rule } from './parameter-rules.js';
import { parametersSchema } from './parameters-schema.js';
import { MemberFault, readParameters } from './read-parameters.js';
import { RpcError } from './rpc-error.js';
import { declareParameter, type ParameterDecorator, type ParameterOptions } from './rpc-parameter.js';

/** An object whose members are declared like parameters, by the properties of a class. */
export function ObjectParam<Members extends object>(
  type: Type<Members>,
  options: ParameterOptions,
): ParameterDecorator<Members> {
  return declareParameter<Members>(options, {
    schema: parametersSchema(type),
    read: (value) => membersOf(type, value),
    rules: [rule('isInstance', 'not Object', (value) => value instanceof type)],
  });
}

/** A list of such objects. */
export function ObjectListParam<Members extends object>(
  type: Type<Members>,
  options: ParameterOptions & { readonly max: number },
): ParameterDecorator<readonly Members[]> {
  const { max } = options;
  const items: SchemaObject = parametersSchema(type);
  return declareParameter<readonly Members[]>(options, {
    schema: { type: 'array', maxItems: max, items },
    read: (value) => {
      if (!Array.isArray(value)) return value;
      const read = (value as readonly JsonValue[]).slice(0, max + 1).map((member) => membersOf(type, member));
      return read.find((member) => member instanceof MemberFault) ?? read;
    },
    rules: [
      rule(
        'areInstances',
        'not Array of Object',
        (value) => Array.isArray(value) && value.every((member) => member instanceof type),
      ),
      ArrayMaxSize(max, { message: 'too long' }),
    ],
  });
}

function membersOf<Members extends object>(type: Type<Members>, value: JsonValue): Members | MemberFault | JsonValue {
  if (!isJsonObject(value)) return value;
  try {
    return readParameters(type, value);
  } catch (error) {
    if (error instanceof RpcError && error.data !== null) return new MemberFault(error.data);
    throw error;
  }
}
