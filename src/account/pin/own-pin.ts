import { Injectable } from '@nestjs/common';
import type { PlainSecret } from '../../core/crypto/secret-types.js';
import { Database, type Tx } from '../../core/database/database.js';
import { Accounts } from '../../core/directory/accounts.js';
import { DomainError } from '../../core/errors/domain-error.js';
import { personAt } from '../../core/requests/request-sessions.js';
import { Sessions } from '../../sessions/sessions.js';
import type { BrowserSession } from '../../sessions/web/browser-sessions.js';
import { PinCodes } from '../../tokens/kinds/pin-code/pin-codes.js';
import { type OwnAuthenticator, OwnAuthenticators } from '../authenticators/own-authenticators.js';

/** Whether a person has a PIN code that works: one that was switched off is not brought back by changing it. */
export function hasPin(authenticators: readonly OwnAuthenticator[]): boolean {
  return authenticators.some(({ held, usable }) => usable && held.token.kind === 'PINCode');
}

/** People who are signed in give themselves another PIN code. They have proved a moment ago who they are. */
@Injectable()
export class OwnPin {
  constructor(
    private readonly authenticators: OwnAuthenticators,
    private readonly pins: PinCodes,
    private readonly sessions: Sessions,
    private readonly accounts: Accounts,
    private readonly database: Database,
  ) {}

  async isHeld(accountId: string): Promise<boolean> {
    return hasPin(await this.authenticators.list(accountId));
  }

  /**
   * Changes it; the person is told by message.
   *
   * @returns false when the person has none that works
   * @throws DomainError `credentials-missing` when the session has ended meanwhile
   */
  async change({ found, client, session }: BrowserSession, pin: PlainSecret): Promise<boolean> {
    const holder = { found, requestId: undefined, context: personAt({ found }, client) };
    return this.database.transaction(async (tx: Tx) => {
      await this.accounts.lock(tx, found.account.id);
      if (!(await this.sessions.stands(tx, session))) throw new DomainError('credentials-missing');
      if (!hasPin(await this.authenticators.list(found.account.id, tx))) return false;
      await this.pins.register(tx, holder, pin);
      return true;
    });
  }
}
