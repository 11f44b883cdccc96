import { Injectable } from '@nestjs/common';
import type { FoundPerson } from '../../core/directory/people.js';
import { Clock } from '../../core/time/clock.js';
import type { AuthCaller } from '../../surfaces/auth-envelope/auth-caller.js';
import { AuthRefusal } from '../../surfaces/auth-envelope/auth-refusal.js';
import type { TokenReference } from '../../surfaces/auth-envelope/references.js';
import type { Application } from '../applications/application.js';
import { methodsOf } from '../credentials/credential-methods.js';
import { CredentialOrders } from '../credentials/credential-orders.js';
import { Credentials } from '../credentials/credentials.js';
import { type EntryRequest, LogonEntrance } from './logon-entrance.js';
import { LogonJournal } from './logon-journal.js';
import { allowedIn, lacksChallenge, progressOf } from './logon-progress.js';
import { LogonRules } from './logon-rules.js';
import type { HeldSession } from './logon-sessions.js';
import { StepPassing } from './step-passing.js';

/** A credential for the step that is owed. */
export interface LogonRequest extends EntryRequest {
  readonly token?: TokenReference | undefined;
}

/** Where a logon stands once a step was passed. */
export interface LogonResult {
  /** The step that is next; the last one when the logon is complete. */
  readonly step: number;
  readonly steps: number;
  readonly completed: boolean;
}

/** A person at a step. */
interface Standing {
  readonly application: Application;
  readonly held: HeldSession;
  readonly found: FoundPerson;
}

/**
 * The logon of people to applications, a credential at a time (authentication methods, section 4.6). What is owed is
 * computed from procedure, policy and credentials at every call; of parallel calls in one session one takes it on.
 */
@Injectable()
export class Logon {
  constructor(
    private readonly entrance: LogonEntrance,
    private readonly rules: LogonRules,
    private readonly orders: CredentialOrders,
    private readonly credentials: Credentials,
    private readonly passing: StepPassing,
    private readonly journal: LogonJournal,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws AuthRefusal 101, 120, 220, 221, 230, 232 to 236, 240, 241, 242, and as `Credentials.verify`
   * @throws DomainError as `Verification.person` and `Credentials.verify`
   */
  async present(caller: AuthCaller, request: LogonRequest): Promise<LogonResult> {
    const application = this.entrance.application(caller, request);
    const about: { application: Application; found?: FoundPerson } = { application };
    return this.journal.watch(caller, about, async () => {
      const held = await this.entrance.session(caller, application);
      const found = await this.entrance.person(caller, application, request, held);
      about.found = found;
      return this.step(caller, request, { application, held, found });
    });
  }

  private async step(caller: AuthCaller, request: LogonRequest, standing: Standing): Promise<LogonResult> {
    const { application, held, found } = standing;
    const { credential, token } = request;
    const since = this.clock.now();
    const { passedSteps = [], shown = [], id: session } = held.kind === 'pending' ? held.session : {};
    const demand = await this.rules.demand(caller, application, found);
    const owed = progressOf(demand.steps, passedSteps);
    requireChallenge(owed.step.challengeResponse, request);
    const order = await this.orders.of(caller, credential, { found, application, token, session });
    const { method } = await this.credentials.verify(order, allowedIn(owed, shown));
    // Somebody may have taken minutes to approve.
    const { steps, pendingSeconds } =
      method === 'OOBA' ? await this.rules.demandNow(caller, request.application, found) : demand;
    const now = progressOf(steps, passedSteps);
    const completes = now.last && now.step.id === owed.step.id;
    const passed = await this.passing.pass({
      held,
      agent: caller.agent.name,
      application,
      found,
      step: owed.step,
      method,
      completes,
      since,
      pendingSeconds,
      rules: order.rules,
      context: order.context,
    });
    if (!passed) throw new AuthRefusal(held.kind === 'pending' ? 236 : 233, {}, 'overtaken');
    if (passed.cookie !== undefined) caller.cookies.set(passed.cookie);
    return { step: completes ? now.number : now.number + 1, steps: now.count, completed: completes };
  }
}

/** @throws AuthRefusal 303 for a credential without a challenge in a step that wants one */
function requireChallenge(wanted: boolean, { credential }: LogonRequest): void {
  if (wanted && methodsOf(credential).some((method) => lacksChallenge(method, credential))) {
    throw new AuthRefusal(303, {}, 'without cc');
  }
}
