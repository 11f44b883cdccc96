import { Injectable } from '@nestjs/common';
import type { PlainSecret } from '../../core/crypto/secret-types.js';
import { DomainError } from '../../core/errors/domain-error.js';
import { SLOT_FAMILIES } from '../slots.js';
import type { TokenAdvance } from '../token-kind.js';
import type { HeldToken } from '../token-store.js';
import type { EnrolmentHolder } from './enrolment-holder.js';
import { Enrolments } from './enrolments.js';
import { FirstPasscode } from './first-passcode.js';

/** A pending token whose first passcode was right. */
export interface ProvedToken {
  readonly held: HeldToken;
  /** What the passcode has used of the token; goes into `Enrolments.finish`. */
  readonly advance: TokenAdvance;
}

/** The first passcode of a pending token that types one-time passwords, which shows that the person has it. */
@Injectable()
export class PasscodeProof {
  constructor(
    private readonly enrolments: Enrolments,
    private readonly passcode: FirstPasscode,
  ) {}

  /**
   * Looks at a passcode, counted before.
   *
   * @throws DomainError `passcode-wrong`, `token-out-of-sync`; and as `Enrolments.countProof`
   */
  async check(holder: EnrolmentHolder, assignmentId: string, typed: PlainSecret): Promise<ProvedToken> {
    const held = await this.enrolments.countProof(holder, assignmentId);
    if (SLOT_FAMILIES[held.token.kind] !== 'Token') throw new DomainError('challenge-not-valid');
    const judged = await this.passcode.judge(holder, held, typed);
    if (judged.kind === 'match') return { held, advance: judged.advance };
    const code = judged.kind === 'out-of-sync' ? 'token-out-of-sync' : 'passcode-wrong';
    throw await this.enrolments.refuseProof(holder, held.token, code);
  }
}
