import { foldName } from '../domains/fold-name.js';
import { LOGON, LOCKOUT, PASSWORD } from './categories/logging-on.js';
import { CHALLENGE_CODE, T_PASS, OOBA, GRID_GO } from './categories/authenticators.js';
import { ACTIVATION_CODE, SELF_SERVICE } from './categories/self-service.js';
import { TOKEN_PRODUCT } from './categories/token-product.js';
import type { PolicyOption } from './policy-option.js';

/** Options by their names, whatever their values. */
export type OptionsByName = Readonly<Record<string, PolicyOption<unknown>>>;

/** Of options, those that this version does something by. */
export function supportedOf(options: OptionsByName): PolicyOption<unknown>[] {
  return Object.values(options).filter(({ supported }) => supported);
}

/** The categories that are no product of tokens (authentication methods, section 6.8), in their usual spelling. */
export const CATEGORIES = {
  logon: LOGON,
  lockout: LOCKOUT,
  password: PASSWORD,
  activationCode: ACTIVATION_CODE,
  challengeCode: CHALLENGE_CODE,
  'T-Pass': T_PASS,
  OOBA,
  GridGo: GRID_GO,
  'self-service': SELF_SERVICE,
} as const satisfies Readonly<Record<string, OptionsByName>>;

/** A category named after a product of tokens. */
const PRODUCT = /^[A-Za-z0-9 ._-]{1,64}\/[A-Za-z0-9 ._-]{1,64}$/;

/** Whether a category is named as products of tokens are. */
export function isProductCategory(name: string): boolean {
  return PRODUCT.test(name);
}

/** The options of a category in whatever case; undefined when there is no such category. */
export function optionsOf(name: string): OptionsByName | undefined {
  const folded = foldName(name);
  const [, options] = Object.entries(CATEGORIES).find(([known]) => foldName(known) === folded) ?? [];
  return options ?? (isProductCategory(name) ? TOKEN_PRODUCT : undefined);
}
