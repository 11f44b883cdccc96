import { Injectable } from '@nestjs/common';
import { Audit } from '../../core/audit/audit.js';
import { Database, type Tx } from '../../core/database/database.js';
import type { Account } from '../../core/directory/account.entity.js';
import { Accounts } from '../../core/directory/accounts.js';
import { Configuration } from '../../core/domains/configuration.js';
import type { Client } from '../../core/web/clients.js';
import { AccessTokens } from './access-tokens.js';
import type { Consumer } from './consumers.js';
import type { IssuedToken } from './issued-token.js';
import type { TokenOrigin } from './oauth-access-token.entity.js';
import { tokenLifetime } from './oauth-settings.js';

/** Whom a token is given for, and who asked for it. */
export interface TokenTerms {
  readonly consumer: Consumer;
  /** As it was when the person, or who may act for them, proved who they are. */
  readonly holder: Pick<Account, 'id' | 'credentialGeneration'>;
  readonly origin: TokenOrigin;
  /** Of the audit row. */
  readonly actor: string;
  readonly client: Client;
  /** Seconds; never longer than `token_lifetime`, which counts when absent. */
  readonly lifetime?: number;
}

/** Gives access tokens out, and writes down that it did. */
@Injectable()
export class TokenIssue {
  constructor(
    private readonly tokens: AccessTokens,
    private readonly accounts: Accounts,
    private readonly configuration: Configuration,
    private readonly audit: Audit,
    private readonly database: Database,
  ) {}

  /**
   * @param first what stands or falls with it, e.g. the end of the request token; false gives none
   * @returns undefined when the password was changed or the account closed since, or `first` said so; nothing has
   *   happened then
   */
  async issue(
    terms: TokenTerms,
    first: (tx: Tx) => Promise<boolean> = () => Promise.resolve(true),
  ): Promise<IssuedToken | undefined> {
    const { consumer, holder, origin } = terms;
    const longest = (await this.configuration.snapshot()).setting(tokenLifetime);
    const asked = terms.lifetime ?? longest;
    const lifetime = longest === 0 ? asked : Math.min(asked, longest);
    return this.database.transaction(async (tx) => {
      const account = await this.accounts.lock(tx, holder.id);
      const same = account.credentialGeneration === holder.credentialGeneration && account.state === 'active';
      if (!same || !(await first(tx))) return undefined;
      const { id, token, secret } = await this.tokens.issue(tx, { consumer, account, origin, lifetime });
      await this.record(tx, terms, account, { id, lifetime });
      return { token, secret };
    });
  }

  private record(
    tx: Tx,
    { consumer, origin, actor, client }: TokenTerms,
    account: Account,
    token: { readonly id: string; readonly lifetime: number },
  ): Promise<void> {
    return this.audit.record(tx, {
      event: 'oauth-token.issued',
      outcome: 'success',
      actor,
      clientAddress: client.address,
      correlationId: client.correlationId,
      accountId: account.id,
      target: account.login,
      detail: { consumer: consumer.key, token: token.id, origin, lifetime: token.lifetime },
    });
  }
}
