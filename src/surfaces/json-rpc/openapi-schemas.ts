import type { ReferenceObject, SchemaObject } from '@nestjs/swagger';
import { parametersSchema } from './parameters-schema.js';
import { RPC_MESSAGES } from './rpc-error.js';
import type { RpcMethodDeclaration } from './rpc-method.js';

const VERSION: SchemaObject = { type: 'string', enum: ['2.0'] };
const ID: SchemaObject = { type: ['string', 'number', 'null'], description: 'Comes back unchanged; 0 is an id.' };

const CODES = Object.keys(RPC_MESSAGES)
  .map(Number)
  .toSorted((a, b) => a - b);

/** An answer with an error (manager-json-rpc section 3). */
export const failureSchema: SchemaObject = {
  type: 'object',
  required: ['jsonrpc', 'error', 'id'],
  properties: {
    jsonrpc: VERSION,
    error: {
      type: 'object',
      required: ['code', 'message', 'data'],
      properties: {
        code: { type: 'integer', enum: CODES },
        message: { type: 'string', enum: Object.values(RPC_MESSAGES) },
        data: { type: ['string', 'null'], description: 'The reason in words.' },
      },
    },
    id: ID,
  },
};

/** The schemas of one method: its parameters, its request, its answer. */
export function schemasOf(method: RpcMethodDeclaration<object>): Record<string, SchemaObject> {
  const params = parametersSchema(method.params);
  return {
    [`${method.name}.Params`]: params,
    [`${method.name}.Request`]: {
      type: 'object',
      description: [method.summary, method.description].filter(Boolean).join('\n\n'),
      required: ['jsonrpc', 'method', ...(params.required ? ['params'] : [])],
      properties: {
        jsonrpc: VERSION,
        method: { type: 'string', enum: [method.name] },
        params: reference(`${method.name}.Params`),
        id: { ...ID, description: 'Without it the call is a notification: it is run and not answered.' },
      },
    },
    [`${method.name}.Response`]: {
      type: 'object',
      required: ['jsonrpc', 'result', 'id'],
      properties: {
        jsonrpc: VERSION,
        result: {
          anyOf: [
            method.result,
            { type: 'boolean', enum: [false], description: 'The call was well made and could not be carried out.' },
          ],
        },
        id: ID,
      },
    },
  };
}

export function reference(schema: string): ReferenceObject {
  return { $ref: `#/components/schemas/${schema}` };
}
