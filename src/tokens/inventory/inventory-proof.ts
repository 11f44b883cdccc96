import { Injectable } from '@nestjs/common';
import type { PlainSecret } from '../../core/crypto/secret-types.js';
import { Database } from '../../core/database/database.js';
import { Configuration } from '../../core/domains/configuration.js';
import { DomainError } from '../../core/errors/domain-error.js';
import { Clock } from '../../core/time/clock.js';
import type { EnrolmentHolder } from '../enrolment/enrolment-holder.js';
import { FirstPasscode } from '../enrolment/first-passcode.js';
import type { TokenAdvance } from '../token-kind.js';
import { tokenRules } from '../token-rules.js';
import type { CountedAuthenticator } from '../verification/attempt-shapes.js';
import { AttemptRepository } from '../verification/attempt.repository.js';
import { PROVABLE_KINDS } from './inventory-types.js';
import { Inventory } from './inventory.js';

/** A code of a token in stock, which shows an administrator that the right one lies on the desk. */
@Injectable()
export class InventoryProof {
  constructor(
    private readonly inventory: Inventory,
    private readonly attempts: AttemptRepository,
    private readonly passcode: FirstPasscode,
    private readonly configuration: Configuration,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Looks at a code; counted first, as one of the person's. Not inside a transaction.
   *
   * @returns what the code uses of the token
   * @throws DomainError `authenticator-locked`, `passcode-wrong`; `no-usable-token` for a serial number that the person
   *   cannot have, or a kind that shows no codes
   */
  async check(holder: EnrolmentHolder, serial: string, typed: PlainSecret): Promise<TokenAdvance> {
    const { account, domain } = holder.found;
    const rules = tokenRules(await this.configuration.snapshot(), domain.id);
    const counted: CountedAuthenticator = {
      accountId: account.id,
      authenticator: 'OTP',
      now: this.clock.now(),
      limit: rules.maxFailures,
      unlockedBefore: rules.lockSeconds === undefined ? undefined : this.clock.in(-rules.lockSeconds),
    };
    const { manager } = this.database;
    if (!(await this.attempts.count(counted))) throw new DomainError('authenticator-locked');
    const token = await this.inventory.available(manager, holder, serial, PROVABLE_KINDS);
    if (!token) throw new DomainError('no-usable-token');
    const judged = await this.passcode.judge(holder, { token }, typed);
    if (judged.kind !== 'match') throw new DomainError('passcode-wrong', { detail: judged.kind });
    await this.attempts.forgetFailures(manager, counted);
    return judged.advance;
  }
}
