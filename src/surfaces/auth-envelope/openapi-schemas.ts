import type { ReferenceObject, SchemaObject } from '@nestjs/swagger';
import { AUTH_CODES, type AuthCode, COMMON_CODES } from './auth-codes.js';
import type { AuthMethodDeclaration } from './auth-method.js';
import { parametersSchema } from './auth-parameter.js';
import type { AttributeDeclaration, ObjectType } from './object-type.js';
import { OPERATORS } from './list-operators.js';

type Method = AuthMethodDeclaration<object>;
type Schema = SchemaObject | ReferenceObject;

export function reference(schema: string): ReferenceObject {
  return { $ref: `#/components/schemas/${schema}` };
}

/** An answer that says no, whatever the method. */
export const failureSchema: SchemaObject = failure(Object.keys(AUTH_CODES).map(Number), 'Any refusal.');

/** An item of `return`; a relation's own items are of the same kind. */
export const returnItemSchema: SchemaObject = {
  description: 'Name of an attribute, `*`, a dotted path, or a relation with items of its own.',
  anyOf: [
    { type: 'string' },
    { type: 'object', additionalProperties: { type: 'array', items: reference('AuthReturnItem') } },
  ],
};

/** The schemas of one method: its request, and its answers. */
export function schemasOf(method: Method): Record<string, Schema> {
  return {
    [nameOf(method, 'Request')]: requestSchema(method),
    [nameOf(method, 'Success')]: {
      type: 'object',
      required: ['error'],
      properties: { error: { type: 'integer', enum: [0] }, ...resultOf(method) },
    },
    [nameOf(method, 'Failure')]: failure(
      [...new Set<AuthCode>([...COMMON_CODES, ...method.codes])].toSorted((a, b) => a - b),
      'A refusal; `error` says why.',
    ),
    [nameOf(method, 'Response')]: {
      oneOf: [reference(nameOf(method, 'Success')), reference(nameOf(method, 'Failure'))],
    },
  };
}

export function nameOf({ name }: Method, what: 'Request' | 'Response' | 'Success' | 'Failure'): string {
  return `auth.${name}.${what}`;
}

/**
 * The schemas of the objects that methods answer, and of those that they lead to.
 *
 * @throws Error when two object types have one name
 */
export function objectSchemas(methods: readonly Method[]): Record<string, SchemaObject> {
  const types = new Map<string, ObjectType>();
  const open = methods.flatMap(({ returns }) => (returns ? [returns.type] : []));
  for (let type = open.shift(); type; type = open.shift()) {
    const there = types.get(type.name);
    if (there === type) continue;
    if (there) throw new Error(`object type ${type.name} is declared twice`);
    types.set(type.name, type);
    for (const attribute of Object.values(type.attributes)) {
      if (attribute.kind !== 'value') open.push(attribute.type());
    }
  }
  return Object.fromEntries([...types.values()].map((type) => [objectName(type), objectSchema(type)]));
}

function requestSchema({ parameters, returns, result, summary, description }: Method): SchemaObject {
  const own = parametersSchema(parameters);
  return {
    ...own,
    description: [summary, description].filter(Boolean).join('\n\n'),
    properties: {
      ...own.properties,
      ...(result === 'list' && LIST_PARAMETERS),
      ...(returns && {
        return: {
          type: 'array',
          maxItems: 64,
          items: reference('AuthReturnItem'),
          description: `What to tell. Without it: ${JSON.stringify(returns.defaults)}.`,
        },
      }),
      remoteIp: { type: 'string', description: 'Address of the end user, as the agent saw it.' },
    },
  };
}

/** Defaults are told in words: client generators make a member with a default one that must be sent. */
const LIST_PARAMETERS: Record<string, SchemaObject> = {
  match: {
    type: 'array',
    maxItems: 16,
    items: { type: 'array', minItems: 3, maxItems: 3, items: {} },
    description: `Conditions that must all hold: attribute, operator (${Object.keys(OPERATORS).join(' ')}), value.`,
  },
  sort: { type: 'string', description: 'Attribute to order by.' },
  order: { type: 'string', enum: ['asc', 'desc'], description: '`asc` when absent.' },
  max: { type: 'integer', minimum: 1, maximum: 1_000, description: 'Rows to answer; 100 when absent.' },
  offset: { type: 'integer', minimum: 0, maximum: 1_000_000, description: 'Rows to leave out first; 0 when absent.' },
};

function resultOf({ result, returns }: Method): Record<string, Schema> {
  if (result === 'none' || !returns) return {};
  const row = reference(objectName(returns.type));
  if (result === 'object') return { result: row };
  return {
    result: {
      type: 'object',
      required: ['total', 'rows'],
      properties: {
        total: { type: 'integer', minimum: 0, description: 'All that match, before the page is cut out.' },
        rows: { type: 'array', items: row },
      },
    },
  };
}

function failure(codes: readonly number[], description: string): SchemaObject {
  return {
    type: 'object',
    description,
    required: ['error', 'message', 'severity'],
    properties: {
      error: { type: 'integer', enum: [...codes] },
      message: { type: 'string', description: 'English text, which may change; clients branch on `error`.' },
      severity: { type: 'string', enum: ['ERROR', 'WARNING', 'FATAL'] },
    },
  };
}

function objectName({ name }: ObjectType): string {
  return `auth.object.${name}`;
}

/** Nothing is required: an answer has what `return` asks for, dotted paths as keys of their own included. */
function objectSchema({ attributes }: ObjectType): SchemaObject {
  return {
    type: 'object',
    properties: Object.fromEntries(
      Object.entries(attributes).map(([name, attribute]) => [name, attributeSchema(attribute)]),
    ),
  };
}

function attributeSchema(attribute: AttributeDeclaration): SchemaObject {
  if (attribute.kind === 'value') return attribute.schema;
  const { description } = attribute;
  const row = reference(objectName(attribute.type()));
  if (attribute.kind === 'object') return { description, anyOf: [row, { type: 'null' }] };
  const rows: SchemaObject = { type: 'array', items: row };
  return {
    description,
    anyOf: [rows, { type: 'object', required: ['elements'], properties: { elements: rows } }],
  };
}
