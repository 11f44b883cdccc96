import { Injectable } from '@nestjs/common';
import type { ConfigurationSnapshot } from '../../core/domains/configuration-snapshot.js';
import { foldName } from '../../core/domains/fold-name.js';
import type { Application } from './application.js';
import { applicationModel } from './application-model.js';

export type { Application, AuthenticatorCode, LogonStep, Realm } from './application.js';

/** Whoever calls, as far as it decides what may be seen: the names of the applications that it is published on. */
export interface PublishedAgent {
  readonly applications: readonly string[];
}

/** The applications that agents are published on (authentication methods, sections 1.3 and 4.1). */
@Injectable()
export class Applications {
  /** By name; empty for an agent that is published on none. */
  ofAgent(snapshot: ConfigurationSnapshot, agent: PublishedAgent): readonly Application[] {
    const published = new Set(agent.applications.map(foldName));
    return applicationModel(snapshot).applications.filter(({ name }) => published.has(foldName(name)));
  }
}
