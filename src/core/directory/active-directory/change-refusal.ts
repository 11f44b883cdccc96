import type { PlainSecret } from '../../crypto/secret-types.js';
import { DomainError, type DomainErrorCode } from '../../errors/domain-error.js';
import type { LdapEntry } from '../ldap/ldap-entry.js';
import type { LdapReply } from '../ldap/ldap-reply.js';
import { describe, refusalOf } from '../ldap/refusals.js';
import { RESULT } from '../ldap/result-codes.js';
import type { AccountPolicy } from './account-policy.js';
import { fileTime } from './file-time.js';

/** What is known about a change that was refused. */
export interface RefusedChange {
  readonly password: PlainSecret;
  readonly entry: LdapEntry;
  readonly policy: AccountPolicy | undefined;
  /** Whether the server was asked to heed history and age. */
  readonly heedsHistory: boolean;
  readonly now: Date;
}

/** ERROR_PASSWORD_RESTRICTION: all that Windows says when any rule of the policy is broken. */
const PASSWORD_RESTRICTION = /\b0000052D\b/i;

/** ERROR_GEN_FAILURE: what Windows says to a password in a connection without encryption. */
const NOT_ENCRYPTED = /\b0000001F\b/i;

/** Samba adds which rule it was. */
const NAMED_RULES: readonly (readonly [RegExp, DomainErrorCode])[] = [
  [/password is too short/i, 'password-too-short'],
  [/complexity criteria/i, 'password-too-simple'],
  [/in history/i, 'password-in-history'],
  [/too young/i, 'password-too-young'],
];

const SHORTEST_NAME = 3;
const COMPLEX_CLASSES = 3;
/** Kinds of characters that count for complexity; letters without case count as one more. */
const CLASSES = [/\p{Lu}/u, /\p{Ll}/u, /[0-9]/, /[^\p{L}0-9]/u, /[\p{Lo}\p{Lm}]/u];

/** The refusal of a new password, with the most likely rule where the directory names none. */
export function changeRefusal(reply: LdapReply, change: RefusedChange): DomainError {
  const detail = describe(reply, 'setting a password');
  const { status, diagnostic } = reply;
  if (status === RESULT.noSuchObject) return new DomainError('account-not-found', { detail });
  if (status !== RESULT.constraintViolation && status !== RESULT.unwillingToPerform) {
    return refusalOf(reply, 'setting a password');
  }
  if (NOT_ENCRYPTED.test(diagnostic)) return new DomainError('directory-misconfigured', { detail });
  const named = NAMED_RULES.find(([words]) => words.test(diagnostic))?.[1];
  const code = named ?? (PASSWORD_RESTRICTION.test(diagnostic) ? likeliestRule(change) : 'password-refused');
  return new DomainError(code, { params: paramsOf(code, change.policy), detail });
}

/** Whether the last change is too recent for another one. */
export function isTooYoung(entry: LdapEntry, { minAge }: AccountPolicy, now: Date): boolean {
  const changed = fileTime(entry.text('pwdLastSet'));
  return minAge > 0 && changed !== undefined && now.getTime() < changed.getTime() + minAge * 1000;
}

function likeliestRule({ password, entry, policy, heedsHistory, now }: RefusedChange): DomainErrorCode {
  if (!policy) return 'password-refused';
  if (password.length < policy.minLength) return 'password-too-short';
  if (policy.complex && countClasses(password) < COMPLEX_CLASSES) return 'password-too-simple';
  if (policy.complex && containsName(password, entry)) return 'password-contains-name';
  if (isTooYoung(entry, policy, now)) return 'password-too-young';
  return heedsHistory && policy.history > 0 ? 'password-in-history' : 'password-refused';
}

function countClasses(password: string): number {
  return CLASSES.filter((kind) => kind.test(password)).length;
}

/** The rule of Windows: neither the login, nor a part of three or more characters of the display name. */
function containsName(password: string, entry: LdapEntry): boolean {
  const login = entry.text('sAMAccountName') ?? '';
  const parts = (entry.text('displayName') ?? '').split(/[\s,.\-_#]+/);
  const haystack = password.toLowerCase();
  return [login, ...parts].some((name) => name.length >= SHORTEST_NAME && haystack.includes(name.toLowerCase()));
}

function paramsOf(code: DomainErrorCode, policy: AccountPolicy | undefined): Record<string, number> {
  if (!policy) return {};
  if (code === 'password-too-short') return { min: policy.minLength };
  if (code === 'password-too-simple' && policy.complex) return { classes: COMPLEX_CLASSES };
  if (code === 'password-in-history') return { history: policy.history };
  if (code === 'password-too-young') return { minAge: policy.minAge };
  return {};
}
