import { DomainError } from '../../errors/domain-error.js';
import type { LdapConnection } from '../ldap/ldap-connection.js';
import { present } from '../ldap/ldap-filters.js';
import { controlWithValue, type LdapControl, searchRequest } from '../ldap/ldap-requests.js';
import { expectSuccess } from '../ldap/refusals.js';

/**
 * LDAP_SERVER_POLICY_HINTS_OID and its deprecated predecessor (MS-ADTS 3.1.1.3.4.1.27): without it a password set by
 * an administrator may be one used before, and be set at any age of the last.
 */
const POLICY_HINTS = ['1.2.840.113556.1.4.2239', '1.2.840.113556.1.4.2066'];

/** SEQUENCE { INTEGER 1 }: heed history and age. */
const HEED_HISTORY = Buffer.from([0x30, 0x03, 0x02, 0x01, 0x01]);

/** What the server says about itself. */
export interface RootDse {
  /** DN of the domain, where its password policy is. */
  readonly domainDn: string;
  /** Makes the server check history and age; absent when it cannot. */
  readonly policyHints: LdapControl | undefined;
}

export async function readRootDse(connection: LdapConnection): Promise<RootDse> {
  const options = { base: '', scope: 'base', filter: present('objectClass'), sizeLimit: 1 } as const;
  const attributes = ['defaultNamingContext', 'supportedControl'];
  const reply = expectSuccess(await connection.send(searchRequest({ ...options, attributes })), 'reading the root DSE');
  const domainDn = reply.entries[0]?.text('defaultNamingContext');
  if (domainDn === undefined) {
    throw new DomainError('directory-misconfigured', { detail: `${connection.url} is no Active Directory` });
  }
  const supported = reply.entries[0]?.texts('supportedControl') ?? [];
  const oid = POLICY_HINTS.find((candidate) => supported.includes(candidate));
  return { domainDn, policyHints: oid === undefined ? undefined : controlWithValue(oid, true, HEED_HISTORY) };
}
