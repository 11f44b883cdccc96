import type { PolicyDeclaration } from '../config/file/sections/policies.js';
import { below, parseDn } from '../directory/distinguished-name.js';
import type { ConfigurationSnapshot, Declared } from '../domains/configuration-snapshot.js';
import { declaredId } from '../domains/declared-id.js';
import { foldName } from '../domains/fold-name.js';
import { perSnapshot } from '../domains/per-snapshot.js';
import type { Policy, PolicyHolder, PolicySubject } from './policy.js';

/** Holders from the farthest to the nearest. */
const NEARNESS = ['system', 'domain', 'unit', 'group', 'user'] as const satisfies readonly PolicyHolder['kind'][];

/** What the texts of a subject are compared as; made once for each question. */
interface Folded {
  readonly domainId: string | undefined;
  readonly dn: string | undefined;
  readonly logins: ReadonlySet<string>;
  readonly groups: ReadonlySet<string>;
}

/** The policies that are declared, the one that wins first. */
class PolicyModel {
  private readonly byCategory: ReadonlyMap<string, readonly Policy[]>;
  /** Domains with a policy for a group of theirs. */
  private readonly withGroups: ReadonlySet<string>;
  /** Domains with a policy for somebody in particular. */
  private readonly withPeople: ReadonlySet<string>;

  constructor(snapshot: ConfigurationSnapshot) {
    const enabled = snapshot
      .declared('policy')
      .map((declared) => policy(snapshot, declared))
      .filter((declared) => declared !== undefined)
      .filter((declared) => declared.enabled);
    this.byCategory = Map.groupBy(enabled.toSorted(byPrecedence), ({ category }) => foldName(category));
    this.withGroups = domainsOf(enabled, ['group']);
    this.withPeople = domainsOf(enabled, ['user', 'group', 'unit']);
  }

  /** The policy in force: the first in order that is for the subject and the application. */
  find(category: string, subject: PolicySubject, applicationName: string | undefined): Policy | undefined {
    const candidates = this.byCategory.get(foldName(category));
    if (!candidates) return undefined;
    const folded = fold(subject);
    const application = applicationName === undefined ? undefined : foldName(applicationName);
    return candidates.find((candidate) => isBoundTo(candidate, application) && holds(candidate.holder, folded));
  }

  /** Categories in which something is declared and enabled, as they are declared. */
  get categories(): readonly string[] {
    return [...this.byCategory.values()].map(([first]) => first?.category ?? '');
  }

  readsGroups(domainId: string): boolean {
    return this.withGroups.has(domainId);
  }

  isPersonal(domainId: string): boolean {
    return this.withPeople.has(domainId);
  }
}

const policyModel = perSnapshot((snapshot) => new PolicyModel(snapshot));

/**
 * The policy in force in a category (authentication methods, section 4.15): enabled, nearest holder first (user, group,
 * unit, domain, server), bound to the application before bound to none, then the higher priority, then the smaller id.
 * Of units the innermost is nearest.
 *
 * @param category in whatever case
 * @param applicationName without one, policies that are bound to applications do not count
 */
export function policyInForce(
  snapshot: ConfigurationSnapshot,
  category: string,
  subject: PolicySubject,
  applicationName?: string,
): Policy | undefined {
  return policyModel(snapshot).find(category, subject, applicationName);
}

/** Categories in which a policy is declared and enabled. */
export function declaredCategories(snapshot: ConfigurationSnapshot): readonly string[] {
  return policyModel(snapshot).categories;
}

/** Whether the groups of a domain's people decide anything; they are read from the directory only then. */
export function readsGroups(snapshot: ConfigurationSnapshot, domainId: string): boolean {
  return policyModel(snapshot).readsGroups(domainId);
}

/** Whether policies can differ between the people of a domain. */
export function isPersonal(snapshot: ConfigurationSnapshot, domainId: string): boolean {
  return policyModel(snapshot).isPersonal(domainId);
}

/** Undefined for a policy whose domain is not there, or blocked. */
function policy(snapshot: ConfigurationSnapshot, { name, spec, secrets }: Declared): Policy | undefined {
  const declared = spec as unknown as PolicyDeclaration;
  const holder = holderOf(snapshot, declared.holder);
  if (!holder) return undefined;
  const sealed = Object.entries(secrets).map(([path, secret]) => [path.replace(/^options\./, ''), secret] as const);
  return {
    id: declaredId('policy', name),
    name,
    description: declared.description,
    category: declared.category,
    holder,
    enabled: declared.enabled,
    applications: declared.applications,
    priority: declared.priority,
    options: new Map([...Object.entries(declared.options), ...sealed]),
  };
}

function holderOf(snapshot: ConfigurationSnapshot, declared: PolicyDeclaration['holder']): PolicyHolder | undefined {
  if (!declared) return { kind: 'system' };
  const domainId = snapshot.domain(declared.domain)?.id;
  if (domainId === undefined) return undefined;
  for (const kind of ['user', 'group', 'unit'] as const) {
    const name = declared[kind];
    if (name !== undefined) return { kind, domainId, name };
  }
  return { kind: 'domain', domainId };
}

function byPrecedence(one: Policy, other: Policy): number {
  return (
    NEARNESS.indexOf(other.holder.kind) - NEARNESS.indexOf(one.holder.kind) ||
    depth(other.holder) - depth(one.holder) ||
    Number(other.applications.length > 0) - Number(one.applications.length > 0) ||
    other.priority - one.priority ||
    (one.id < other.id ? -1 : 1)
  );
}

function depth(holder: PolicyHolder): number {
  return holder.kind === 'unit' ? (parseDn(holder.name)?.length ?? 0) : 0;
}

function domainsOf(policies: readonly Policy[], kinds: readonly PolicyHolder['kind'][]): ReadonlySet<string> {
  return new Set(
    policies.flatMap(({ holder }) =>
      holder.kind !== 'system' && kinds.includes(holder.kind) ? [holder.domainId] : [],
    ),
  );
}

function fold({ domainId, dn, logins = [], groups = [] }: PolicySubject): Folded {
  return { domainId, dn, logins: new Set(logins.map(foldName)), groups: new Set(groups.map(foldName)) };
}

function isBoundTo({ applications }: Policy, application: string | undefined): boolean {
  return applications.length === 0 || applications.some((name) => foldName(name) === application);
}

function holds(holder: PolicyHolder, { domainId, dn, logins, groups }: Folded): boolean {
  if (holder.kind === 'system') return true;
  if (holder.domainId !== domainId) return false;
  if (holder.kind === 'domain') return true;
  if (holder.kind === 'unit') return dn !== undefined && below(dn, holder.name) !== undefined;
  return (holder.kind === 'user' ? logins : groups).has(foldName(holder.name));
}
