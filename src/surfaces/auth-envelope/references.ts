import type { SchemaObject } from '@nestjs/swagger';
import { isJsonObject } from '../../core/web/strict-json.js';
import { declareParameter, type ParameterDecorator, type ParameterOptions } from './auth-parameter.js';
import { invalid } from './auth-refusal.js';
import { compileMember, memberSchema, type ReferenceMember } from './reference-member.js';

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

function schemaOf<Reference>({ members }: ReferenceKind<Reference>): SchemaObject {
  return {
    type: 'object',
    properties: Object.fromEntries(members.map((member) => [member.key, memberSchema(member)])),
  };
}
