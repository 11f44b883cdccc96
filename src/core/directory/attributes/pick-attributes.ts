import type { AttributeValues } from '../capabilities/attribute-values.js';
import { isSecretAttribute } from './secret-attributes.js';

/** The attributes asked for, or all; never secret ones, nor ones without values. */
export function pickAttributes(
  attributes: Iterable<readonly [string, readonly string[]]>,
  names: readonly string[] | undefined,
): AttributeValues {
  const wanted = names && new Set(names.map((name) => name.toLowerCase()));
  const picked = [...attributes].filter(
    ([name, values]) => values.length > 0 && !isSecretAttribute(name) && (!wanted || wanted.has(name.toLowerCase())),
  );
  return Object.fromEntries(picked);
}
