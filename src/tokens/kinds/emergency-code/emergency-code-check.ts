import { Injectable } from '@nestjs/common';
import type { PlainSecret } from '../../../core/crypto/secret-types.js';
import { Configuration } from '../../../core/domains/configuration.js';
import { Clock } from '../../../core/time/clock.js';
import { type SecondFactorProof, secondFactorProof } from '../../second-factor.js';
import { tokenRules } from '../../token-rules.js';
import type { Attempter } from '../../verification/attempter.js';
import { Passcodes, type PasscodeVerdict } from '../../verification/passcodes.js';

/** What a right emergency code is worth: a second factor, never both (attack class 16). */
export type EmergencyVerdict =
  { readonly ok: true; readonly proof: SecondFactorProof } | Extract<PasscodeVerdict, { readonly ok: false }>;

/** Checks emergency codes. */
@Injectable()
export class EmergencyCodeCheck {
  constructor(
    private readonly passcodes: Passcodes,
    private readonly configuration: Configuration,
    private readonly clock: Clock,
  ) {}

  /** Every attempt is counted first; a right code is used up by one of any number of rivals. */
  async verify({ found, context, rules: own }: Attempter, typed: PlainSecret): Promise<EmergencyVerdict> {
    const accountId = found.account.id;
    const rules = own ?? tokenRules(await this.configuration.snapshot(), found.domain.id);
    const verdict = await this.passcodes.verify({ accountId, authenticator: 'EMCODE', typed, rules, context });
    return verdict.ok ? { ok: true, proof: secondFactorProof(accountId, 'EMCODE', this.clock.now()) } : verdict;
  }
}
