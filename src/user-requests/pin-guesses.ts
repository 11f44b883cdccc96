import { Injectable } from '@nestjs/common';
import type { OneTimeRequest } from '../core/requests/one-time-request.entity.js';
import { Throttle } from '../core/throttle/throttle.js';
import type { ThrottleRule, ThrottleVerdict } from '../core/throttle/throttle-rule.js';
import { userRequestPayload } from './request-types.js';

/** Who asks for a PIN: strangers must not use up what portals are allowed for the same person. */
type Asker = 'stranger' | 'administrator';

/** Wrong PINs of one person in a day, whichever requests they were shown with. */
const RULES: Readonly<Record<Asker, ThrottleRule>> = {
  stranger: { name: 'wrong PINs for strangers’ requests', limit: 15, window: 86_400 },
  administrator: { name: 'wrong PINs for administrators’ requests', limit: 15, window: 86_400 },
};

/**
 * Wrong PINs by person. A request allows few of them, but the next request allows as many again (attack class 27); beyond
 * this limit nobody is sent another PIN, and links are not concerned.
 */
@Injectable()
export class PinGuesses {
  constructor(private readonly throttle: Throttle) {}

  /** Counts a wrong PIN. For requests of nobody it does the same work (attack class 46). */
  async count(request: OneTimeRequest): Promise<void> {
    const asker = userRequestPayload(request).anonymous ? 'stranger' : 'administrator';
    await this.throttle.hit(RULES[asker], request.accountId ?? request.id);
  }

  /** Whether a person may be sent another PIN; counts nothing. */
  room(asker: Asker, accountId: string): Promise<ThrottleVerdict> {
    return this.throttle.peek(RULES[asker], accountId);
  }
}
