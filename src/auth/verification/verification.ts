import { Injectable } from '@nestjs/common';
import type { FoundPerson } from '../../core/directory/people.js';
import type { AuthCaller } from '../../surfaces/auth-envelope/auth-caller.js';
import type { TokenReference, UserReference } from '../../surfaces/auth-envelope/references.js';
import type { Application } from '../applications/application.js';
import type { AcceptedCredential } from '../credentials/credential-check.js';
import { CredentialOrders } from '../credentials/credential-orders.js';
import type { Credential } from '../credentials/credential.js';
import { Credentials } from '../credentials/credentials.js';
import { AgentStanding } from '../agents/agent-standing.js';
import { AuthPeople } from '../people/auth-people.js';
import { Strangers } from './strangers.js';

/** A credential of a person, outside any logon. */
export interface VerificationRequest {
  readonly user: UserReference;
  readonly token?: TokenReference | undefined;
  readonly credential: Credential;
}

/** Checks one credential of a person (authentication methods, section 4.8). */
@Injectable()
export class Verification {
  constructor(
    private readonly people: AuthPeople,
    private readonly strangers: Strangers,
    private readonly orders: CredentialOrders,
    private readonly credentials: Credentials,
    private readonly agents: AgentStanding,
  ) {}

  /**
   * @throws AuthRefusal and DomainError as `AuthPeople.find`, `AuthPeople.requireActive` and `Credentials.verify`; for
   *   nobody after the same work; 120 when the agent was withdrawn while it waited for an approval
   */
  async verify(caller: AuthCaller, { user, token, credential }: VerificationRequest): Promise<AcceptedCredential> {
    const found = await this.person(caller, user, credential);
    const accepted = await this.credentials.verify(await this.orders.of(caller, credential, { found, token }));
    // Somebody may have taken minutes to approve.
    if (accepted.method === 'OOBA') await this.agents.requireStill(caller.agent);
    return accepted;
  }

  /** The person meant, who may present credentials. @throws AuthRefusal, DomainError */
  async person(
    caller: AuthCaller,
    user: UserReference,
    credential: Credential,
    application?: Application,
  ): Promise<FoundPerson> {
    const lookup = await this.people.lookFor(caller, user, application);
    if (!lookup.found) return this.strangers.refuse(caller, lookup, { user, credential, application });
    await this.strangers.requireActive(caller, lookup.found, application);
    return lookup.found;
  }
}
