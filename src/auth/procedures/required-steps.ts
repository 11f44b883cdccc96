import { Injectable } from '@nestjs/common';
import { Database } from '../../core/database/database.js';
import type { FoundPerson } from '../../core/directory/people.js';
import type { ConfigurationSnapshot } from '../../core/domains/configuration-snapshot.js';
import { sufficesForLogon } from '../../tokens/second-factor.js';
import { type Application, declaredSteps, type LogonStep } from '../applications/applications.js';
import { addressVerdict, type LogonPolicy } from '../policies/logon-policy.js';
import { Policies } from '../policies/policies.js';
import { CredentialsHeld } from './credentials-held.repository.js';

/** From where somebody logs on, as far as it is known. */
export interface LogonOrigin {
  /** The end user's address as the agent saw it. */
  readonly remoteIp?: string | undefined;
  /** Addresses of the servers that the call came by. */
  readonly via?: readonly string[];
}

/**
 * The steps that a logon asks for: those of the procedure, less what the logon policy leaves out for this person. They are
 * worked out from configuration and credentials at every call and never kept (attack class 37).
 */
@Injectable()
export class RequiredSteps {
  constructor(
    private readonly policies: Policies,
    private readonly held: CredentialsHeld,
    private readonly database: Database,
  ) {}

  /**
   * In their order; `step` 1 on the wire is the first.
   *
   * @param found without a person the procedure as it is declared
   * @throws AuthRefusal 230
   * @throws DomainError `directory-unavailable`, `directory-misconfigured`
   */
  async of(
    snapshot: ConfigurationSnapshot,
    application: Application,
    found: FoundPerson | undefined,
    origin: LogonOrigin = {},
  ): Promise<readonly LogonStep[]> {
    const steps = declaredSteps(application);
    if (!found) return steps;
    return this.by(await this.policies.logonPolicy(snapshot, found, application), application, found, origin);
  }

  /** As {@link of}, for who has the policy already. */
  async by(
    policy: LogonPolicy,
    application: Application,
    found: FoundPerson,
    { remoteIp, via = [] }: LogonOrigin = {},
  ): Promise<readonly LogonStep[]> {
    const steps = declaredSteps(application);
    const exempt = addressVerdict(policy, remoteIp, via) === 'exempt';
    return exempt || !(await this.isSecondFactorRequired(policy, found)) ? withoutSecondFactor(steps) : steps;
  }

  private async isSecondFactorRequired({ mfa }: LogonPolicy, { account }: FoundPerson): Promise<boolean> {
    if (mfa !== 'REQUIRED_WITH_TOKEN') return mfa === 'REQUIRED';
    return this.held.hasToken(this.database.manager, account.id);
  }
}

/** The first step alone; as many as it takes until something may be all of a logon (authentication methods, section 6.12). */
export function withoutSecondFactor(steps: readonly LogonStep[]): readonly LogonStep[] {
  const enough = steps.findIndex(({ authenticators }) => sufficesForLogon(authenticators));
  return enough < 0 ? steps : steps.slice(0, enough + 1);
}

/** From where a call says that the person is. */
export function originOf({
  remoteIp,
  clientAddress,
}: {
  readonly remoteIp: string | undefined;
  readonly clientAddress: string;
}): LogonOrigin {
  return { remoteIp, via: [clientAddress] };
}
