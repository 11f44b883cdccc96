import type { ConfigurationSnapshot } from '../core/domains/configuration-snapshot.js';
import { foldName } from '../core/domains/fold-name.js';
import { given, type Policy } from '../core/policies/policy.js';
import { TOKEN_PRODUCT } from '../core/policies/categories/token-product.js';
import type { SyncWindows } from './oath/sync-windows.js';
import { allProducts } from './products.js';

/** What policies can say for the tokens of one product (authentication methods, sections 6.2, 6.6 and 6.8). */
export interface ProductRules {
  /** To both sides, for tokens with a clock. */
  readonly time: SyncWindows;
  /** Forward only, for tokens with a counter. */
  readonly event: SyncWindows;
  /** Accepted passcodes that are remembered and refused. */
  readonly passcodeHistory: number;
  /** Whether a person who has a PIN shows it with every one-time password. */
  readonly pinPrefix: boolean;
  /** Whether it does only beside the password, wherever callers have a place of its own for it. */
  readonly pinSeparate?: boolean | undefined;
  /** Cells that a challenge of a grid card asks for; undefined = as many as usual. */
  readonly cells?: number | undefined;
  /** Undefined = as the card has it. */
  readonly cellReuse?: 'ONCE' | 'NOREPEAT' | undefined;
}

/**
 * What policies say of products, by the code of the product. A policy is for the product whose name, or whose
 * `manufacturerCode/productCode`, is its category.
 *
 * @param usual what holds where a policy says nothing
 */
export function productRules(
  snapshot: ConfigurationSnapshot,
  usual: ProductRules,
  policyFor: (category: string) => Policy | undefined,
): ReadonlyMap<string, ProductRules> {
  const rules = new Map<string, ProductRules>();
  for (const { code, name } of allProducts(snapshot)) {
    const policy = policyFor(name) ?? (foldName(name) === foldName(code) ? undefined : policyFor(code));
    if (policy) rules.set(code, rulesBy(policy, usual));
  }
  return rules;
}

function rulesBy(policy: Policy, usual: ProductRules): ProductRules {
  const pinMode = given(policy, TOKEN_PRODUCT.pinMode);
  return {
    time: windows(policy, usual.time, { auto: 30, check: 120, manual: 2_880 }),
    event: windows(policy, usual.event, { auto: 50, check: 200, manual: 2_000 }),
    passcodeHistory: given(policy, TOKEN_PRODUCT.passcodeHistory) ?? usual.passcodeHistory,
    pinPrefix: pinMode === undefined ? usual.pinPrefix : pinMode !== 'NONE',
    pinSeparate: pinMode === 'SEPARATE',
    cells: given(policy, TOKEN_PRODUCT.cells),
    cellReuse: given(policy, TOKEN_PRODUCT.cellReuse),
  };
}

/** The windows that a policy gives, as wide as the tokens' algorithm allows; each holds the one before it. */
function windows(policy: Policy, usual: SyncWindows, widest: SyncWindows): SyncWindows {
  const auto = Math.min(given(policy, TOKEN_PRODUCT.autoSyncWindow) ?? usual.auto, widest.auto);
  const check = Math.min(given(policy, TOKEN_PRODUCT.checkSyncWindow) ?? usual.check, widest.check);
  const manual = Math.min(given(policy, TOKEN_PRODUCT.manualSyncWindow) ?? usual.manual, widest.manual);
  return { auto, check: Math.max(auto, check), manual: Math.max(auto, check, manual) };
}
