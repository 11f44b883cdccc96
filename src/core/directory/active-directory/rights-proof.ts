import type { Finding } from '../directory.js';
import { proveEach } from '../ldap/examination.js';
import type { LdapConnection } from '../ldap/ldap-connection.js';
import type { LdapEntry } from '../ldap/ldap-entry.js';
import { present } from '../ldap/ldap-filters.js';
import { modifyRequest, searchRequest } from '../ldap/ldap-requests.js';
import { RESULT } from '../ldap/result-codes.js';
import { policyOf } from './account-policy.js';
import { readRootDse } from './root-dse.js';
import { IMPOSSIBLE_PASSWORD } from './unicode-pwd.js';

const PASSWORDS = {
  subject: 'passwords',
  may: 'set passwords',
  advice: 'delegate "Reset password" on the organisational unit of the people to it',
};
const UNLOCKING = {
  subject: 'unlocking',
  may: 'lift locks',
  advice: 'delegate "Write lockoutTime" on the organisational unit of the people to it',
};

/** Proves by dry runs what the service account of an Active Directory may do. */
export async function activeDirectoryRights(
  sample: readonly LdapEntry[],
  connection: LdapConnection,
): Promise<Finding[]> {
  // Accounts of the system are protected from help desks and say nothing about people.
  const people = sample.filter((entry) => entry.boolean('isCriticalSystemObject') !== true);
  return [
    await proveEach(people, PASSWORDS, (entry) => maySetPassword(entry, connection)),
    await proveEach(people, UNLOCKING, (entry) => mayUnlock(entry, connection)),
    await policy(people, connection),
  ];
}

/**
 * The right to reset passwords is not among the attributes that an account may write, so an impossible password is
 * offered: one that is allowed to set passwords is told that it is none, others that they may not.
 */
async function maySetPassword({ dn }: LdapEntry, connection: LdapConnection): Promise<boolean | undefined> {
  const change = { operation: 'replace', attribute: 'unicodePwd', values: [IMPOSSIBLE_PASSWORD] } as const;
  const { status } = await connection.send(modifyRequest(dn, [change]));
  if (status === RESULT.insufficientAccessRights) return false;
  return status === RESULT.unwillingToPerform || status === RESULT.constraintViolation ? true : undefined;
}

async function mayUnlock({ dn }: LdapEntry, connection: LdapConnection): Promise<boolean | undefined> {
  const attributes = ['allowedAttributesEffective'];
  const options = { base: dn, scope: 'base', filter: present('objectClass'), attributes, sizeLimit: 1 } as const;
  const [entry] = (await connection.send(searchRequest(options))).entries;
  return entry?.texts('allowedAttributesEffective').some((name) => name.toLowerCase() === 'lockouttime');
}

/** Judged by the first policy that can be read: single people may have one of their own that is kept from us. */
async function policy(sample: readonly LdapEntry[], connection: LdapConnection): Promise<Finding> {
  const subject = 'password policy';
  const root = await readRootDse(connection);
  for (const person of sample) {
    const found = await policyOf(person, root, connection);
    if (!found) continue;
    const unchecked = found.history > 0 && !root.policyHints;
    const history = 'found; this server does not compare passwords set by the service account with earlier ones';
    return { ok: true, subject, text: unchecked ? history : 'found, and enforced by the server' };
  }
  return { ok: false, subject, text: 'cannot be read; let the service account read the domain object' };
}
