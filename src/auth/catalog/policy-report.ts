import { Injectable } from '@nestjs/common';
import { passwordPolicy } from '../../core/directory/password-policy.js';
import type { FoundPerson } from '../../core/directory/people.js';
import { type ConfigurationSnapshot, SERVER_SCOPE } from '../../core/domains/configuration-snapshot.js';
import { declaredId } from '../../core/domains/declared-id.js';
import { foldName } from '../../core/domains/fold-name.js';
import { keptHistory, stricterPasswordPolicy } from '../../core/policies/own-password-policy.js';
import type { Policy, PolicyHolder } from '../../core/policies/policy.js';
import { declaredCategories } from '../../core/policies/policy-model.js';
import {
  CATEGORIES,
  isProductCategory,
  type OptionsByName,
  optionsOf,
  supportedOf,
} from '../../core/policies/policy-categories.js';
import { AuthRefusal } from '../../surfaces/auth-envelope/auth-refusal.js';
import type { WireObject } from '../../surfaces/auth-envelope/auth-result.js';
import { allProducts } from '../../tokens/products.js';
import { Applications, type PublishedAgent } from '../applications/applications.js';
import { Policies, type PolicyQuestion } from '../policies/policies.js';
import { passwordOptions } from './password-options.js';
import { policyDefaults } from './policy-defaults.js';
import { applicationObject, domainObject } from './wire-objects.js';

/** Categories of the console that have no options here, and token products that are always known. */
const OTHERS = ['Emergency Code', 'Computer Logon Agent', 'Computer Logon Client'];
const PRODUCTS = ['MobileID/Time-Based', 'Microsoft Authenticator/Time-Based'];

/** Who asks, and by which configuration. */
interface Asking {
  readonly snapshot: ConfigurationSnapshot;
  readonly agent: PublishedAgent & { readonly name: string };
}

/** What agents are told of policies (authentication methods, sections 4.15 and 6.8). */
@Injectable()
export class PolicyReport {
  constructor(
    private readonly policies: Policies,
    private readonly applications: Applications,
  ) {}

  /** The policy in force; the defaults under the name `default` where none is. @throws AuthRefusal 370 */
  async of(asking: Asking, name: string, question: PolicyQuestion): Promise<WireObject> {
    const { snapshot } = asking;
    const category = knownCategory(snapshot, name);
    const policy = await this.policies.inForce(snapshot, category, question);
    const defaults = policyDefaults(snapshot, category, question.found?.domain.id);
    const options = optionsFor(policy, optionsOf(category) ?? {}, defaults);
    return {
      id: policy?.id ?? declaredId('policy', 'default', category),
      name: policy?.name ?? 'default',
      description: policy?.description ?? null,
      category,
      enabled: true,
      priority: policy?.priority ?? 0,
      holder: holderObject(snapshot, policy?.holder ?? { kind: 'system' }),
      applications: () => this.boundTo(asking, policy),
      options: category === 'password' ? await passwordOptionsFor(snapshot, policy, question.found) : options,
    };
  }

  /** Those of them that the agent is published on: what else there is, is none of its business. */
  private boundTo(asking: Asking, policy: Policy | undefined): WireObject[] {
    const names = new Set(policy?.applications.map(foldName));
    return this.applications
      .ofAgent(asking.snapshot, asking.agent)
      .filter(({ name }) => names.has(foldName(name)))
      .map((application) => applicationObject(asking, application));
  }
}

/** The category in its usual spelling. @throws AuthRefusal 370 */
function knownCategory(snapshot: ConfigurationSnapshot, name: string): string {
  const products = allProducts(snapshot).flatMap((product) => [product.name, product.code]);
  const known = [
    ...Object.keys(CATEGORIES),
    ...OTHERS,
    ...PRODUCTS,
    ...declaredCategories(snapshot),
    ...products.filter(isProductCategory),
  ];
  const found = known.find((candidate) => foldName(candidate) === foldName(name));
  if (found === undefined) throw new AuthRefusal(370);
  return found;
}

/** What the policy says, as far as it is possible still and agents may read it, and what holds otherwise. */
function optionsFor(
  policy: Policy | undefined,
  declared: OptionsByName,
  defaults: Readonly<Record<string, string>>,
): Record<string, string> {
  const readable = supportedOf(declared).filter(({ secret }) => !secret);
  return Object.fromEntries(
    readable.map((option) => {
      const given = policy?.options.get(option.name);
      const possible = given !== undefined && option.parse(given) !== undefined;
      return [option.name, option.shown(possible ? given : (defaults[option.name] ?? option.fallback))];
    }),
  );
}

/** @throws DomainError `directory-unavailable`, `directory-misconfigured` */
async function passwordOptionsFor(
  snapshot: ConfigurationSnapshot,
  policy: Policy | undefined,
  found: FoundPerson | undefined,
): Promise<Readonly<Record<string, string>>> {
  const setting = snapshot.setting(passwordPolicy, found?.domain.id ?? SERVER_SCOPE);
  const own = stricterPasswordPolicy(setting, policy);
  const directory = await found?.directory.passwordRules(found.person);
  return passwordOptions(policy, found ? keptHistory(own, found.directory) : own, directory ?? {});
}

function holderObject(snapshot: ConfigurationSnapshot, holder: PolicyHolder): WireObject {
  if (holder.kind === 'system') return { type: 'SYSTEM', name: null, domain: null };
  const domain = snapshot.domainById(holder.domainId);
  return {
    type: holder.kind.toUpperCase(),
    name: holder.kind === 'domain' ? (domain?.name ?? null) : holder.name,
    domain: domain ? domainObject(domain) : null,
  };
}
