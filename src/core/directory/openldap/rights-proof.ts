import type { RandomSource } from '../../crypto/random-source.js';
import type { Finding } from '../directory.js';
import { proveEach } from '../ldap/examination.js';
import type { LdapConnection } from '../ldap/ldap-connection.js';
import type { LdapEntry } from '../ldap/ldap-entry.js';
import { control, type LdapChange, modifyRequest } from '../ldap/ldap-requests.js';
import { RESULT } from '../ldap/result-codes.js';
import type { PasswordPolicyEntry } from './password-policy-entry.js';
import type { PolicyFinder } from './policy-finder.js';
import { ppolicyErrorOf, ppolicyRequest } from './ppolicy-control.js';

/** No-Op control (draft-zeilenga-ldap-noop): everything is checked, nothing is done. */
const NO_OP = '1.3.6.1.4.1.4203.666.5.2';

const PASSWORDS = {
  subject: 'passwords',
  may: 'set passwords',
  advice: 'give it write access to the attribute userPassword of people',
};
const UNLOCKING = {
  subject: 'unlocking',
  may: 'lift locks',
  advice: 'give it write access to the attribute pwdAccountLockedTime of people',
};

const NO_POLICY: Finding = {
  ok: true,
  subject: 'password policy',
  text: 'none found; if the server has a default policy, set ppolicyDn and let the service account read it',
};

/** Proves by dry runs what the service account of an OpenLDAP may do. */
export class OpenLdapRightsProof {
  constructor(
    private readonly policies: PolicyFinder,
    private readonly random: RandomSource,
  ) {}

  async findings(sample: readonly LdapEntry[], connection: LdapConnection): Promise<Finding[]> {
    const passwords = await proveEach(sample, PASSWORDS, (entry) => this.maySetPassword(entry, connection));
    if (!passwords.ok) return [passwords];
    const [entry] = sample;
    const policy = entry && (await this.policies.policyOf(entry, connection));
    if (!policy) return [passwords, NO_POLICY];
    const enforced = await isEnforced(entry, policy, connection);
    return [passwords, enforced, await proveEach(sample, UNLOCKING, mayUnlock(connection))];
  }

  private async maySetPassword({ dn }: LdapEntry, connection: LdapConnection): Promise<boolean | undefined> {
    const secret = `Aa1-${this.random.linkSecret()}`;
    const change: LdapChange = { operation: 'replace', attribute: 'userPassword', values: [secret] };
    const verdict = judge((await dryRun(dn, change, connection)).status);
    if (verdict !== undefined) return verdict;
    // The control is unknown, or the policy objects before access is checked: a value that is not there cannot go.
    const doomed: LdapChange = { operation: 'delete', attribute: 'userPassword', values: [`{SSHA}${secret}`] };
    return judge((await connection.send(modifyRequest(dn, [doomed]))).status);
  }
}

/** Offers a password that is too short, and sees whether the server minds. */
async function isEnforced(
  { dn }: LdapEntry,
  { checksQuality, minLength }: PasswordPolicyEntry,
  connection: LdapConnection,
): Promise<Finding> {
  const subject = 'password policy';
  if (!checksQuality || minLength <= 1) return { ok: true, subject, text: 'found' };
  const change: LdapChange = { operation: 'replace', attribute: 'userPassword', values: ['x'] };
  const error = ppolicyErrorOf(await dryRun(dn, change, connection));
  if (error !== undefined) return { ok: true, subject, text: 'found, and enforced by the server' };
  const text =
    'found, but the server does not check passwords set by the service account, because it has manage access to ' +
    'userPassword; give it write access instead';
  return { ok: false, subject, text };
}

function mayUnlock(connection: LdapConnection): (entry: LdapEntry) => Promise<boolean | undefined> {
  const change: LdapChange = { operation: 'replace', attribute: 'pwdAccountLockedTime', values: [] };
  return async ({ dn }) => judge((await dryRun(dn, change, connection)).status);
}

function dryRun(dn: string, change: LdapChange, connection: LdapConnection) {
  return connection.send(modifyRequest(dn, [change], [control(NO_OP, true), ppolicyRequest()]));
}

function judge(status: number): boolean | undefined {
  if (status === RESULT.insufficientAccessRights) return false;
  // Access is checked before a value is missed.
  return status === RESULT.noOperation || status === RESULT.noSuchAttribute ? true : undefined;
}
