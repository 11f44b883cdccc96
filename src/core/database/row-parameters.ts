/** What a column of rows may hold; objects go in as their text. */
export type RowValue = string | number | boolean | Date | null | undefined;

/** A column of rows that a statement is given: its name, its type in PostgreSQL and where its values come from. */
export type RowColumn<Row> = readonly [name: string, type: string, value: (row: Row) => RowValue];

/**
 * Rows given to a statement as parameters, one array for each column, so that one statement serves any number of them.
 */
export class RowParameters<Row> {
  constructor(private readonly columns: readonly RowColumn<Row>[]) {}

  /**
   * The rows as an item of FROM, with their ordinal from 1 as `place`; their arrays are the first parameters.
   *
   * Each array is read through a SELECT of its own, which hides its length from the planner: a plan for all lengths is
   * then as good as one for this length, and PostgreSQL keeps it, instead of planning again each time few rows come.
   */
  from(alias: string): string {
    const arrays = this.columns.map(([, type], index) => `(SELECT $${index + 1}::${type}[])`);
    const names = this.columns.map(([name]) => name);
    return `unnest(${arrays.join(', ')}) WITH ORDINALITY AS ${alias} (${names.join(', ')}, place)`;
  }

  values(rows: readonly Row[]): string[] {
    return this.columns.map(([, , value]) => arrayText(rows, value));
  }
}

/**
 * An array as PostgreSQL reads it ("Array Input and Output Syntax" in its manual). Written here because the driver looks
 * at each element several times and at each date by its parts, which costs more than the rest of a combined statement.
 */
function arrayText<Row>(rows: readonly Row[], value: (row: Row) => RowValue): string {
  let text = '';
  for (const row of rows) text += `${text === '' ? '{' : ','}${element(value(row))}`;
  return text === '' ? '{}' : `${text}}`;
}

function element(value: RowValue): string {
  if (value === null || value === undefined) return 'NULL';
  if (typeof value === 'string') return quoted(value);
  return value instanceof Date ? value.toISOString() : String(value);
}

/** Almost no text needs more than quotes. */
function quoted(text: string): string {
  const plain = !text.includes('"') && !text.includes('\\');
  return `"${plain ? text : text.replaceAll(/[\\"]/g, '\\$&')}"`;
}
