import { Injectable } from '@nestjs/common';
import type { PlainSecret } from '../../core/crypto/secret-types.js';
import { Configuration } from '../../core/domains/configuration.js';
import { Clock } from '../../core/time/clock.js';
import { PasscodeKinds } from '../kinds/passcode-kinds.js';
import type { PasscodeJudgement } from '../token-kind.js';
import { tokenRules } from '../token-rules.js';
import type { EnrolmentHolder } from './enrolment-holder.js';
import { type JudgedToken, pendingAsUsable } from './pending-as-usable.js';

/** Judges the first passcode of a token that nobody can use yet. Counting is for the caller. */
@Injectable()
export class FirstPasscode {
  constructor(
    private readonly kinds: PasscodeKinds,
    private readonly configuration: Configuration,
    private readonly clock: Clock,
  ) {}

  async judge({ found }: EnrolmentHolder, judged: JudgedToken, typed: PlainSecret): Promise<PasscodeJudgement> {
    const rules = tokenRules(await this.configuration.snapshot(), found.domain.id);
    return this.kinds.get(judged.token.kind).judge(pendingAsUsable(judged), typed, this.clock.now(), rules);
  }
}
