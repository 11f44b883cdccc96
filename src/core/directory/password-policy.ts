import { objectSetting, textSetting } from '../settings/setting-types.js';
import type { PasswordRules } from './password-rules.js';

/** Our own rules for new passwords, or `directory`: what the directory demands is all. */
export type PasswordPolicy = OwnPasswordPolicy | 'directory';

export interface OwnPasswordPolicy {
  /** Characters at least. */
  readonly min_length: number;
  /** Characters at most. */
  readonly max_length: number;
  /** Character classes (lower case, upper case, digit, other) that must occur, 1 to 4. */
  readonly classes: number;
  /** Characters from which on `classes` is not demanded; 0 = always demanded. */
  readonly passphrase_length: number;
  /** Neither the login nor a part of the person's name may occur in the password. */
  readonly not_login: boolean;
  /** Common passwords are refused. */
  readonly not_common: boolean;
  /** Earlier passwords that are refused; built-in directory only. */
  readonly history: number;
  /** Further words that must not be the password. */
  readonly blocked: readonly string[];
}

/** NIST SP 800-63B asks for 8 and at least 64 accepted; the classes are the contract's (manager-json-rpc section 11). */
const DEFAULT_POLICY: OwnPasswordPolicy = {
  min_length: 8,
  max_length: 256,
  classes: 3,
  passphrase_length: 20,
  not_login: true,
  not_common: true,
  history: 0,
  blocked: [],
};

export const passwordPolicy = objectSetting<PasswordPolicy>({
  name: 'pwd_policy',
  scope: 'domain',
  default: DEFAULT_POLICY,
  values:
    '`directory`, or an object of min_length (4 to 128), max_length (64 to 1024), classes (1 to 4), passphrase_length (0 to 128), ' +
    'not_login, not_common (true or false), history (0 to 50) and blocked (a list of words); what is left out keeps its default, ' +
    'and min_length must not exceed max_length',
  meaning:
    'Rules for a new password. Our own rules apply on top of what the directory demands; with `directory` they do not apply, ' +
    'which the built-in directory cannot have, because it demands nothing. ' +
    'From `passphrase_length` characters on, `classes` is not demanded. `history` counts in the built-in directory; ' +
    'others keep their own. Manager JSON-RPC, section 10.2; IAM REST, section 7.',
  parse: parsePolicy,
});

export const passwordPolicyText = textSetting({
  name: 'pwd_policy_text',
  scope: 'domain',
  default: '',
  maxLength: 2_000,
  meaning:
    'Text shown to the person in place of the sentences made from the rules; for directories whose rules cannot be read. ' +
    'Manager JSON-RPC, section 11, *Password Policy Text*.',
});

/** The own policy in the words of {@link PasswordRules}. */
export function rulesOf(policy: PasswordPolicy): PasswordRules {
  if (policy === 'directory') return {};
  return {
    minLength: policy.min_length,
    maxLength: policy.max_length,
    ...(policy.classes > 1 && { classes: policy.classes }),
    ...(policy.classes > 1 && policy.passphrase_length > 0 && { passphraseLength: policy.passphrase_length }),
    ...(policy.not_login && { notName: true }),
    ...(policy.not_common && { notCommon: true }),
    ...(policy.history > 0 && { history: policy.history }),
  };
}

/** What holds when both sets of rules do: the stricter one of each. */
export function stricterRules(a: PasswordRules, b: PasswordRules): PasswordRules {
  const merged: PasswordRules = {
    minLength: larger(a.minLength, b.minLength),
    maxLength: smaller(a.maxLength, b.maxLength),
    classes: larger(a.classes, b.classes),
    // A passphrase is let off the classes only where every demand for classes lets it off.
    passphraseLength: [a, b].some((rules) => rules.classes !== undefined && rules.passphraseLength === undefined)
      ? undefined
      : larger(a.passphraseLength, b.passphraseLength),
    notName: a.notName || b.notName,
    notCommon: a.notCommon || b.notCommon,
    history: larger(a.history, b.history),
    minAge: larger(a.minAge, b.minAge),
    maxAge: smaller(a.maxAge, b.maxAge),
    text: b.text ?? a.text,
  } satisfies Record<keyof PasswordRules, unknown>;
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined));
}

function larger(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.max(a, b);
}

function smaller(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);
}

function parsePolicy(value: unknown): PasswordPolicy | undefined {
  if (value === 'directory') return value;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const unknown = Object.keys(value).some((key) => !Object.hasOwn(DEFAULT_POLICY, key));
  const policy = { ...DEFAULT_POLICY, ...(value as Partial<OwnPasswordPolicy>) };
  const fits =
    !unknown &&
    within(policy.min_length, 4, 128) &&
    within(policy.max_length, 64, 1_024) &&
    policy.min_length <= policy.max_length &&
    within(policy.classes, 1, 4) &&
    within(policy.passphrase_length, 0, 128) &&
    within(policy.history, 0, 50) &&
    typeof policy.not_login === 'boolean' &&
    typeof policy.not_common === 'boolean' &&
    Array.isArray(policy.blocked) &&
    policy.blocked.every((word) => typeof word === 'string');
  return fits ? policy : undefined;
}

function within(value: unknown, min: number, max: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max;
}
