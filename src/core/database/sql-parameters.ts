/** The parameters of a statement that is put together from parts, each numbered where it is used. */
export class SqlParameters {
  readonly values: unknown[] = [];

  /** Where `value` stands in the statement, e.g. `$3`. */
  add(value: unknown): string {
    return `$${this.values.push(value)}`;
  }

  /** {@link add} for each value, separated by commas. */
  list(values: readonly unknown[]): string {
    return values.map((value) => this.add(value)).join(', ');
  }
}
