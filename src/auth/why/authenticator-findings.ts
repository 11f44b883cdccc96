import { Injectable } from '@nestjs/common';
import { Database } from '../../core/database/database.js';
import type { FoundPerson } from '../../core/directory/people.js';
import type { ConfigurationSnapshot } from '../../core/domains/configuration-snapshot.js';
import { inForce } from '../../core/policies/policy.js';
import { OOBA } from '../../core/policies/categories/authenticators.js';
import { Clock } from '../../core/time/clock.js';
import type { TokenRules } from '../../tokens/token-rules.js';
import { TokenStore } from '../../tokens/token-store.js';
import { AUTHENTICATOR_NAMES, type AuthenticatorCode } from '../applications/application.js';
import { Policies } from '../policies/policies.js';
import { serves, sortOf } from '../procedures/usable-authenticators.js';
import type { Cause, Finding } from './obstacle.js';
import { PasscodeFindings } from './passcode-findings.js';
import { PasswordFindings, type PasswordPlace } from './password-findings.js';
import { tokenFinding } from './token-findings.js';

/** Where somebody logs on. */
export type FindingPlace = Omit<PasswordPlace, 'rules'>;

const NO_APPROVALS: Cause = {
  reason: 'approvals-off',
  code: 235,
  text: 'Approvals on devices are switched off by the policy OOBA.',
  advice: 'Set enabled of the policy to true, or take OOBA out of the step.',
};

const NO_PIN: Cause = {
  reason: 'no-token',
  code: 251,
  text: 'Approvals need the PIN code of the person by the policy OOBA (localAuth), and there is none that works.',
  advice:
    'Have the person set one up (SelfReg.Send_Request), give them one (OpenOTP.Prefix_Register), or set localAuth to NONE.',
};

/** What somebody cannot prove themself with in a step, and why. Reads only. */
@Injectable()
export class AuthenticatorFindings {
  constructor(
    private readonly policies: Policies,
    private readonly store: TokenStore,
    private readonly passwords: PasswordFindings,
    private readonly passcodes: PasscodeFindings,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** For each authenticator of the step what is wrong with it; undefined when one of them would do. */
  async of(
    snapshot: ConfigurationSnapshot,
    found: FoundPerson,
    at: FindingPlace,
  ): Promise<readonly Finding[] | undefined> {
    const rules = await this.policies.tokenRules(snapshot, found, at.application);
    const findings: Finding[] = [];
    for (const authenticator of at.step.authenticators) {
      const about = await this.about(snapshot, found, at, rules, authenticator);
      if (about.length === 0) return undefined;
      findings.push(...about.map((one) => ({ authenticator, ...one })));
    }
    return findings;
  }

  private async about(
    snapshot: ConfigurationSnapshot,
    found: FoundPerson,
    at: FindingPlace,
    rules: TokenRules,
    code: AuthenticatorCode,
  ): Promise<readonly Cause[]> {
    if (code === 'SPASS') return listed(await this.passwords.of(snapshot, found, { ...at, rules }));
    const locked = await this.lock(found.account.id, code, rules);
    if (locked) return [locked];
    const approvals =
      code === 'OOBA' ? await this.policies.inForce(snapshot, code, { found, application: at.application }) : undefined;
    if (!inForce(approvals, OOBA.enabled)) return [NO_APPROVALS];
    if (code === 'OTPoD') return listed(await this.passcodes.of(snapshot, found, rules));
    const now = this.clock.now();
    const held = await this.store.assignedTo(this.database.manager, found.account.id);
    const fitting = held.filter(({ token }) => serves(sortOf(token), code, at.step));
    const findings = fitting.map((one) => tokenFinding(one, now));
    if (fitting.length === 0) return [noToken(code)];
    if (inForce(approvals, OOBA.localAuth) === 'PIN') {
      const lockedPin = await this.lock(found.account.id, 'PIN', rules);
      if (lockedPin) return [lockedPin];
      if (!held.some((one) => one.token.kind === 'PINCode' && tokenFinding(one, now) === undefined)) return [NO_PIN];
    }
    return findings.includes(undefined) ? [] : findings.filter((finding) => finding !== undefined);
  }

  private async lock(accountId: string, code: AuthenticatorCode, rules: TokenRules): Promise<Cause | undefined> {
    const { maxFailures, lockSeconds } = rules;
    const [counter] = await this.database.query<{ failures: number; at: Date }>(
      `SELECT failures, last_failed_at AS at FROM authenticator_counters
       WHERE account_id = $1 AND authenticator = $2 AND failures >= $3`,
      [accountId, code, maxFailures],
    );
    if (!counter) return undefined;
    const until = lockSeconds === undefined ? undefined : new Date(counter.at.getTime() + lockSeconds * 1_000);
    if (until && until <= this.clock.now()) return undefined;
    return {
      reason: 'locked',
      code: 203,
      text: `${AUTHENTICATOR_NAMES[code]} is locked after ${counter.failures} wrong attempts, ${
        until ? `until ${until.toISOString()}` : 'until it is unlocked'
      }.`,
      advice: `${until ? 'Wait until then, or unlock' : 'Unlock'} the person (OpenOTP.Block_Reset).`,
    };
  }
}

function noToken(code: AuthenticatorCode): Cause {
  return {
    reason: 'no-token',
    code: 251,
    text: `The person has nothing for ${AUTHENTICATOR_NAMES[code]}.`,
    advice: 'Send a link to enrol (SelfReg.Send_Request), or assign a token.',
  };
}

function listed(about: Cause | undefined): readonly Cause[] {
  return about ? [about] : [];
}
