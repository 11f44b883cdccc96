import { Injectable } from '@nestjs/common';
import { Database } from '../../core/database/database.js';
import type { FoundPerson } from '../../core/directory/people.js';
import type { ConfigurationSnapshot } from '../../core/domains/configuration-snapshot.js';
import { Clock } from '../../core/time/clock.js';
import type { TokenRules } from '../../tokens/token-rules.js';
import { TokenStore } from '../../tokens/token-store.js';
import {
  type Application,
  AUTHENTICATOR_NAMES,
  type AuthenticatorCode,
  type LogonStep,
} from '../applications/application.js';
import { Policies } from '../policies/policies.js';
import { hasPassword, serves } from '../procedures/usable-authenticators.js';
import type { Cause, Finding } from './obstacle.js';
import { PasscodeFindings } from './passcode-findings.js';
import { tokenFinding } from './token-findings.js';

/** What somebody cannot prove themself with in a step, and why. Reads only. */
@Injectable()
export class AuthenticatorFindings {
  constructor(
    private readonly policies: Policies,
    private readonly store: TokenStore,
    private readonly passcodes: PasscodeFindings,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** For each authenticator of the step what is wrong with it; undefined when one of them would do. */
  async of(
    snapshot: ConfigurationSnapshot,
    application: Application,
    step: LogonStep,
    found: FoundPerson,
  ): Promise<readonly Finding[] | undefined> {
    const rules = await this.policies.tokenRules(snapshot, found, application);
    const findings: Finding[] = [];
    for (const authenticator of step.authenticators) {
      const about = await this.about(snapshot, step, found, rules, authenticator);
      if (about.length === 0) return undefined;
      findings.push(...about.map((one) => ({ authenticator, ...one })));
    }
    return findings;
  }

  private async about(
    snapshot: ConfigurationSnapshot,
    step: LogonStep,
    found: FoundPerson,
    rules: TokenRules,
    code: AuthenticatorCode,
  ): Promise<readonly Cause[]> {
    if (code === 'SPASS') return listed(passwordFinding(step, found));
    const locked = await this.lock(found.account.id, code, rules);
    if (locked) return [locked];
    if (code === 'OTPoD') return listed(await this.passcodes.of(snapshot, found, rules));
    const now = this.clock.now();
    const held = await this.store.assignedTo(this.database.manager, found.account.id);
    const fitting = held.filter(({ token }) => serves(token.kind, code, step));
    const findings = fitting.map((one) => tokenFinding(one, now));
    if (fitting.length === 0) return [noToken(code)];
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

function passwordFinding(step: LogonStep, found: FoundPerson): Cause | undefined {
  const { person } = found;
  if (!step.checkStaticPassword) {
    return {
      reason: 'password-not-checked',
      code: 232,
      text: 'The step names the static password, and does not check it (checkStaticPass is false), so it accepts none.',
      advice: 'Set checkStaticPass of the step to true, or take SPASS out of it.',
    };
  }
  if (!hasPassword(found)) {
    return {
      reason: 'no-password',
      code: 300,
      text: 'The person has no password yet.',
      advice: 'Send a link to set one (PwReset.Send_Request).',
    };
  }
  if (person.locked) {
    return {
      reason: 'directory-lock',
      code: 203,
      text: 'The directory has locked the account after wrong passwords.',
      advice: 'Unlock it in the directory, or send a link to set a new password (PwReset.Send_Request).',
    };
  }
  if (!person.mustChangePassword) return undefined;
  return {
    reason: 'password-must-change',
    code: 205,
    text: 'The password must be changed before it is good for a logon.',
    advice: 'Have the person change it (changePassword), or send a link (PwReset.Send_Request).',
  };
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
