import { Injectable } from '@nestjs/common';
import { passwordHolder } from '../../core/directory/password-holder.js';
import type { FoundPerson } from '../../core/directory/people.js';
import type { ConfigurationSnapshot } from '../../core/domains/configuration-snapshot.js';
import { GuardedAttempts } from '../../core/throttle/guarded-attempt.js';
import { Clock } from '../../core/time/clock.js';
import type { TokenRules } from '../../tokens/token-rules.js';
import type { Application, LogonStep } from '../applications/application.js';
import { attemptAt } from '../credentials/password-attempt.js';
import { Policies } from '../policies/policies.js';
import { hasPassword } from '../procedures/usable-authenticators.js';
import type { Cause } from './obstacle.js';

/** An address that was never right for anybody. */
const NOWHERE = '0.0.0.0';

/** Where somebody logs on with a static password. */
export interface PasswordPlace {
  readonly application: Application;
  readonly step: LogonStep;
  readonly rules: TokenRules;
  /** The end user's address, where it is known. */
  readonly address: string | undefined;
}

/** Why a static password, even the right one, would not be taken (authentication methods, section 6.3). */
@Injectable()
export class PasswordFindings {
  constructor(
    private readonly policies: Policies,
    private readonly attempts: GuardedAttempts,
    private readonly clock: Clock,
  ) {}

  /** Undefined when it would, as far as is known before it is typed. Counts nothing. */
  async of(snapshot: ConfigurationSnapshot, found: FoundPerson, place: PasswordPlace): Promise<Cause | undefined> {
    const { application, step, rules, address } = place;
    const known = standing(step, found);
    if (known) return known;
    const until = await this.attempts.looksAgainAt(
      attemptAt({
        snapshot,
        rules,
        person: passwordHolder(found.domain, found.person),
        name: found.person.login,
        domainId: found.domain.id,
        clientAddress: address ?? NOWHERE,
      }),
    );
    if (until) return guessedAt(until, address);
    const { person } = found;
    if (person.mustChangePassword) return mustChange('The password must be changed before it is good for a logon.');
    const tooOld = await this.policies.isPasswordTooOld(snapshot, { found, application }, this.clock.now());
    return tooOld ? mustChange('The password is older than the policy allows (maxAgeDays).') : undefined;
  }
}

function standing(step: LogonStep, found: FoundPerson): Cause | undefined {
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
  if (!found.person.locked) return undefined;
  return {
    reason: 'directory-lock',
    code: 203,
    text: 'The directory has locked the account after wrong passwords.',
    advice: 'Unlock it in the directory, or send a link to set a new password (PwReset.Send_Request).',
  };
}

function guessedAt(until: Date, address: string | undefined): Cause {
  const from = address === undefined ? 'addresses that were never right for the person' : `where ${address} counts`;
  return {
    reason: 'password-guessed',
    code: 203,
    text: `Wrong passwords from ${from} have used up the attempts; none is looked at until ${until.toISOString()}.`,
    advice:
      'Wait until then, or have the person log on from where they usually do; see that the application sends remoteIp.',
  };
}

function mustChange(text: string): Cause {
  return {
    reason: 'password-must-change',
    code: 205,
    text,
    advice: 'Have the person change it (changePassword), or send a link (PwReset.Send_Request).',
  };
}
