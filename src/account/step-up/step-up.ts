import { Injectable } from '@nestjs/common';
import { Configuration } from '../../core/domains/configuration.js';
import { Clock } from '../../core/time/clock.js';
import type { SessionProof } from '../../sessions/session.entity.js';
import type { BrowserSession } from '../../sessions/web/browser-sessions.js';
import { HeldSecondFactors } from '../../tokens/second-factor/held-second-factors.js';
import { stepUpMinutes } from '../account-settings.js';

/** Who is signed in, and what was proved in the session. */
type SignedIn = Pick<BrowserSession, 'session' | 'found'>;

/**
 * What somebody who is signed in has still to prove. Found out at each call from what the person holds at that moment and
 * from when what was proved, never from a level that was reached once (attack classes 36 and 37).
 */
@Injectable()
export class StepUp {
  constructor(
    private readonly held: HeldSecondFactors,
    private readonly configuration: Configuration,
    private readonly clock: Clock,
  ) {}

  /**
   * Before anything is shown: the second factor, in a session that was begun with the password alone. Whoever was let in
   * by a request was vouched for by those who made it.
   */
  async owedToLook({ session, found }: SignedIn): Promise<SessionProof[]> {
    if (session.begunBy !== 'password' || session.factorProvedAt !== null) return [];
    return (await this.held.of(found.account.id)).length > 0 ? ['second-factor'] : [];
  }

  /** Before anything is changed: the password, and the second factor of who has one, both within the last minutes. */
  async owedToChange({ session, found }: SignedIn): Promise<SessionProof[]> {
    const { account, domain } = found;
    const minutes = (await this.configuration.snapshot()).setting(stepUpMinutes, domain.id);
    const since = this.clock.in(-60 * minutes);
    const isFresh = (at: Date | null): boolean => at !== null && at > since;
    const owed: SessionProof[] = isFresh(session.passwordProvedAt) ? [] : ['password'];
    if (isFresh(session.factorProvedAt)) return owed;
    return (await this.held.of(account.id)).length > 0 ? [...owed, 'second-factor'] : owed;
  }
}
