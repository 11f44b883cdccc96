import type { PolicyOption } from './policy-option.js';

/** Whom a policy is for (authentication methods, section 4.15). */
export type PolicyHolder =
  | { readonly kind: 'system' }
  | { readonly kind: 'domain'; readonly domainId: string }
  | {
      readonly kind: 'user' | 'group' | 'unit';
      readonly domainId: string;
      /** As it is declared: a login, the name or DN of a group, the DN of a unit. */
      readonly name: string;
    };

/** Options of one category, for some people and applications. */
export interface Policy {
  /** Stable; see `declaredId`. */
  readonly id: string;
  readonly name: string;
  readonly description: string | undefined;
  /** As it is declared, e.g. `logon` or `MobileID/Time-Based`. */
  readonly category: string;
  readonly holder: PolicyHolder;
  readonly enabled: boolean;
  /** Names of the applications that it is bound to; empty = all. */
  readonly applications: readonly string[];
  readonly priority: number;
  /** As texts; what is not among them falls back to settings and defaults. Secret ones are in plain. */
  readonly options: ReadonlyMap<string, string>;
}

/** Whom policies are resolved for. Without `domainId` only those of the whole server hold. */
export interface PolicySubject {
  readonly domainId?: string;
  /** Logins of the person. */
  readonly logins?: readonly string[];
  /** DN of the person. */
  readonly dn?: string;
  /** Names and DNs of the person's groups. */
  readonly groups?: readonly string[];
}

/** What a policy says of an option; undefined when it says nothing, or what is not possible any more. */
export function given<T>(policy: Policy | undefined, option: PolicyOption<T>): T | undefined {
  const text = policy?.options.get(option.name);
  return text === undefined ? undefined : option.parse(text);
}

/**
 * What holds: what the policy says, else the default. A stored value that is not possible any more counts as left out,
 * unless the option has something stricter to take its place.
 */
export function inForce<T>(policy: Policy | undefined, option: PolicyOption<T>): T {
  const unreadable = policy?.options.has(option.name) && given(policy, option) === undefined;
  if (unreadable && option.unreadable !== undefined) return option.unreadable;
  const value = given(policy, option) ?? option.parse(option.fallback);
  if (value === undefined) throw new Error(`the default of ${option.name} is not possible`);
  return value;
}
