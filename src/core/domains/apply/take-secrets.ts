import { plainSecret, type PlainSecret } from '../../crypto/secret-types.js';

export interface Parted {
  /** The specification as JSON, without its secrets. */
  readonly spec: Record<string, unknown>;
  /** The secrets by their path, e.g. `headers.Authorization` or `tokens[0].secret`. */
  readonly secrets: Record<string, PlainSecret>;
}

/** Parts a specification from its secrets: texts whose path `isSecret` says so. */
export function takeSecrets(declaration: object, isSecret: (path: string) => boolean): Parted {
  const secrets: Record<string, PlainSecret> = {};
  const part = (value: unknown, path: string): unknown => {
    if (typeof value === 'string' && isSecret(path)) {
      secrets[path] = plainSecret(value);
      return undefined;
    }
    if (Array.isArray(value)) return value.map((item, index) => part(item, `${path}[${index}]`));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .map(([key, member]) => [key, part(member, path ? `${path}.${key}` : key)] as const)
        .filter(([, member]) => member !== undefined),
    );
  };
  return { spec: part(declaration, '') as Record<string, unknown>, secrets };
}
