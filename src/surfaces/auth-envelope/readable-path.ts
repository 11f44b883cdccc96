import { AuthRefusal } from './auth-refusal.js';
import type { AttributeDeclaration, ObjectType } from './object-type.js';

/** Attributes that are never readable, of whatever object (authentication methods, sections 2.2 and 5). */
const SECRETS: ReadonlySet<string> = new Set([
  'password',
  'pin',
  'seed',
  'secret',
  'clientSecret',
  'counter',
  'drift',
  'history',
  'passcodeHistory',
  'activationCode',
  'defaultPath',
  'acHash',
  'otp',
  'certificatePfx',
  'certificateJks',
]);

/** A path through related objects to an attribute that may be read, e.g. `product.name`. */
export interface ReadablePath {
  readonly segments: readonly string[];
  /** Where it ends. */
  readonly attribute: AttributeDeclaration;
  /** Whether the attribute leaves only when it is named, so that nothing else may be learnt or set off by it. */
  readonly onlyNamed: boolean;
}

/**
 * Follows a path as a client sent it.
 *
 * @returns undefined when it leads nowhere
 * @throws AuthRefusal 106 when it names a secret, wherever that would be
 */
export function readablePath(type: ObjectType, path: string): ReadablePath | undefined {
  const segments = path.split('.');
  let at: ObjectType | undefined = type;
  let attribute: AttributeDeclaration | undefined;
  let onlyNamed = false;
  for (const segment of segments) {
    if (isSecret(at, segment)) throw new AuthRefusal(106, { subject: path });
    attribute = at && Object.hasOwn(at.attributes, segment) ? at.attributes[segment] : undefined;
    onlyNamed ||= at?.onlyNamed?.includes(segment) ?? false;
    at = attribute?.kind === 'object' ? attribute.type() : undefined;
  }
  return attribute && { segments, attribute, onlyNamed };
}

/** Attributes that an object type declares are readable, also where the same name is a secret elsewhere. */
function isSecret(type: ObjectType | undefined, name: string): boolean {
  if (type && Object.hasOwn(type.attributes, name)) return false;
  return SECRETS.has(name) || (type?.secrets?.includes(name) ?? false);
}
