import { type CallGroup, CombinedCalls, type CombinationSize } from './combined-calls.js';
import type { Database } from './database.js';
import { type PreparedStatement, preparedStatement } from './prepared-statements.js';
import { type RowColumn, RowParameters } from './row-parameters.js';

/** One statement that answers any number of calls, each with rows of its own. */
export interface CombinedStatement<Call, Row, Outcome> {
  /** What a call gives the statement. */
  readonly columns: readonly RowColumn<Call>[];
  /** The statement; `from` is an item of FROM with the calls, `asked`. Each row repeats `asked.place` as `place`. */
  sql(from: string): string;
  /** What the rows of a call mean. */
  outcome(rows: readonly Row[], call: Call): Outcome;
  /** As `Combination.keyOf`: what the call writes. Absent for what only reads. */
  readonly keyOf?: (call: Call) => string;
  /** For calls that got no row: somebody else may hold it, and only a statement that waits can tell. */
  readonly alone?: (call: Call) => Promise<Outcome>;
}

type Placed<Row> = Row & { readonly place: string };

/** Calls of concurrent requests, answered by one prepared statement for all that come at the same moment. */
export class CombinedRows<Call, Row, Outcome> {
  private readonly combined: CombinedCalls<Call, Outcome>;
  private readonly parameters: RowParameters<Call>;
  private readonly statement: PreparedStatement;

  constructor(
    private readonly database: Database,
    private readonly shape: CombinedStatement<Call, Row, Outcome>,
    size: CombinationSize = { atOnce: 2, most: 128 },
  ) {
    this.parameters = new RowParameters(shape.columns);
    this.statement = preparedStatement(shape.sql(this.parameters.from('asked')));
    this.combined = new CombinedCalls<Call, Outcome>(
      {
        ...(shape.keyOf && { keyOf: shape.keyOf }),
        together: (groups) => this.together(groups),
        alone: (call) => this.alone(call),
      },
      size,
    );
  }

  /** The outcome of a call, as of a moment after it was made. @throws DomainError `database-unavailable` */
  run(call: Call): Promise<Outcome> {
    return this.combined.run(call);
  }

  private async together(groups: readonly CallGroup<Call>[]): Promise<(readonly Outcome[] | undefined)[]> {
    const calls = groups.map(([call]) => call);
    const rows = await this.read(calls);
    return calls.map((call, index) => {
      const own = rows[index] ?? [];
      return own.length === 0 && this.shape.alone ? undefined : [this.shape.outcome(own, call)];
    });
  }

  private async alone(call: Call): Promise<Outcome> {
    if (this.shape.alone) return this.shape.alone(call);
    const [own = []] = await this.read([call]);
    return this.shape.outcome(own, call);
  }

  private async read(calls: readonly Call[]): Promise<Row[][]> {
    const found = calls.map((): Row[] => []);
    const rows = await this.database.prepared<Placed<Row>>(this.statement, this.parameters.values(calls));
    for (const row of rows) found[Number(row.place) - 1]?.push(row);
    return found;
  }
}
