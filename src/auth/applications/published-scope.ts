import type { ConfigurationSnapshot } from '../../core/domains/configuration-snapshot.js';
import type { Domain } from '../../core/domains/domain.entity.js';
import { foldName } from '../../core/domains/fold-name.js';
import { perSnapshot } from '../../core/domains/per-snapshot.js';
import type { Application } from './application.js';
import { applicationModel } from './application-model.js';

/** What an agent sees: the applications that it is published on, and the domains of their realms. */
export interface PublishedScope {
  /** By name. */
  readonly applications: readonly Application[];
  /** By name, each once. */
  readonly domains: readonly Domain[];
}

/** By the list that says what the agent is published on, which lives as long as the agent of one configuration does. */
const scopes = perSnapshot(() => new WeakMap<readonly string[], PublishedScope>());

/** @param published names of applications; those that are not declared any more count as absent */
export function publishedScope(snapshot: ConfigurationSnapshot, published: readonly string[]): PublishedScope {
  const known = scopes(snapshot);
  const scope = known.get(published) ?? makeScope(snapshot, published);
  known.set(published, scope);
  return scope;
}

function makeScope(snapshot: ConfigurationSnapshot, published: readonly string[]): PublishedScope {
  const names = new Set(published.map(foldName));
  const applications = applicationModel(snapshot).applications.filter(({ name }) => names.has(foldName(name)));
  return { applications, domains: domainsOf(applications) };
}

/** The domains of the applications' realms, by name, each once. */
export function domainsOf(applications: readonly Application[]): readonly Domain[] {
  const domains = new Set(applications.flatMap(({ realm }) => realm?.domains ?? []));
  return [...domains].toSorted((one, other) => one.name.localeCompare(other.name, 'en'));
}
