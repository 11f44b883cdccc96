import { Injectable } from '@nestjs/common';
import { Environment } from '../../core/config/environment.js';
import { Database } from '../../core/database/database.js';
import { Clock } from '../../core/time/clock.js';
import { STANDING } from '../second-factor.js';
import { AUTHENTICATOR_OF } from '../token-kinds.js';
import { type HeldToken, TokenStore } from '../token-store.js';
import { isUsableAt } from '../usable-now.js';

/**
 * The authenticators by which a person has a second factor. What cannot be used at the moment counts too: whoever could
 * lock or switch off somebody's authenticator must not be asked for less (attack class 37).
 */
@Injectable()
export class HeldSecondFactors {
  constructor(
    private readonly database: Database,
    private readonly store: TokenStore,
    private readonly environment: Environment,
    private readonly clock: Clock,
  ) {}

  /** In the order of their places. Read anew at each call. */
  async of(accountId: string): Promise<HeldToken[]> {
    const held = await this.store.ofAccount(this.database.manager, accountId);
    const now = this.clock.now();
    return held.filter((token) => this.counts(token, now));
  }

  private counts(held: HeldToken, now: Date): boolean {
    const { kind, status } = held.token;
    const { expires } = held.assignment;
    if (!STANDING[AUTHENTICATOR_OF[kind]].secondFactor || status === 'DECEASED') return false;
    // One for a day, which may be long over.
    if (kind === 'EmergencyCode') return isUsableAt(held, now);
    // A listener that asks for none can be shown none.
    if (kind === 'Certificate' && this.environment.tls?.clientCa === undefined) return false;
    return expires === null || expires > now;
  }
}
