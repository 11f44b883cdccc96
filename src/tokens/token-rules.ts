import type { ConfigurationSnapshot } from '../core/domains/configuration-snapshot.js';
import { perSnapshot } from '../core/domains/per-snapshot.js';
import { given, type Policy } from '../core/policies/policy.js';
import { CHALLENGE_CODE, GRID_GO } from '../core/policies/categories/authenticators.js';
import { LOCKOUT } from '../core/policies/categories/logging-on.js';
import { policyInForce } from '../core/policies/policy-model.js';
import { onDemandRules, type OnDemandRules } from './kinds/on-demand/on-demand-rules.js';
import { productRules, type ProductRules } from './product-rules.js';
import {
  autoLookAhead,
  autoSyncWindow,
  checkLookAhead,
  checkSyncWindow,
  lockMinutes,
  manualLookAhead,
  manualSyncWindow,
  maxFailures,
  passcodeHistory,
  requirePinPrefix,
} from './token-settings.js';

/** The rules for the tokens of some people, as they are in force now: the settings, and the policies laid over them. */
export interface TokenRules extends ProductRules {
  /** Attempts that are examined in a row. */
  readonly maxFailures: number;
  /** Seconds; undefined = until an administrator unlocks. */
  readonly lockSeconds: number | undefined;
  /** Whether people have to wait longer after each failure: 0, 0, 1, 2, 4 … 30 seconds. Not, when absent. */
  readonly growingDelay?: boolean | undefined;
  /** What policies say otherwise for the tokens of a product, by its code; see {@link rulesOf}. */
  readonly products: ReadonlyMap<string, ProductRules>;
  readonly onDemand: OnDemandRules;
  /** Seconds for which a numeric challenge may be answered; undefined = as its kind has it. */
  readonly challengeSeconds: number | undefined;
  /** Digits of a numeric challenge; undefined = as the token's suite has it. */
  readonly challengeDigits?: number | undefined;
  /** Whether a path that leaves a grid on screen comes in at the other side; undefined = as the token has it. */
  readonly gridWrap: boolean | undefined;
  /** Passcodes along a path that are remembered and refused; undefined = as many as of other passcodes of the product. */
  readonly gridHistory?: number | undefined;
}

/** The policy in force in a category, for those whose rules are asked for. */
export type PolicyLookup = (category: string) => Policy | undefined;

/** As many failures as there may be in a row, whoever says never to lock (NIST SP 800-63B, section 5.2.2). */
const MOST_FAILURES = 100;

const ofDomains = perSnapshot(() => new Map<string, TokenRules>());

/** The rules that hold for all people of a domain, whatever they log on to. */
export function tokenRules(snapshot: ConfigurationSnapshot, domainId: string): TokenRules {
  const known = ofDomains(snapshot);
  const rules =
    known.get(domainId) ??
    tokenRulesBy(snapshot, domainId, (category) => policyInForce(snapshot, category, { domainId }));
  known.set(domainId, rules);
  return rules;
}

/** The settings of a domain, and over them what these policies say (authentication methods, section 6.8). */
export function tokenRulesBy(snapshot: ConfigurationSnapshot, domainId: string, policyFor: PolicyLookup): TokenRules {
  const lockout = policyFor('lockout');
  const failures = given(lockout, LOCKOUT.maxFailures) ?? snapshot.setting(maxFailures, domainId);
  const minutes = given(lockout, LOCKOUT.lockMinutes) ?? snapshot.setting(lockMinutes, domainId);
  const challenge = policyFor('challengeCode');
  const gridGo = policyFor('GridGo');
  const rules = {
    maxFailures: failures === 0 ? MOST_FAILURES : failures,
    lockSeconds: minutes === 0 ? undefined : minutes * 60,
    time: {
      auto: snapshot.setting(autoSyncWindow, domainId),
      check: snapshot.setting(checkSyncWindow, domainId),
      manual: snapshot.setting(manualSyncWindow, domainId),
    },
    event: {
      auto: snapshot.setting(autoLookAhead, domainId),
      check: snapshot.setting(checkLookAhead, domainId),
      manual: snapshot.setting(manualLookAhead, domainId),
    },
    passcodeHistory: snapshot.setting(passcodeHistory, domainId),
    pinPrefix: snapshot.setting(requirePinPrefix, domainId),
    onDemand: onDemandRules(snapshot, domainId, policyFor('T-Pass')),
    challengeSeconds: given(challenge, CHALLENGE_CODE.lifetimeSeconds),
    challengeDigits: given(challenge, CHALLENGE_CODE.length),
    gridWrap: given(gridGo, GRID_GO.wrap),
    gridHistory: given(gridGo, GRID_GO.passcodeHistory),
  };
  return { ...rules, products: productRules(snapshot, rules, policyFor) };
}

/** The rules for the tokens of one product. A PIN that is asked for anyway is asked for whatever the product. */
export function rulesOf(rules: TokenRules, product: string): TokenRules {
  const own = rules.products.get(product);
  return own ? { ...rules, ...own, pinPrefix: rules.pinPrefix || own.pinPrefix } : rules;
}
