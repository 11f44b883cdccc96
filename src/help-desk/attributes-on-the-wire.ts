import type { AttributeValues } from '../core/directory/capabilities/attribute-values.js';

/** Attributes with their names in lower case, as clients of the Manager interface look them up. */
export function attributesOnTheWire(attributes: AttributeValues): Record<string, readonly string[]> {
  return Object.fromEntries(Object.entries(attributes).map(([name, values]) => [name.toLowerCase(), values]));
}
