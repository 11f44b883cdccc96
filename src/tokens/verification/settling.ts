import { type CallGroup, CombinedCalls } from '../../core/database/combined-calls.js';
import { type Database, rows } from '../../core/database/database.js';
import type { AttemptSuccess } from './attempt-shapes.js';
import { SETTLE } from './attempt-statements.js';
import { COMBINED } from './combined-size.js';
import { SETTLE_TOGETHER, SETTLED_ROWS } from './settling-statement.js';

/**
 * Writes down attempts that were right; those of concurrent requests in one statement, committed by itself. One token is
 * in a statement once, so that of many attempts with one passcode the first wins and the others find it used.
 */
export class Settling {
  private readonly combined: CombinedCalls<AttemptSuccess, boolean>;

  constructor(private readonly database: Database) {
    this.combined = new CombinedCalls<AttemptSuccess, boolean>(
      {
        keyOf: ({ token }) => token.tokenId,
        together: (groups) => this.together(groups),
        alone: (success) => this.alone(success),
      },
      COMBINED,
    );
  }

  /** @returns whether the attempt counts as right: false when another one with the same passcode was first */
  settle(success: AttemptSuccess): Promise<boolean> {
    const plain = success.challengeId === undefined && success.lookUp === undefined;
    return plain ? this.combined.run(success) : this.alone(success);
  }

  private async together(groups: readonly CallGroup<AttemptSuccess>[]): Promise<(boolean[] | undefined)[]> {
    // In the order of the accounts, whose counters are written last and might be those of others too.
    const order = groups
      .map(([success], index) => ({ success, index }))
      .toSorted((one, other) => (one.success.start.accountId < other.success.start.accountId ? -1 : 1));
    const parameters = SETTLED_ROWS.values(order.map(({ success }) => success));
    const outcomes: (boolean[] | undefined)[] = groups.map(() => undefined);
    for (const { place, won } of await this.database.prepared<{ place: string; won: boolean }>(
      SETTLE_TOGETHER,
      parameters,
    )) {
      const settled = order[Number(place) - 1];
      if (settled) outcomes[settled.index] = [won];
    }
    return outcomes;
  }

  private async alone({ start, token, advance, ...success }: AttemptSuccess): Promise<boolean> {
    const [outcome] = await rows<{ won: boolean }>(this.database.manager, SETTLE, [
      start.accountId,
      start.authenticator,
      start.now,
      token.tokenId,
      token.assignmentId,
      advance.counter ?? null,
      advance.drift ?? null,
      success.lookUp ?? null,
      success.passcode ?? null,
      success.history,
      success.challengeId ?? null,
      ...success.audit,
    ]);
    return outcome?.won === true;
  }
}
