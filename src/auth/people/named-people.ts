import type { ConfigurationSnapshot } from '../../core/domains/configuration-snapshot.js';
import type { Domain } from '../../core/domains/domain.entity.js';
import { AuthRefusal } from '../../surfaces/auth-envelope/auth-refusal.js';
import type { UserReference } from '../../surfaces/auth-envelope/references.js';

/** Domains whose people a call may be about. */
export interface RealmScope {
  readonly snapshot: ConfigurationSnapshot;
  readonly domains: readonly Domain[];
}

/** Where somebody may be, and under which login. */
export interface NamedPlace {
  readonly domain: Domain;
  readonly login: string;
}

/**
 * The domain that a reference names, by identifier, by name, or by both, which must mean the same.
 *
 * @throws AuthRefusal 241, 242
 */
export function namedDomain(scope: RealmScope, { domainId, domainName }: UserReference): Domain | undefined {
  if (domainId === undefined && domainName === undefined) return undefined;
  const { snapshot } = scope;
  const byId = domainId === undefined ? undefined : snapshot.domainById(domainId);
  const domain = domainName === undefined ? byId : snapshot.domain(domainName);
  if (!domain || domain.blocked || (domainId !== undefined && domain.id !== domainId)) throw new AuthRefusal(241);
  return withinRealm(scope, domain);
}

/** @throws AuthRefusal 242 */
export function withinRealm({ domains }: RealmScope, domain: Domain): Domain {
  if (!domains.some(({ id }) => id === domain.id)) throw new AuthRefusal(242);
  return domain;
}

/**
 * The places at which a login is looked for (authentication methods, section 2.1): in the domain that is named beside it, in the
 * one that it names itself as `DOM\name` or `name@dom`, else everywhere in the realm. What names a domain means that
 * domain and no other, so that nobody passes for somebody by taking a login that looks like theirs. What stands behind
 * `@` and names no domain is part of the login.
 *
 * @throws AuthRefusal 241, 242 for a domain that the login itself names
 */
export function placesOf(scope: RealmScope, loginName: string, within: Domain | undefined): NamedPlace[] {
  const login = loginName.normalize('NFKC');
  const { prefix, rest } = cut(login, login.indexOf('\\'));
  if (prefix !== undefined && rest !== undefined) {
    const named = scope.snapshot.domain(prefix);
    if (within) return places(within, login, named === within ? rest : undefined);
    if (!named) throw new AuthRefusal(241);
    return places(withinRealm(scope, named), rest);
  }
  const { prefix: name, rest: suffix } = cut(login, login.lastIndexOf('@'));
  const named = suffix === undefined ? undefined : scope.snapshot.domain(suffix);
  if (within) return places(within, login, named === within ? name : undefined);
  if (named) return places(withinRealm(scope, named), login, name);
  return scope.domains.map((domain) => ({ domain, login }));
}

function places(domain: Domain, ...logins: readonly (string | undefined)[]): NamedPlace[] {
  return logins.filter((login) => login !== undefined).map((login) => ({ domain, login }));
}

/** What stands on both sides of a sign, when something does. */
function cut(text: string, at: number): { prefix: string | undefined; rest: string | undefined } {
  if (at <= 0 || at === text.length - 1) return { prefix: undefined, rest: undefined };
  return { prefix: text.slice(0, at), rest: text.slice(at + 1) };
}
