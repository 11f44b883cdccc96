import type { PasswordRules } from '../password-rules.js';
import type { LdapEntry } from '../ldap/ldap-entry.js';

/** The rules of a pwdPolicy entry (draft-behera-ldap-password-policy section 5.2, slapo-ppolicy(5)). */
export interface PasswordPolicyEntry {
  /** Bytes at least; judged only when {@link checksQuality}. */
  readonly minLength: number;
  /** Bytes at most; 0 for no limit. */
  readonly maxLength: number;
  readonly checksQuality: boolean;
  /** How many earlier passwords are refused. */
  readonly inHistory: number;
  /** Seconds. */
  readonly minAge: number;
  /** Seconds; 0 for ever. */
  readonly maxAge: number;
  readonly locksOut: boolean;
  /** Seconds; 0 until an administrator unlocks. */
  readonly lockoutDuration: number;
  readonly allowsUserChange: boolean;
  readonly mustChangeAfterReset: boolean;
}

export const POLICY_ATTRIBUTES = [
  'pwdMinLength',
  'pwdMaxLength',
  'pwdCheckQuality',
  'pwdInHistory',
  'pwdMinAge',
  'pwdMaxAge',
  'pwdLockout',
  'pwdLockoutDuration',
  'pwdAllowUserChange',
  'pwdMustChange',
];

export function readPolicy(entry: LdapEntry): PasswordPolicyEntry {
  const number = (name: string) => entry.integer(name) ?? 0;
  return {
    minLength: number('pwdMinLength'),
    maxLength: number('pwdMaxLength'),
    checksQuality: number('pwdCheckQuality') > 0,
    inHistory: number('pwdInHistory'),
    minAge: number('pwdMinAge'),
    maxAge: number('pwdMaxAge'),
    locksOut: entry.boolean('pwdLockout') ?? false,
    lockoutDuration: number('pwdLockoutDuration'),
    allowsUserChange: entry.boolean('pwdAllowUserChange') ?? true,
    mustChangeAfterReset: entry.boolean('pwdMustChange') ?? false,
  };
}

/** The policy as the rules that a page shows; zero means "not demanded" there. */
export function rulesOf(policy: PasswordPolicyEntry): PasswordRules {
  const length = policy.checksQuality
    ? { ...demanded('minLength', policy.minLength), ...demanded('maxLength', policy.maxLength) }
    : {};
  return {
    ...length,
    ...demanded('history', policy.inHistory),
    ...demanded('minAge', policy.minAge),
    ...demanded('maxAge', policy.maxAge),
  };
}

function demanded(rule: keyof PasswordRules, value: number): PasswordRules {
  return value > 0 ? { [rule]: value } : {};
}
