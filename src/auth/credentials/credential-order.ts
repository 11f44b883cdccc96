import type { FoundPerson } from '../../core/directory/people.js';
import type { AuthCaller } from '../../surfaces/auth-envelope/auth-caller.js';
import type { TokenReference } from '../../surfaces/auth-envelope/references.js';
import type { TokenRules } from '../../tokens/token-rules.js';
import type { AttemptContext } from '../../tokens/verification/attempts.js';
import type { Application } from '../applications/application.js';
import type { CredentialOrder } from './credential-check.js';
import type { Credential } from './credential.js';

/** What a call presents for whom. */
export interface Presented {
  readonly found: FoundPerson;
  readonly application?: Application | undefined;
  readonly token?: TokenReference | undefined;
  readonly session?: string | undefined;
}

/**
 * The order to have a credential checked.
 *
 * @param rules those in force for the person, see `CredentialOrders`
 */
export function credentialOrder(
  caller: AuthCaller,
  credential: Credential,
  presented: Presented,
  rules: TokenRules,
): CredentialOrder {
  const { found, application, token, session } = presented;
  const { agent, snapshot, remoteIp, hangUp } = caller;
  return {
    agent,
    snapshot,
    found,
    application,
    credential,
    token,
    rules,
    clientAddress: addressOf(caller),
    remoteIp,
    context: contextOf(caller, presented),
    session,
    hangUp,
  };
}

/** What is written down of every decision: the agent as the actor, the person, the application, the address. */
export function contextOf(
  caller: AuthCaller,
  { found, application }: Pick<Presented, 'found' | 'application'>,
): AttemptContext {
  return {
    actor: actorOf(caller),
    clientAddress: addressOf(caller),
    domain: found.domain.name,
    target: found.person.dn,
    correlationId: caller.correlationId,
    ...(application && { detail: { application: application.name } }),
  };
}

/** The agent as the audit names it. */
export function actorOf({ agent }: Pick<AuthCaller, 'agent'>): string {
  return `agent ${agent.name}`;
}

/** The end user's address, or the agent's own where the agent does not say. */
export function addressOf({ remoteIp, clientAddress }: Pick<AuthCaller, 'remoteIp' | 'clientAddress'>): string {
  return remoteIp ?? clientAddress;
}
