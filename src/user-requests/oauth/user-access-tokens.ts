import { Injectable } from '@nestjs/common';
import { Administrators } from '../../core/administrators/administrators.js';
import { reachesEverybody } from '../../core/administrators/rights.js';
import { requireUsable } from '../../core/directory/people.js';
import { Configuration } from '../../core/domains/configuration.js';
import { DomainError } from '../../core/errors/domain-error.js';
import { ApiRefusal } from '../../surfaces/oauth1/api-refusal.js';
import type { OAuthCaller } from '../../surfaces/oauth1/oauth-caller.js';
import { UserTargets } from '../users/user-targets.js';
import { consumers } from './consumers.js';
import type { IssuedToken } from './issued-token.js';
import { TokenIssue } from './token-issue.js';

/** Whose token is asked for. */
export interface AskedToken {
  readonly username: string;
  /** Id or name. */
  readonly domain: string | undefined;
  /** Seconds. */
  readonly validity: number | undefined;
}

/**
 * Tokens for somebody. Who holds one acts as that person, so the same rule holds as for logging in as them: the caller is
 * a global or domain administrator, and a global one where the person holds a role (user-requests sections 2 and 10).
 */
@Injectable()
export class UserAccessTokens {
  constructor(
    private readonly targets: UserTargets,
    private readonly administrators: Administrators,
    private readonly configuration: Configuration,
    private readonly issue: TokenIssue,
  ) {}

  /**
   * @throws ApiRefusal 403, 404
   * @throws DomainError `access-denied`, `account-not-activated`, `account-disabled`, `account-expired`
   */
  async create(caller: OAuthCaller, { username, domain, validity }: AskedToken): Promise<IssuedToken> {
    const { found, by } = await this.targets.changeable(caller, { by: 'username', value: username, domain });
    const standing = await this.administrators.standingOf(found);
    if (standing !== undefined && !reachesEverybody(by.role)) throw ApiRefusal.notPermitted();
    requireUsable(found);
    // The server's own calls have no consumer, and so nobody whom a token could belong to.
    const consumer = consumers(await this.configuration.snapshot()).get(caller.consumer.key);
    if (!consumer) throw ApiRefusal.notPermitted();
    const issued = await this.issue.issue({
      consumer,
      holder: found.account,
      origin: reachesEverybody(by.role) ? 'global-administrator' : 'administrator',
      actor: by.label,
      client: caller.client,
      ...(validity !== undefined && { lifetime: validity }),
    });
    if (!issued) throw new DomainError('account-not-activated');
    return issued;
  }
}
