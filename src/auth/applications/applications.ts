import { Injectable } from '@nestjs/common';
import type { ConfigurationSnapshot } from '../../core/domains/configuration-snapshot.js';
import type { Domain } from '../../core/domains/domain.entity.js';
import { foldName } from '../../core/domains/fold-name.js';
import { AuthRefusal, missing } from '../../surfaces/auth-envelope/auth-refusal.js';
import type { ApplicationReference } from '../../surfaces/auth-envelope/references.js';
import type { Application, LogonStep, Realm } from './application.js';
import { applicationModel } from './application-model.js';
import { publishedScope } from './published-scope.js';

export type { Application, AuthenticatorCode, LogonStep, Realm } from './application.js';

/** Whoever calls, as far as it decides what may be seen: the names of the applications that it is published on. */
export interface PublishedAgent {
  readonly applications: readonly string[];
}

/** The applications that agents are published on (authentication methods, sections 1.3, 2.1 and 4.1). */
@Injectable()
export class Applications {
  /** By name; empty for an agent that is published on none. */
  ofAgent(snapshot: ConfigurationSnapshot, agent: PublishedAgent): readonly Application[] {
    return publishedScope(snapshot, agent.applications).applications;
  }

  /**
   * The application that a request means. Of a reference with an identifier and a name both must hold.
   *
   * @throws AuthRefusal 101 for an empty reference, 220, 221
   */
  resolve(snapshot: ConfigurationSnapshot, agent: PublishedAgent, reference: ApplicationReference): Application {
    const application = named(snapshot, reference);
    if (!application) throw new AuthRefusal(220);
    if (!this.ofAgent(snapshot, agent).includes(application)) throw new AuthRefusal(221);
    return application;
  }

  /**
   * Domains whose people a call may be about: those of the application's realm, else of all applications that the agent
   * is published on. By name.
   *
   * @throws AuthRefusal 240 for an application without a realm
   */
  domains(snapshot: ConfigurationSnapshot, agent: PublishedAgent, application?: Application): readonly Domain[] {
    return application ? realmOf(application).domains : publishedScope(snapshot, agent.applications).domains;
  }
}

/** @throws AuthRefusal 240 */
export function realmOf({ realm }: Application): Realm {
  if (!realm) throw new AuthRefusal(240);
  return realm;
}

/** The steps of the application's procedure as they are declared. @throws AuthRefusal 230 */
export function declaredSteps({ steps }: Application): readonly LogonStep[] {
  if (!steps) throw new AuthRefusal(230);
  return steps;
}

function named(snapshot: ConfigurationSnapshot, { id, name }: ApplicationReference): Application | undefined {
  const { byId, byName } = applicationModel(snapshot);
  if (id === undefined && name === undefined) throw missing('application.id');
  const application = id === undefined ? byName.get(foldName(name ?? '')) : byId.get(id);
  return name === undefined || foldName(application?.name ?? '') === foldName(name) ? application : undefined;
}
