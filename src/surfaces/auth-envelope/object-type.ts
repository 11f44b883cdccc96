import type { SchemaObject } from '@nestjs/swagger';

/** An attribute of an object type, for `return` and for the API document. */
export type AttributeDeclaration =
  | { readonly kind: 'value'; readonly schema: SchemaObject }
  | { readonly kind: 'object' | 'collection'; readonly type: () => ObjectType; readonly description: string };

/** An entity of the object model (authentication methods, section 5), as far as methods answer it. */
export interface ObjectType {
  /** As in the object model, e.g. `tokenAssignment`. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, AttributeDeclaration>>;
  /** Attributes that are never readable, besides those that are so everywhere: naming one is refused with 106. */
  readonly secrets?: readonly string[];
  /** Attributes that leave only when they are named: `*` is not enough. */
  readonly onlyNamed?: readonly string[];
  /** What another object shows of it when `return` names only the relation; `id` unless said otherwise. */
  readonly brief?: readonly string[];
}

const value = (schema: SchemaObject): AttributeDeclaration => ({ kind: 'value', schema });

export const text = (description: string): AttributeDeclaration => value({ type: 'string', description });

export const nullableText = (description: string): AttributeDeclaration =>
  value({ type: ['string', 'null'], description });

/** One of a closed list of words, in upper case. */
export const word = (words: readonly string[], description: string): AttributeDeclaration =>
  value({ type: 'string', enum: [...words], description });

export const flag = (description: string): AttributeDeclaration => value({ type: 'boolean', description });

export const count = (description: string): AttributeDeclaration => value({ type: 'integer', description });

export const date = (description: string): AttributeDeclaration =>
  value({ type: 'string', format: 'date-time', description });

export const nullableDate = (description: string): AttributeDeclaration =>
  value({ type: ['string', 'null'], format: 'date-time', description });

export const texts = (description: string): AttributeDeclaration =>
  value({ type: 'array', items: { type: 'string' }, description });

/** Free keys with texts. */
export const textMap = (description: string): AttributeDeclaration =>
  value({ type: 'object', additionalProperties: { type: 'string' }, description });

/** A related object, or null. */
export const related = (type: () => ObjectType, description: string): AttributeDeclaration => ({
  kind: 'object',
  type,
  description,
});

/** Related objects. */
export const collection = (type: () => ObjectType, description: string): AttributeDeclaration => ({
  kind: 'collection',
  type,
  description,
});
