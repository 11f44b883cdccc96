import type { PasswordCheck } from '../directory.js';
import type { LdapReply } from '../ldap/ldap-reply.js';
import { RESULT } from '../ldap/result-codes.js';
import { judgeUserBind } from '../ldap/user-bind.js';

type CheckCode = Extract<PasswordCheck, { ok: false }>['code'];

/**
 * Windows error codes in the words that come with a refused bind (`AcceptSecurityContext error, data 52e`), in hex.
 * 530 and 531 mean a right password at the wrong hour or computer: no log-on now, as if the account were switched off.
 */
const SUB_CODES: Readonly<Record<string, CheckCode>> = {
  '525': 'credentials-invalid',
  '52e': 'credentials-invalid',
  '530': 'account-disabled',
  '531': 'account-disabled',
  '532': 'password-expired',
  '533': 'account-disabled',
  '701': 'account-expired',
  '773': 'password-must-change',
  '775': 'account-locked',
};

/** What the end of a person's bind says. @throws DomainError when the server did not judge it */
export function judgeActiveDirectoryBind(reply: LdapReply): PasswordCheck {
  if (reply.status !== RESULT.invalidCredentials) return judgeUserBind(reply);
  const subCode = /\bdata ([0-9a-f]{1,8})\b/i.exec(reply.diagnostic)?.[1]?.toLowerCase() ?? '';
  return { ok: false, code: SUB_CODES[subCode] ?? 'credentials-invalid' };
}
