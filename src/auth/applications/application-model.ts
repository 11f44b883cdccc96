import type { ApplicationDeclaration, RealmDeclaration } from '../../core/config/file/sections/applications.js';
import type { ConfigurationSnapshot } from '../../core/domains/configuration-snapshot.js';
import { declaredId } from '../../core/domains/declared-id.js';
import type { Domain } from '../../core/domains/domain.entity.js';
import { foldName } from '../../core/domains/fold-name.js';
import { perSnapshot } from '../../core/domains/per-snapshot.js';
import type { Application, LogonProcedure, LogonStep, Realm } from './application.js';

/** The applications and realms that are declared, as maps. Made once for each configuration. */
export interface ApplicationModel {
  /** By name. */
  readonly applications: readonly Application[];
  readonly byId: ReadonlyMap<string, Application>;
  /** By the folded name; see `foldName`. */
  readonly byName: ReadonlyMap<string, Application>;
}

/** @returns the same object for the same snapshot */
export const applicationModel = perSnapshot((snapshot): ApplicationModel => {
  const realms = new Map(
    snapshot
      .declared('realm')
      .map(({ name, spec }) => [foldName(name), realm(snapshot, name, spec as unknown as RealmDeclaration)]),
  );
  const applications = snapshot
    .declared('application')
    .map(({ name, spec }) => application(realms, name, spec as unknown as ApplicationDeclaration))
    .toSorted((one, other) => one.name.localeCompare(other.name, 'en'));
  return {
    applications,
    byId: new Map(applications.map((application) => [application.id, application])),
    byName: new Map(applications.map((application) => [foldName(application.name), application])),
  };
});

function realm(snapshot: ConfigurationSnapshot, name: string, { domains }: RealmDeclaration): Realm {
  const named = domains.map((domain) => snapshot.domain(domain)).filter((domain) => domain !== undefined);
  return { id: declaredId('realm', name), name, domains: [...new Set<Domain>(named)] };
}

function application(
  realms: ReadonlyMap<string, Realm>,
  name: string,
  { id, description, realm, logonProcedure }: ApplicationDeclaration,
): Application {
  const procedure = logonProcedure && procedureOf(name, logonProcedure);
  return {
    id: id ?? declaredId('application', name),
    name,
    description,
    realm: realms.get(foldName(realm ?? '')),
    steps: procedure?.steps,
    logonProcedure: procedure,
  };
}

type ProcedureDeclaration = NonNullable<ApplicationDeclaration['logonProcedure']>;
type StepDeclarations = ProcedureDeclaration['steps'];

function procedureOf(applicationName: string, { type, steps: declared }: ProcedureDeclaration): LogonProcedure {
  const steps: LogonStep[] = [];
  const id = declaredId('application', applicationName, 'procedure', type);
  const procedure: LogonProcedure = { id, name: `${applicationName} (${type})`, type, steps };
  steps.push(...declared.map((_, index) => step(applicationName, procedure, declared, index)));
  return procedure;
}

/** A step is known by its name and, where several have the same one, by which of them it is. */
function step(
  applicationName: string,
  logonProcedure: LogonProcedure,
  steps: StepDeclarations,
  index: number,
): LogonStep {
  const declared = steps[index] as StepDeclarations[number];
  const earlier = steps.slice(0, index).filter(({ name }) => foldName(name) === foldName(declared.name)).length;
  return {
    id: declaredId('application', applicationName, 'step', declared.name, String(earlier)),
    name: declared.name,
    description: declared.description,
    authenticators: [...new Set(declared.authenticators)],
    challengeResponse: declared.challengResponse,
    checkStaticPassword: declared.checkStaticPass,
    logonProcedure,
  };
}
