import { type CallGroup, CombinedCalls } from '../database/combined-calls.js';
import type { Database } from '../database/database.js';
import { preparedStatement } from '../database/prepared-statements.js';
import { RowParameters } from '../database/row-parameters.js';
import type { Account } from './account.entity.js';
import { ACCOUNT_COLUMNS, accountOf, type AccountRow } from './account-row.js';

/** Whose account is looked for: the directory's own id of a person. */
interface Key {
  readonly domainId: string;
  readonly directoryKey: string;
}

const KEYS = new RowParameters<Key>([
  ['domain_id', 'uuid', ({ domainId }) => domainId],
  ['directory_key', 'text', ({ directoryKey }) => directoryKey],
]);

const LOOK_UP = preparedStatement(`
  SELECT asked.place, ${ACCOUNT_COLUMNS} FROM ${KEYS.from('asked')}
  JOIN accounts a ON a.domain_id = asked.domain_id AND a.directory_key = asked.directory_key`);

/** Finds accounts by the people they are for; those of concurrent requests in one statement. */
export class AccountLookup {
  private readonly combined: CombinedCalls<Key, Account | undefined>;

  constructor(private readonly database: Database) {
    this.combined = new CombinedCalls<Key, Account | undefined>(
      {
        together: (groups) => this.together(groups),
        alone: async (key) => (await this.read([key]))[0],
      },
      { atOnce: 2, most: 128 },
    );
  }

  find(domainId: string, directoryKey: string): Promise<Account | undefined> {
    return this.combined.run({ domainId, directoryKey });
  }

  private async together(groups: readonly CallGroup<Key>[]): Promise<(Account | undefined)[][]> {
    return (await this.read(groups.map(([key]) => key))).map((account) => [account]);
  }

  private async read(keys: readonly Key[]): Promise<(Account | undefined)[]> {
    const found: (Account | undefined)[] = keys.map(() => undefined);
    const rows = await this.database.prepared<AccountRow & { place: string }>(LOOK_UP, KEYS.values(keys));
    for (const row of rows) found[Number(row.place) - 1] = accountOf(row);
    return found;
  }
}
