import { Injectable } from '@nestjs/common';
import { Audit } from '../../core/audit/audit.js';
import { Administrators } from '../../core/administrators/administrators.js';
import { KeyRing } from '../../core/crypto/key-ring.js';
import { RandomSource } from '../../core/crypto/random-source.js';
import { Database, type Tx } from '../../core/database/database.js';
import type { FoundPerson } from '../../core/directory/people.js';
import { Clock } from '../../core/time/clock.js';
import type { Client } from '../../core/web/clients.js';
import { VERIFIER } from './oauth-request-token.entity.js';
import { OAuthTokenRepository } from './oauth-token.repository.js';
import type { ShownRequestToken } from './request-tokens.js';
import { type AfterConsent, afterConsent, OUT_OF_BAND, VERIFIER_SYMBOLS } from './callbacks.js';

/** What a person decides about a request token (RFC 5849 section 2.2). */
@Injectable()
export class Grants {
  constructor(
    private readonly repository: OAuthTokenRepository,
    private readonly administrators: Administrators,
    private readonly audit: Audit,
    private readonly database: Database,
    private readonly keyRing: KeyRing,
    private readonly random: RandomSource,
    private readonly clock: Clock,
  ) {}

  /** Grants a token, once. @returns undefined when it was granted or denied meanwhile, or is over */
  async grant(
    text: string,
    token: ShownRequestToken,
    found: FoundPerson,
    client: Client,
  ): Promise<AfterConsent | undefined> {
    const { callback } = token.stored;
    const typed = callback === OUT_OF_BAND;
    const made = typed ? this.random.text(12, VERIFIER_SYMBOLS) : this.random.linkSecret();
    const verifier = callback === null ? undefined : made;
    const granted = await this.database.transaction(async (tx) => {
      const written = await this.repository.grant(
        tx,
        {
          id: token.id,
          accountId: found.account.id,
          credentialGeneration: found.account.credentialGeneration,
          verifierDigest: verifier === undefined ? null : this.keyRing.digest(verifier, VERIFIER),
        },
        this.clock.now(),
      );
      if (written) await this.record(tx, 'oauth-grant.given', token, found, client);
      return written;
    });
    if (!granted) return undefined;
    // The person has just shown to be the one whom the role means (attack class 19).
    await this.administrators.bind(found);
    return afterConsent(callback, { oauth_token: text, ...(verifier !== undefined && { oauth_verifier: verifier }) });
  }

  /** Denies a token, which is gone then. @returns as {@link grant} */
  async deny(
    text: string,
    token: ShownRequestToken,
    found: FoundPerson,
    client: Client,
  ): Promise<AfterConsent | undefined> {
    const denied = await this.database.transaction(async (tx) => {
      const gone = await this.repository.deny(tx, token.id);
      if (gone) await this.record(tx, 'oauth-grant.denied', token, found, client);
      return gone;
    });
    if (!denied) return undefined;
    return afterConsent(token.stored.callback, { oauth_token: text, oauth_problem: 'user_refused' });
  }

  private record(
    tx: Tx,
    event: string,
    { consumer }: ShownRequestToken,
    { domain, person, account }: FoundPerson,
    { address, correlationId }: Client,
  ): Promise<void> {
    return this.audit.record(tx, {
      event,
      outcome: event.endsWith('denied') ? 'refused' : 'success',
      actor: 'person',
      clientAddress: address,
      correlationId,
      domain: domain.name,
      accountId: account.id,
      target: person.dn,
      detail: { consumer: consumer.key },
    });
  }
}
