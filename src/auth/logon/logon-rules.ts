import { Injectable } from '@nestjs/common';
import type { FoundPerson } from '../../core/directory/people.js';
import type { AuthCaller } from '../../surfaces/auth-envelope/auth-caller.js';
import { AuthRefusal } from '../../surfaces/auth-envelope/auth-refusal.js';
import { AgentStanding } from '../agents/agent-standing.js';
import { type Application, Applications, type LogonStep } from '../applications/applications.js';
import type { ApplicationReference } from '../../surfaces/auth-envelope/references.js';
import { addressVerdict } from '../policies/logon-policy.js';
import { Policies } from '../policies/policies.js';
import { RequiredSteps } from '../procedures/required-steps.js';

/** What is asked of a person who logs on to an application, as it is now. */
export interface LogonDemand {
  /** At least one. */
  readonly steps: readonly LogonStep[];
  /** Seconds that may pass between two of them. */
  readonly pendingSeconds: number;
}

/** From where and by which configuration somebody logs on. */
export type LogonCaller = Pick<AuthCaller, 'snapshot' | 'remoteIp' | 'clientAddress'>;

/** The logon policy at work: who gets in from where, and how many steps they owe (authentication methods, section 6.8). */
@Injectable()
export class LogonRules {
  constructor(
    private readonly policies: Policies,
    private readonly requiredSteps: RequiredSteps,
    private readonly applications: Applications,
    private readonly agents: AgentStanding,
  ) {}

  /**
   * @throws AuthRefusal 230, 235
   * @throws DomainError `directory-unavailable`, `directory-misconfigured`
   */
  async demand(caller: LogonCaller, application: Application, found: FoundPerson): Promise<LogonDemand> {
    const { snapshot, remoteIp, clientAddress } = caller;
    const policy = await this.policies.logonPolicy(snapshot, found, application);
    const via = [clientAddress];
    if (addressVerdict(policy, remoteIp, via) === 'denied') throw new AuthRefusal(235);
    const steps = await this.requiredSteps.by(policy, application, found, { remoteIp, via });
    if (steps.length === 0) throw new AuthRefusal(230, {}, 'the procedure has no steps');
    return { steps, pendingSeconds: policy.pendingTimeoutSeconds };
  }

  /**
   * As {@link demand}, by the configuration of this moment, for who has waited: the agent may have been withdrawn
   * meanwhile, or more be asked for.
   *
   * @throws AuthRefusal 120, 220, 221, 230, 235
   */
  async demandNow(caller: AuthCaller, reference: ApplicationReference, found: FoundPerson): Promise<LogonDemand> {
    const { agent, snapshot } = await this.agents.requireStill(caller.agent);
    const application = this.applications.resolve(snapshot, agent.byToken, reference);
    return this.demand({ ...caller, snapshot }, application, found);
  }
}
