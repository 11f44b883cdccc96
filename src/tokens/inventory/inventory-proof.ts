import { Injectable } from '@nestjs/common';
import type { PlainSecret } from '../../core/crypto/secret-types.js';
import { Database } from '../../core/database/database.js';
import { Configuration } from '../../core/domains/configuration.js';
import { DomainError } from '../../core/errors/domain-error.js';
import { Clock } from '../../core/time/clock.js';
import type { EnrolmentHolder } from '../enrolment/enrolment-holder.js';
import { PasscodeKinds } from '../kinds/passcode-kinds.js';
import type { TokenAdvance } from '../token-kind.js';
import type { TokenKindName } from '../token-kinds.js';
import { tokenRules } from '../token-rules.js';
import type { Token } from '../token.entity.js';
import type { UsableToken } from '../usable-token.js';
import { AttemptRepository } from '../verification/attempt.repository.js';
import { InventoryRepository } from './inventory.repository.js';

/** A code of a token in stock, which shows that the right one lies on the desk. */
@Injectable()
export class InventoryProof {
  constructor(
    private readonly inventory: InventoryRepository,
    private readonly attempts: AttemptRepository,
    private readonly kinds: PasscodeKinds,
    private readonly configuration: Configuration,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Looks at a code; counted first, as one of the person's. Not inside a transaction.
   *
   * @returns what the code uses of the token
   * @throws DomainError `authenticator-locked`, `no-usable-token`, `passcode-wrong`
   */
  async check(
    { found }: EnrolmentHolder,
    serial: string,
    kinds: readonly TokenKindName[],
    typed: PlainSecret,
  ): Promise<TokenAdvance> {
    const rules = tokenRules(await this.configuration.snapshot(), found.domain.id);
    const counted = {
      accountId: found.account.id,
      authenticator: 'OTP',
      now: this.clock.now(),
      limit: rules.maxFailures,
      unlockedBefore: rules.lockSeconds === undefined ? undefined : this.clock.in(-rules.lockSeconds),
    } as const;
    if (!(await this.attempts.count(counted))) throw new DomainError('authenticator-locked');
    const token = await this.inventory.find(this.database.manager, serial, kinds);
    if (!token) throw new DomainError('no-usable-token');
    const judged = this.kinds.get(token.kind).judge(asUsable(token), typed, counted.now, rules);
    if (judged.kind !== 'match') throw new DomainError('passcode-wrong', { detail: judged.kind });
    await this.attempts.forgetFailures(this.database.manager, counted);
    return judged.advance;
  }
}

function asUsable(token: Token): UsableToken {
  const { id, serial, kind, product, secretSealed, secretDigest, state, counter, drift, passcodeHistory } = token;
  return {
    tokenId: id,
    assignmentId: id,
    serial,
    kind,
    product,
    secretSealed,
    secretDigest,
    state,
    counter: counter === null ? null : Number(counter),
    drift,
    candidateCounter: null,
    candidateAt: null,
    passcodeHistory,
    pinDigest: null,
    slot: null,
    name: null,
  };
}
