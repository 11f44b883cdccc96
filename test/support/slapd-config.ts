import type { ServerCertificate } from './test-ca.js';

export const BASE_DN = 'dc=example,dc=test';
export const PEOPLE_DN = `ou=people,${BASE_DN}`;
export const POLICY_DN = `cn=default,ou=policies,${BASE_DN}`;
export const SERVICE_DN = `cn=latchkey,ou=services,${BASE_DN}`;
export const ROOT_DN = `cn=root,${BASE_DN}`;

/** What a test may ask of the directory it gets. */
export interface SlapdOptions {
  /**
   * Access of the service account to passwords: `manage` makes it a password administrator in the sense of ppolicy,
   * `write` an ordinary writer, `read` may find people only.
   */
  readonly serviceAccess?: 'manage' | 'write' | 'read';
  /** Whether the service account may also make, change and remove people. */
  readonly keepsPeople?: boolean;
  /** Whether the overlay memberof keeps the groups of a person in the person's entry. */
  readonly memberOf?: boolean;
  /** Entries that the server gives to one search at most. */
  readonly sizeLimit?: number;
  /** pwdMinAge in seconds. */
  readonly minAge?: number;
  /** pwdMaxAge in seconds. */
  readonly maxAge?: number;
  /** pwdLockoutDuration in seconds; 0 locks until an administrator unlocks. */
  readonly lockoutDuration?: number;
  /** ppolicy_use_lockout: whether a refused bind tells that the account is locked. */
  readonly tellsLock?: boolean;
  /** pwdMustChange: whether a password set by an administrator must be changed. */
  readonly mustChange?: boolean;
}

/** The slapd.conf of a private directory below `folder` with the ppolicy overlay. */
export function slapdConfig(
  folder: string,
  caFile: string,
  certificate: ServerCertificate,
  rootPassword: string,
  options: SlapdOptions,
): string {
  const access = options.serviceAccess ?? 'manage';
  const service = `dn.exact="${SERVICE_DN}"`;
  return `
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/nis.schema
include /etc/ldap/schema/inetorgperson.schema
modulepath /usr/lib/ldap
moduleload back_mdb
moduleload ppolicy
${options.memberOf ? 'moduleload memberof' : ''}
pidfile ${folder}/slapd.pid
argsfile ${folder}/slapd.args
TLSCACertificateFile ${caFile}
TLSCertificateFile ${certificate.certFile}
TLSCertificateKeyFile ${certificate.keyFile}
access to dn.base="" by * read
access to dn.base="cn=Subschema" by * read
database mdb
suffix "${BASE_DN}"
directory ${folder}/data
maxsize 67108864
dbnosync
${options.sizeLimit === undefined ? '' : `sizelimit ${options.sizeLimit}`}
rootdn "${ROOT_DN}"
rootpw ${rootPassword}
index objectClass,uid,cn,entryUUID eq
access to attrs=userPassword by ${service} ${access === 'read' ? 'none' : access} by self =xw by anonymous auth by * none
access to attrs=pwdHistory by ${service} ${access} by * none
access to attrs=pwdReset,pwdAccountLockedTime,pwdFailureTime,pwdChangedTime,pwdPolicySubentry by ${service} ${access} by * none
access to * by ${service} ${options.keepsPeople ? 'write' : 'read'} by self read by * none
overlay ppolicy
ppolicy_default "${POLICY_DN}"
ppolicy_hash_cleartext
${options.tellsLock ? 'ppolicy_use_lockout' : ''}
${options.memberOf ? 'overlay memberof' : ''}
`;
}

/** The entries a directory starts with, as LDIF. */
export function slapdEntries(servicePassword: string, options: SlapdOptions): string {
  return `
dn: ${BASE_DN}
objectClass: dcObject
objectClass: organization
dc: example
o: Example

dn: ou=people,${BASE_DN}
objectClass: organizationalUnit
ou: people

dn: ou=groups,${BASE_DN}
objectClass: organizationalUnit
ou: groups

dn: ou=services,${BASE_DN}
objectClass: organizationalUnit
ou: services

dn: ou=policies,${BASE_DN}
objectClass: organizationalUnit
ou: policies

dn: ${SERVICE_DN}
objectClass: applicationProcess
objectClass: simpleSecurityObject
cn: latchkey
userPassword: ${servicePassword}

dn: ${POLICY_DN}
objectClass: applicationProcess
objectClass: pwdPolicy
cn: default
pwdAttribute: userPassword
pwdInHistory: 3
pwdMinLength: 8
pwdCheckQuality: 2
pwdMinAge: ${options.minAge ?? 0}
pwdMaxAge: ${options.maxAge ?? 0}
pwdLockout: TRUE
pwdMaxFailure: 3
pwdLockoutDuration: ${options.lockoutDuration ?? 300}
pwdMustChange: ${options.mustChange ? 'TRUE' : 'FALSE'}
pwdAllowUserChange: TRUE
`;
}
