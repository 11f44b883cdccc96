import type { SchemaObject } from '@nestjs/swagger';
import { isStorableText } from '../../core/web/storable-text.js';
import { isJsonObject, type JsonObject, type JsonValue, LongNumber } from '../../core/web/strict-json.js';
import { declareParameter, own, type ParameterDecorator, type ParameterOptions } from './auth-parameter.js';
import { invalid, missing } from './auth-refusal.js';

/** Names an application. Every member that is there must hold (authentication methods, section 2.1). */
export interface ApplicationReference {
  readonly id?: string;
  readonly name?: string;
}

/** Names a person. */
export interface UserReference {
  readonly id?: string;
  /** As sent: a login, `DOM\login` or `login@dom`. */
  readonly loginName?: string;
  readonly domainId?: string;
  readonly domainName?: string;
}

/** Names a token, or those of a kind. */
export interface TokenReference {
  readonly id?: string;
  readonly serial?: string;
  readonly productMethod?: string;
  /** Each must be among the functions of the product. */
  readonly productFunctions?: readonly string[];
}

export interface AssignmentReference {
  readonly id?: string;
}

export interface CategoryReference {
  readonly name?: string;
}

interface ReferenceMember<Reference> {
  /** Key on the wire; one with a dot may be sent in its nested form too. */
  readonly key: string;
  readonly property: keyof Reference & string;
  /** Characters. */
  readonly maxLength: number;
  /** Whether several may be sent. */
  readonly list?: boolean;
  readonly description: string;
}

/** A kind of thing that requests name. */
export interface ReferenceKind<Reference> {
  readonly members: readonly ReferenceMember<Reference>[];
}

const LONGEST_ID = 128;
const LONGEST_NAME = 256;

const id = <Reference extends { readonly id?: string }>(): ReferenceMember<Reference> => ({
  key: 'id',
  property: 'id',
  maxLength: LONGEST_ID,
  description: 'Identifier; opaque.',
});

export const APPLICATION: ReferenceKind<ApplicationReference> = {
  members: [id(), { key: 'name', property: 'name', maxLength: LONGEST_NAME, description: 'Name of the application.' }],
};

export const USER: ReferenceKind<UserReference> = {
  members: [
    id(),
    {
      key: 'loginName',
      property: 'loginName',
      maxLength: LONGEST_NAME,
      description: 'Login, also as `DOM\\login` or `login@dom`; without a domain it is looked for in the whole realm.',
    },
    { key: 'domain.id', property: 'domainId', maxLength: LONGEST_ID, description: 'Identifier of the domain.' },
    { key: 'domain.name', property: 'domainName', maxLength: LONGEST_NAME, description: 'Name of the domain.' },
  ],
};

export const TOKEN: ReferenceKind<TokenReference> = {
  members: [
    id(),
    { key: 'serial', property: 'serial', maxLength: LONGEST_ID, description: 'Serial number.' },
    {
      key: 'product.method',
      property: 'productMethod',
      maxLength: LONGEST_NAME,
      description: 'Method of the product, e.g. `GridGo`.',
    },
    {
      key: 'product.functions',
      property: 'productFunctions',
      maxLength: LONGEST_NAME,
      list: true,
      description: 'A function of the product, e.g. `OOBA`, or several.',
    },
  ],
};

export const ASSIGNMENT: ReferenceKind<AssignmentReference> = { members: [id()] };

export const CATEGORY: ReferenceKind<CategoryReference> = {
  members: [{ key: 'name', property: 'name', maxLength: LONGEST_NAME, description: 'Name, in any case.' }],
};

/** Values of one member. */
const MOST_VALUES = 16;

/**
 * A reference: a small object whose keys select a thing (authentication methods, section 2.1). Dotted keys and their
 * nested form are the same; both with different values are refused with 102. Numbers count as their digits.
 *
 * A reference that selects nothing is as good as absent when it is empty, and refused when it is not: a misspelt key must
 * not make a call mean more people than it says.
 */
export function ReferenceParam<Reference extends object>(
  kind: ReferenceKind<Reference>,
  options: ParameterOptions,
): ParameterDecorator<Reference> {
  const { required = false } = options;
  return declareParameter<Reference>(options, {
    schema: schemaOf(kind),
    accepts: (value) => typeof value === 'object' && value !== null,
    compile: (path) => {
      const readers = kind.members.map((member) => compileMember(member, path));
      return (value) => {
        if (!isJsonObject(value)) throw invalid(path);
        const reference: Record<string, string | readonly string[]> = {};
        let selects = false;
        for (const { property, read } of readers) {
          const selected = read(value);
          if (selected === undefined) continue;
          reference[property] = selected;
          selects = true;
        }
        if (selects) return reference as Reference;
        if (!required && Object.keys(value).length > 0) throw invalid(path);
        return undefined;
      };
    },
  });
}

function compileMember<Reference>(
  { key, property, maxLength, list = false }: ReferenceMember<Reference>,
  path: string,
): { property: string; read: (sent: JsonObject) => string | readonly string[] | undefined } {
  const [first = '', second] = key.split('.');
  const memberPath = `${path}.${key}`;
  const nested = (sent: JsonObject): JsonValue | undefined => {
    if (second === undefined) return undefined;
    const holder = own(sent, first);
    if (holder == null) return undefined;
    if (!isJsonObject(holder)) throw invalid(`${path}.${first}`);
    return own(holder, second);
  };
  const one = (value: JsonValue): string => {
    const read = idText(value);
    if (read === undefined || read.length > maxLength) throw invalid(memberPath);
    if (read === '') throw missing(memberPath);
    return read;
  };
  const values = (value: JsonValue): string | readonly string[] => {
    if (!list) return one(value);
    const sent = Array.isArray(value) ? (value as readonly JsonValue[]) : [value];
    if (sent.length > MOST_VALUES) throw invalid(memberPath);
    return sent.map(one);
  };
  const read = (sent: JsonObject): string | readonly string[] | undefined => {
    const flat = own(sent, key);
    const deep = nested(sent);
    if (flat == null) return deep == null ? undefined : values(deep);
    const value = values(flat);
    if (deep != null && String(values(deep)) !== String(value)) throw invalid(memberPath);
    return value;
  };
  return { property, read };
}

/** A text, or a whole number as its digits; undefined for everything else. */
function idText(value: JsonValue): string | undefined {
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : undefined;
  if (value instanceof LongNumber) return /^-?\d+$/.test(value.source) ? value.source : undefined;
  return isStorableText(value) ? value : undefined;
}

function schemaOf<Reference>({ members }: ReferenceKind<Reference>): SchemaObject {
  const single = (maxLength: number): SchemaObject => ({ type: ['string', 'integer'], maxLength });
  return {
    type: 'object',
    properties: Object.fromEntries(
      members.map(({ key, maxLength, list, description }) => [
        key,
        list
          ? {
              anyOf: [single(maxLength), { type: 'array', maxItems: MOST_VALUES, items: single(maxLength) }],
              description,
            }
          : { ...single(maxLength), description },
      ]),
    ),
  };
}
