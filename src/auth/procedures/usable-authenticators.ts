import { Injectable } from '@nestjs/common';
import { Database } from '../../core/database/database.js';
import type { FoundPerson } from '../../core/directory/people.js';
import type { ConfigurationSnapshot } from '../../core/domains/configuration-snapshot.js';
import { allowedChannels, routesOf } from '../../tokens/kinds/on-demand/passcode-channels.js';
import { inForce } from '../../core/policies/policy.js';
import { OOBA } from '../../core/policies/categories/authenticators.js';
import type { ListOrder } from '../../tokens/kinds/otp-list/otp-list-settings.js';
import type { Token } from '../../tokens/token.entity.js';
import { sufficesForLogon } from '../../tokens/second-factor.js';
import { AUTHENTICATOR_OF } from '../../tokens/token-kinds.js';
import type { Application, AuthenticatorCode, LogonStep } from '../applications/application.js';
import { Policies } from '../policies/policies.js';
import { CredentialsHeld, type TokenSort } from './credentials-held.repository.js';

/** A step among those that somebody is asked. */
export interface AskedStep {
  readonly step: LogonStep;
  /** Whether it is all of the logon. */
  readonly alone: boolean;
}

/** What a person can present in a step (authentication methods, section 4.3). */
@Injectable()
export class UsableAuthenticators {
  constructor(
    private readonly policies: Policies,
    private readonly held: CredentialsHeld,
    private readonly database: Database,
  ) {}

  /**
   * Those of the step that the person can use now, in its order: not those without a usable token, a password or an
   * address, nor what a policy switches off, nor what is locked, nor what is never all of a logon where it would be. All
   * of them when that leaves none, so that a client always has something to show.
   */
  async of(
    snapshot: ConfigurationSnapshot,
    { step, alone }: AskedStep,
    found: FoundPerson,
    application: Application,
  ): Promise<readonly AuthenticatorCode[]> {
    const rules = await this.policies.tokenRules(snapshot, found, application);
    const { tokens, tPass, locked } = await this.held.usable(this.database.manager, found.account.id, rules);
    const approvals = await this.policies.inForce(snapshot, 'OOBA', { found, application });
    const pinShown =
      inForce(approvals, OOBA.localAuth) !== 'PIN' ||
      (!locked.has('PIN') && tokens.some(({ kind }) => kind === 'PINCode'));
    const channels = allowedChannels(snapshot, found.domain.id, 'logon', rules.onDemand);
    const able = step.authenticators.filter((code) => {
      if (alone && !sufficesForLogon([code])) return false;
      if (code === 'SPASS') return step.checkStaticPassword && hasPassword(found);
      if (locked.has(code) || (code === 'OOBA' && !(inForce(approvals, OOBA.enabled) && pinShown))) return false;
      const served = tokens.some((token) => serves(token, code, step));
      // Passcodes need no T-Pass; but who has one, and none that works, has been switched off by it.
      return code === 'OTPoD' ? (served || !tPass) && routesOf(found.person, channels).length > 0 : served;
    });
    return able.length > 0 ? able : step.authenticators;
  }
}

/**
 * Whether tokens of a sort are of use for an authenticator in a step. Where a challenge is fetched before it, a one-time
 * password has to answer one; where none is, tokens that only answer challenges are of no use.
 */
export function serves({ kind, order }: TokenSort, code: AuthenticatorCode, step: LogonStep): boolean {
  if (AUTHENTICATOR_OF[kind] !== code) return false;
  if (code !== 'OTP') return true;
  if (step.challengeResponse) return kind === 'OCRA' || kind === 'OTPList';
  return kind !== 'OCRA' && order !== ('BY_NUMBER' satisfies ListOrder);
}

/** The sort of a token as it is stored. */
export function sortOf({ kind, state }: Pick<Token, 'kind' | 'state'>): TokenSort {
  const { order } = state;
  return { kind, order: typeof order === 'string' ? order : null };
}

/** Whether the person has a password; only the built-in directory tells that somebody has none. */
export function hasPassword({ directory, person }: FoundPerson): boolean {
  return directory.kind !== 'builtin' || person.passwordChangedAt !== undefined;
}
