import { Injectable } from '@nestjs/common';
import { type FoundPerson, isUsable, People } from '../../core/directory/people.js';
import type { Domain } from '../../core/domains/domain.entity.js';
import { DomainError } from '../../core/errors/domain-error.js';
import { SessionHolders } from '../../sessions/session-holders.js';
import { OAuthProblem } from '../../surfaces/oauth1/oauth-problem.js';
import type { OAuthAccessToken } from './oauth-access-token.entity.js';

/** People behind tokens, as the directory knows them at this moment. Nobody who is switched off has a token. */
@Injectable()
export class TokenHolders {
  constructor(
    private readonly people: People,
    private readonly holders: SessionHolders,
  ) {}

  /**
   * The person of a token that was made on the wire.
   *
   * @throws OAuthProblem `invalid_token` when they are gone, switched off, or have another password since
   * @throws DomainError `directory-unavailable`
   */
  async of(token: Pick<OAuthAccessToken, 'accountId' | 'domainId' | 'credentialGeneration'>): Promise<FoundPerson> {
    const found = await this.holders.of(token);
    if (found?.account.credentialGeneration !== token.credentialGeneration) throw new OAuthProblem('invalid_token');
    return found;
  }

  /** The person of a token of the configuration. @throws as {@link of} */
  async byLogin(domain: Domain, login: string): Promise<FoundPerson> {
    try {
      const found = await this.people.byLogin(domain, login);
      if (isUsable(found)) return found;
    } catch (error) {
      if (!DomainError.is(error, 'account-not-found', 'account-ambiguous')) throw error;
    }
    throw new OAuthProblem('invalid_token');
  }
}
