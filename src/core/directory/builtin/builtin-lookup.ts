import { type CallGroup, CombinedCalls } from '../../database/combined-calls.js';
import type { Database } from '../../database/database.js';
import { type PreparedStatement, preparedStatement } from '../../database/prepared-statements.js';
import { RowParameters } from '../../database/row-parameters.js';
import { ACCOUNT_COLUMNS } from '../account-row.js';
import { IDENTITY_COLUMNS, identityOf, type IdentityRow, type IdentityWithAccount } from './builtin-identity.js';

interface Wanted {
  readonly domainId: string;
  /** The folded login, or the id. */
  readonly name: string;
}

type Found = IdentityWithAccount | undefined;

/** Finds people by one column; those of concurrent requests in one statement, which reads their accounts too. */
export class BuiltinLookup {
  private readonly combined: CombinedCalls<Wanted, Found>;
  private readonly wanted: RowParameters<Wanted>;
  private readonly statement: PreparedStatement;

  constructor(
    private readonly database: Database,
    [column, type]: readonly [column: 'login_key', type: 'text'] | readonly [column: 'id', type: 'uuid'],
  ) {
    this.wanted = new RowParameters<Wanted>([
      ['domain_id', 'uuid', ({ domainId }) => domainId],
      [column, type, ({ name }) => name],
    ]);
    this.statement = preparedStatement(`
      SELECT asked.place, ${IDENTITY_COLUMNS}, ${ACCOUNT_COLUMNS} FROM ${this.wanted.from('asked')}
      JOIN builtin_people p ON p.domain_id = asked.domain_id AND p.${column} = asked.${column}
      LEFT JOIN accounts a ON a.domain_id = p.domain_id AND a.directory_key = p.id::text`);
    this.combined = new CombinedCalls<Wanted, Found>(
      {
        together: (groups) => this.together(groups),
        alone: async (wanted) => (await this.read([wanted]))[0],
      },
      { atOnce: 2, most: 128 },
    );
  }

  find(domainId: string, name: string): Promise<Found> {
    return this.combined.run({ domainId, name });
  }

  private async together(groups: readonly CallGroup<Wanted>[]): Promise<Found[][]> {
    return (await this.read(groups.map(([wanted]) => wanted))).map((found) => [found]);
  }

  private async read(wanted: readonly Wanted[]): Promise<Found[]> {
    const found: Found[] = wanted.map(() => undefined);
    const rows = await this.database.prepared<IdentityRow & { place: string }>(
      this.statement,
      this.wanted.values(wanted),
    );
    for (const row of rows) found[Number(row.place) - 1] = identityOf(row);
    return found;
  }
}
