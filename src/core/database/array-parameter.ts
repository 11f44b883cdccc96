/** What an array parameter may hold; objects go in as their text. */
export type ArrayElement = string | number | boolean | Date | null | undefined;

/**
 * An array as PostgreSQL reads it (section "Array Value Input Syntax" of its manual): one parameter for as many rows as
 * there are. Written here because the driver looks at each element several times and at each date by its parts, which
 * costs more than all the rest of a combined statement.
 */
export function arrayParameter(values: readonly ArrayElement[]): string {
  let text = '{';
  for (const [index, value] of values.entries()) {
    if (index > 0) text += ',';
    text += element(value);
  }
  return `${text}}`;
}

function element(value: ArrayElement): string {
  if (value === null || value === undefined) return 'NULL';
  if (typeof value === 'string') return `"${value.replaceAll(/[\\"]/g, '\\$&')}"`;
  return value instanceof Date ? value.toISOString() : String(value);
}
