import type { SchemaObject } from '@nestjs/swagger';

/** Schemas of results that several methods share. */
export const BOOLEAN_RESULT: SchemaObject = { type: 'boolean' };
export const TEXT_RESULT: SchemaObject = { type: 'string' };
export const TEXTS_RESULT: SchemaObject = { type: 'array', items: TEXT_RESULT };

/** Lists of texts by name, e.g. the attributes of an object of the directory. */
export const TEXTS_BY_NAME_RESULT: SchemaObject = { type: 'object', additionalProperties: TEXTS_RESULT };
