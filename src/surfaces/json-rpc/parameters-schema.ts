import type { SchemaObject } from '@nestjs/swagger';
import { parametersOf } from './rpc-parameter.js';

/** The schema of an object whose members are the parameters of a class. */
export function parametersSchema(type: Function): SchemaObject & { readonly required?: string[] } {
  const parameters = parametersOf(type);
  const required = parameters.filter((parameter) => parameter.required).map(({ name }) => name);
  return {
    type: 'object',
    ...(required.length > 0 && { required }),
    properties: Object.fromEntries(parameters.map(({ name, schema }) => [name, schema])),
  };
}
