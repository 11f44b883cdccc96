import { Injectable } from '@nestjs/common';
import type { PlainSecret } from '../../core/crypto/secret-types.js';
import { Configuration } from '../../core/domains/configuration.js';
import { DomainError } from '../../core/errors/domain-error.js';
import { Clock } from '../../core/time/clock.js';
import { PasscodeKinds } from '../kinds/passcode-kinds.js';
import type { TokenAdvance } from '../token-kind.js';
import { tokenRules } from '../token-rules.js';
import type { HeldToken } from '../token-store.js';
import type { EnrolmentHolder } from './enrolment-holder.js';
import { Enrolments } from './enrolments.js';
import { pendingAsUsable } from './pending-as-usable.js';

/** A pending token whose first passcode was right. */
export interface ProvedToken {
  readonly held: HeldToken;
  /** What the passcode has used of the token; goes into `Enrolments.finish`. */
  readonly advance: TokenAdvance;
}

/** The first passcode of a pending token, of whatever kind, which shows that the person has it. */
@Injectable()
export class PasscodeProof {
  constructor(
    private readonly enrolments: Enrolments,
    private readonly kinds: PasscodeKinds,
    private readonly configuration: Configuration,
    private readonly clock: Clock,
  ) {}

  /**
   * Looks at a passcode, counted before.
   *
   * @throws DomainError `passcode-wrong`, `token-out-of-sync`; and as `Enrolments.countProof`
   */
  async check(holder: EnrolmentHolder, assignmentId: string, typed: PlainSecret): Promise<ProvedToken> {
    const held = await this.enrolments.countProof(holder, assignmentId);
    const rules = tokenRules(await this.configuration.snapshot(), holder.found.domain.id);
    const kind = this.kinds.get(held.token.kind);
    const judged = kind.judge(pendingAsUsable(held), typed, this.clock.now(), rules);
    if (judged.kind === 'match') return { held, advance: judged.advance };
    throw new DomainError(judged.kind === 'out-of-sync' ? 'token-out-of-sync' : 'passcode-wrong');
  }
}
