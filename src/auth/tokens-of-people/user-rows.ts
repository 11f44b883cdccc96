import { Injectable } from '@nestjs/common';
import { Database, rows } from '../../core/database/database.js';
import type { FoundPerson } from '../../core/directory/people.js';
import type { ConfigurationSnapshot } from '../../core/domains/configuration-snapshot.js';
import { Clock } from '../../core/time/clock.js';
import type { WireObject } from '../../surfaces/auth-envelope/auth-result.js';
import { AccountBlocks } from '../../tokens/blocking/account-blocks.js';
import { tokenRules } from '../../tokens/token-rules.js';
import { domainObject } from '../catalog/wire-objects.js';
import { PersonTokens } from './person-tokens.js';
import type { UserStatus } from './token-objects.js';
import { assignmentRow, type RowContext, tokenRow } from './token-rows.js';

/** People as the object `user` of section 5. What needs a look somewhere is looked up when it is asked for. */
@Injectable()
export class UserRows {
  constructor(
    private readonly tokens: PersonTokens,
    private readonly blocks: AccountBlocks,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** What rows about somebody's tokens are made with. */
  context(snapshot: ConfigurationSnapshot, found: FoundPerson): RowContext {
    const context: RowContext = { snapshot, user: () => this.user(context, found) };
    return context;
  }

  private user(context: RowContext, found: FoundPerson): WireObject {
    const { account, person, domain, directory } = found;
    const held = () => this.tokens.list(context.snapshot, found);
    return {
      id: account.id,
      loginName: person.login,
      firstName: person.firstName ?? null,
      lastName: person.lastName ?? null,
      email: person.mail ?? null,
      mobile: person.mobile ?? null,
      userLocale: person.language ?? null,
      status: () => this.status(found),
      domain: domainObject(domain),
      groups: async () => ((await directory.groups?.of(person)) ?? []).map(({ key, name }) => ({ id: key, name })),
      tokens: async () => (await held()).map((one) => tokenRow(context, one)),
      tokenAssignments: async () => (await held()).map((one) => assignmentRow(context, one)),
      lastLogin: account.lastLogonAt,
      failCount: () => this.failures(context.snapshot, found),
      mustChangePassword: person.mustChangePassword,
      lastChangePassword: person.passwordChangedAt ?? null,
    };
  }

  private async status(found: FoundPerson): Promise<UserStatus> {
    const { account, person } = found;
    if (account.state !== 'active') return 'INACTIVE';
    if (person.disabled || person.expired) return 'DISABLED';
    const { blocked } = await this.blocks.state(this.database.manager, found);
    return person.locked || blocked ? 'LOCKED' : 'ACTIVE';
  }

  /** Those of a lock that is over are forgotten with the next attempt (section 6.4), and count no more. */
  private async failures(snapshot: ConfigurationSnapshot, { account, domain }: FoundPerson): Promise<number> {
    const { maxFailures, lockSeconds } = tokenRules(snapshot, domain.id);
    const [row] = await rows<{ failures: number }>(
      this.database.manager,
      `SELECT COALESCE(sum(failures), 0)::int AS failures FROM authenticator_counters
       WHERE account_id = $1 AND (failures < $2 OR $3::timestamptz IS NULL OR last_failed_at > $3)`,
      [account.id, maxFailures, lockSeconds === undefined ? null : this.clock.in(-lockSeconds)],
    );
    return row?.failures ?? 0;
  }
}
