import { Injectable } from '@nestjs/common';
import { Database } from '../../core/database/database.js';
import type { FoundPerson } from '../../core/directory/people.js';
import type { ConfigurationSnapshot } from '../../core/domains/configuration-snapshot.js';
import { allowedChannels, routesOf } from '../../tokens/kinds/on-demand/passcode-channels.js';
import { AUTHENTICATOR_OF, type TokenKindName } from '../../tokens/token-kinds.js';
import type { Application, AuthenticatorCode, LogonStep } from '../applications/application.js';
import { Policies } from '../policies/policies.js';
import { CredentialsHeld } from './credentials-held.repository.js';

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
   * address, and not what is locked. All of them when that leaves none, so that a client always has something to show.
   */
  async of(
    snapshot: ConfigurationSnapshot,
    step: LogonStep,
    found: FoundPerson,
    application: Application,
  ): Promise<readonly AuthenticatorCode[]> {
    const rules = await this.policies.tokenRules(snapshot, found, application);
    const usable = await this.held.usable(this.database.manager, found.account.id, rules);
    const channels = allowedChannels(snapshot, found.domain.id, 'logon', rules.onDemand);
    const reachable = routesOf(found.person, channels).length > 0;
    const able = step.authenticators.filter((code) => {
      if (code === 'SPASS') return step.checkStaticPassword && hasPassword(found);
      if (usable.locked.has(code)) return false;
      return code === 'OTPoD' ? reachable : [...usable.kinds].some((kind) => serves(kind, code, step));
    });
    return able.length > 0 ? able : step.authenticators;
  }
}

/** Whether tokens of a kind are of use for an authenticator in a step; one that only answers challenges needs one. */
export function serves(kind: TokenKindName, code: AuthenticatorCode, step: LogonStep): boolean {
  return AUTHENTICATOR_OF[kind] === code && (kind !== 'OCRA' || step.challengeResponse);
}

/** Whether the person has a password; only the built-in directory tells that somebody has none. */
export function hasPassword({ directory, person }: FoundPerson): boolean {
  return directory.kind !== 'builtin' || person.passwordChangedAt !== undefined;
}
