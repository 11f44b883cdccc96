import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../../core/database/database.js';
import { personAt } from '../../core/requests/request-sessions.js';
import { Clock } from '../../core/time/clock.js';
import type { BrowserSession } from '../../sessions/web/browser-sessions.js';
import { AuthenticatorSwitch } from '../../tokens/enrolment/authenticator-switch.js';
import type { EnrolmentHolder } from '../../tokens/enrolment/enrolment-holder.js';
import { Enrolments } from '../../tokens/enrolment/enrolments.js';
import { HeldSecondFactors } from '../../tokens/second-factor/held-second-factors.js';
import { type HeldToken, TokenStore } from '../../tokens/token-store.js';
import { isUsableAt } from '../../tokens/usable-now.js';

/** An authenticator as its owner sees it. */
export interface OwnAuthenticator {
  readonly held: HeldToken;
  readonly usable: boolean;
}

/** The authenticators of a person, as they look after them. */
@Injectable()
export class OwnAuthenticators {
  constructor(
    private readonly store: TokenStore,
    private readonly secondFactors: HeldSecondFactors,
    private readonly authenticators: AuthenticatorSwitch,
    private readonly enrolments: Enrolments,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async list(accountId: string, tx: Tx = this.database.manager): Promise<OwnAuthenticator[]> {
    const now = this.clock.now();
    const held = await this.store.ofAccount(tx, accountId);
    return held.map((token) => ({ held: token, usable: isUsableAt(token, now) }));
  }

  /** One of them by its id; undefined for one that is not this person's. */
  async one(accountId: string, id: string): Promise<OwnAuthenticator | undefined> {
    return (await this.list(accountId)).find(({ held }) => held.assignment.id === id);
  }

  /** Whether the person has no second factor once this one is gone. */
  async isLastSecondFactor(accountId: string, { assignment }: HeldToken): Promise<boolean> {
    const factors = await this.secondFactors.of(accountId);
    return factors.length === 1 && factors[0]?.assignment.id === assignment.id;
  }

  /** @throws DomainError `nothing-to-change` when it has ended meanwhile */
  rename(browser: BrowserSession, held: HeldToken, name: string): Promise<void> {
    return this.database.transaction((tx) => this.authenticators.rename(tx, holderOf(browser), held, name));
  }

  /** Takes one away and tells the person of it. @returns false when it has ended already */
  remove(browser: BrowserSession, held: HeldToken): Promise<boolean> {
    return this.database.transaction((tx) => this.enrolments.remove(tx, holderOf(browser), held));
  }
}

function holderOf({ found, client }: BrowserSession): EnrolmentHolder {
  return { found, requestId: undefined, context: personAt({ found }, client) };
}
