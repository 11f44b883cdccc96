import type { ConfigurationSnapshot } from '../../core/domains/configuration-snapshot.js';
import type { Domain } from '../../core/domains/domain.entity.js';
import type { WireObject } from '../../surfaces/auth-envelope/auth-result.js';
import { type Agent, agentModel } from '../agents/agent-model.js';
import {
  type Application,
  AUTHENTICATOR_NAMES,
  type AuthenticatorCode,
  type LogonProcedure,
  type LogonStep,
  type Realm,
} from '../applications/application.js';

/** Things of the catalogue with the attributes that `object-types.ts` declares. */

/** Who is told, and by which configuration. */
export interface Told {
  readonly snapshot: ConfigurationSnapshot;
  readonly agent: { readonly name: string };
}

export function domainObject({ id, name }: Domain): WireObject {
  return { id, name };
}

export function realmObject({ id, name, domains }: Realm): WireObject {
  return { id, name, domains: () => domains.map(domainObject) };
}

/** @param caller who is told of it; of the agents it is told of itself alone */
export function applicationObject({ snapshot, agent }: Told, application: Application): WireObject {
  const { id, name, description, realm, logonProcedure } = application;
  return {
    id,
    name,
    description: description ?? null,
    realm: realm ? realmObject(realm) : null,
    agents: () => agentObjects(agentModel(snapshot).byName.get(agent.name)),
    logonProcedures: logonProcedure ? [procedureObject(logonProcedure)] : [],
  };
}

/** What people and machines are told of an agent: nothing by which it shows itself, and not from where it calls. */
function agentObjects(agent: Agent | undefined): WireObject[] {
  if (!agent) return [];
  const { id, name, description } = agent;
  return [{ id, name, type: 'API Agent', description: description ?? null }];
}

function procedureObject({ id, name, type, steps }: LogonProcedure): WireObject {
  return { id, name, type, steps: () => steps.map(stepObject) };
}

export function authenticatorObject(code: AuthenticatorCode): WireObject {
  return { code, name: AUTHENTICATOR_NAMES[code] };
}

export function stepObject({ id, name, description, authenticators, logonProcedure, ...step }: LogonStep): WireObject {
  return {
    id,
    name,
    description: description ?? null,
    challengResponse: step.challengeResponse,
    checkStaticPass: step.checkStaticPassword,
    authenticators: () => authenticators.map(authenticatorObject),
    logonProcedure: () => procedureObject(logonProcedure),
  };
}
