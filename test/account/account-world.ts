import { Database } from '../../src/core/database/database.js';
import type { OneTimeRequest } from '../../src/core/requests/one-time-request.entity.js';
import { OneTimeRequests } from '../../src/core/requests/one-time-requests.js';
import type { RequestPurpose } from '../../src/core/requests/request-purpose.js';
import { Accounts } from '../../src/core/directory/accounts.js';
import type { HeldToken } from '../../src/tokens/token-store.js';
import { IamWorld } from '../iam/iam-world.js';
import type { TestAppOptions } from '../support/test-app.js';
import type { TestDatabase } from '../support/test-database.js';
import { TokenFactory } from '../support/token-factory.js';
import { AccountVisitor, type TypedCredentials } from './account-visitor.js';

export const JANE: TypedCredentials = { domain: 'RCDEVSDOCS', login: 'Jane Doe', password: 'correct horse 1' };
export const JOHN: TypedCredentials = { domain: 'RCDEVSDOCS', login: 'john', password: 'correct horse 2' };

/** The whole server with the demo world, and the people who look after their accounts. */
export class AccountWorld {
  readonly tokens: TokenFactory;

  private constructor(readonly iam: IamWorld) {
    const { app } = iam;
    this.tokens = new TokenFactory({ get: app.get.bind(app), database: app.get(Database), clock: app.clock });
  }

  static async start(database: TestDatabase, options: Partial<TestAppOptions> = {}): Promise<AccountWorld> {
    return new AccountWorld(await IamWorld.start(database, options));
  }

  async begin(): Promise<void> {
    await this.iam.begin();
    for (const table of ['token_challenges', 'token_assignments', 'tokens', 'authenticator_counters']) {
      await this.iam.database.database.query(`DELETE FROM ${table}`);
    }
  }

  visitor(url?: string): AccountVisitor {
    return new AccountVisitor(this.iam, url);
  }

  /** Somebody who has no second factor, signed in. */
  async signedIn(credentials = JOHN, url?: string): Promise<AccountVisitor> {
    const visitor = this.visitor(url);
    const { status, location, body } = await visitor.logIn(credentials);
    if (status !== 303 || location !== '/account') throw new Error(`${status} ${String(location)} ${body.slice(-500)}`);
    return visitor;
  }

  /** Somebody whose second factor is {@link totp}, signed in with it. */
  async signedInWithCode(credentials = JOHN): Promise<AccountVisitor> {
    const visitor = this.visitor();
    await visitor.logIn(credentials);
    const { location } = await visitor.showCode(this.tokens.code());
    if (location !== '/account') throw new Error(`second factor: ${String(location)}`);
    return visitor;
  }

  /** Gives somebody a token whose codes `tokens.code()` tells. */
  async totp({ login, domain } = JOHN, fields: { slot?: string; name?: string } = {}): Promise<HeldToken> {
    const { account } = await this.iam.person(login, domain);
    return this.tokens.totp(account, {}, { slot: 'Token1', ...fields });
  }

  /** Makes a link for somebody, as a help desk would. */
  async link(purpose: RequestPurpose, { login, domain } = JOHN): Promise<OneTimeRequest> {
    const found = await this.iam.person(login, domain);
    const { app } = this.iam;
    return this.iam.database.database.transaction(async (tx) => {
      const account = await app.get(Accounts).lock(tx, found.account.id);
      const { request } = await app.get(OneTimeRequests).create(tx, {
        purpose,
        domain: found.domain,
        account,
        login,
        creator: { label: 'RCDEVSDOCS\\helper', accountId: null, address: '192.0.2.7' },
        validSeconds: 3_600,
        deliveryMethod: 'NONE',
        payload: {},
      });
      return request;
    });
  }

  query<T extends object>(sql: string, parameters: unknown[] = []): Promise<T[]> {
    return this.iam.database.database.query<T>(sql, parameters);
  }

  /** What the audit holds of events whose names begin so, the oldest first. */
  async audited(prefix: string): Promise<string[]> {
    const rows = await this.query<{ event: string }>('SELECT event FROM audit_events WHERE event LIKE $1 ORDER BY id', [
      `${prefix}%`,
    ]);
    return rows.map(({ event }) => event);
  }

  async stop(): Promise<void> {
    await this.iam.stop();
  }
}
