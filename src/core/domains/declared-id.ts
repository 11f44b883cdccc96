import { createHash } from 'node:crypto';
import type { DeclaredKind } from './declared-object.entity.js';
import { foldName } from './fold-name.js';

/**
 * The identifier on the wire of a declared thing whose declaration gives none: 32 hexadecimal digits, the same in every
 * process and after every restart, for as long as it keeps its name.
 *
 * @param parts name, and the names of what is inside of it, e.g. of a step
 */
export function declaredId(kind: DeclaredKind, ...parts: readonly string[]): string {
  const named = [kind, ...parts.map(foldName)].join('\0');
  return createHash('sha256').update(named).digest('hex').slice(0, 32);
}
