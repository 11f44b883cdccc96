import type { Person } from '../../core/directory/directory.js';
import type { Domain } from '../../core/domains/domain.entity.js';
import type { ConfigurationSnapshot } from '../../core/domains/configuration-snapshot.js';
import { ACTIVATION_CODE } from '../../core/policies/categories/self-service.js';
import { TOKEN_PRODUCT } from '../../core/policies/categories/token-product.js';
import { isProductCategory } from '../../core/policies/policy-categories.js';
import type { WireChannel } from '../../core/policies/channel-names.js';
import { inForce, type Policy, type PolicySubject } from '../../core/policies/policy.js';
import { policyInForce } from '../../core/policies/policy-model.js';
import { type Product, productOf } from '../products.js';
import type { CodeShape } from './code-text.js';

/** How activation codes are made and sent (authentication methods, section 6.9). */
export interface ActivationCodeRules extends CodeShape {
  /** Undefined = without an end. */
  readonly lifetimeSeconds: number | undefined;
  readonly maxAttempts: number;
  readonly channel: WireChannel;
}

/** What an assigned token is: active at once, waiting for the code that is sent, or for one that is sent later. */
export type ActivationMode = 'AUTO' | 'SEND_CODE' | 'NONE';

const HOUR = 3_600;

/** Whom policies are looked up for; the person's groups where the caller has read them. */
export type ActivationSubject = Required<Pick<PolicySubject, 'domainId' | 'logins' | 'dn'>> &
  Pick<PolicySubject, 'groups'>;

export function subjectOf({
  domain,
  person,
}: {
  readonly domain: Pick<Domain, 'id'>;
  readonly person: Person;
}): ActivationSubject {
  return { domainId: domain.id, logins: [person.login, ...(person.logins ?? [])], dn: person.dn };
}

export function activationCodeRules(snapshot: ConfigurationSnapshot, subject: PolicySubject): ActivationCodeRules {
  const policy = policyInForce(snapshot, 'activationCode', subject);
  const hours = inForce(policy, ACTIVATION_CODE.lifetimeHours);
  return {
    length: inForce(policy, ACTIVATION_CODE.length),
    charset: inForce(policy, ACTIVATION_CODE.charset),
    lifetimeSeconds: hours === 0 ? undefined : hours * HOUR,
    maxAttempts: inForce(policy, ACTIVATION_CODE.maxAttempts),
    channel: inForce(policy, ACTIVATION_CODE.channel),
  };
}

/** The policy of a token's product: of the category named as the product, or as its two codes. */
export function productPolicy(
  snapshot: ConfigurationSnapshot,
  productCode: string,
  subject: PolicySubject,
): Policy | undefined {
  return categoriesOf(productOf(snapshot, productCode))
    .map((category) => policyInForce(snapshot, category, subject))
    .find((policy) => policy !== undefined);
}

export function activationMode(
  snapshot: ConfigurationSnapshot,
  productCode: string,
  subject: PolicySubject,
): ActivationMode {
  return inForce(productPolicy(snapshot, productCode, subject), TOKEN_PRODUCT.activation);
}

function categoriesOf({ name, code }: Product): string[] {
  return [name, code].filter(isProductCategory);
}
