import type { PasswordRules } from '../password-rules.js';
import type { LdapConnection } from '../ldap/ldap-connection.js';
import type { LdapEntry } from '../ldap/ldap-entry.js';
import { present } from '../ldap/ldap-filters.js';
import { searchRequest } from '../ldap/ldap-requests.js';
import { intervalSeconds } from './file-time.js';
import type { RootDse } from './root-dse.js';

/** Password and lockout policy of a domain or of a group of its people. Times are in seconds, 0 for none. */
export interface AccountPolicy {
  readonly minLength: number;
  readonly history: number;
  readonly complex: boolean;
  readonly minAge: number;
  readonly maxAge: number;
  /** 0 until an administrator unlocks. */
  readonly lockoutDuration: number;
}

/** DOMAIN_PASSWORD_COMPLEX in pwdProperties (MS-SAMR 2.2.1.19). */
const COMPLEX = 1;

const DOMAIN_ATTRIBUTES = [
  'minPwdLength',
  'pwdHistoryLength',
  'pwdProperties',
  'minPwdAge',
  'maxPwdAge',
  'lockoutDuration',
];

/** Attributes of a password settings object, also called fine-grained policy (MS-ADA2). */
const SETTINGS_ATTRIBUTES = [
  'msDS-MinimumPasswordLength',
  'msDS-PasswordHistoryLength',
  'msDS-PasswordComplexityEnabled',
  'msDS-MinimumPasswordAge',
  'msDS-MaximumPasswordAge',
  'msDS-LockoutDuration',
];

/**
 * The policy in force for a person: the settings object that the directory computes for them, else the domain's own.
 * Undefined when the service account may not read it: of a settings object only the name is commonly readable.
 */
export async function policyOf(
  person: LdapEntry,
  root: RootDse,
  connection: LdapConnection,
): Promise<AccountPolicy | undefined> {
  const settings = person.text('msDS-ResultantPSO');
  if (settings === undefined) {
    const domain = await read(root.domainDn, DOMAIN_ATTRIBUTES, connection);
    return domain && domainPolicy(domain);
  }
  const entry = await read(settings, SETTINGS_ATTRIBUTES, connection);
  return entry && fineGrainedPolicy(entry);
}

/** The policy as rules for a page. History is a rule only where the server can be made to heed it. */
export function rulesOf({ minLength, history, complex, minAge, maxAge }: AccountPolicy, root: RootDse): PasswordRules {
  return {
    ...(minLength > 0 && { minLength }),
    ...(complex && { classes: 3, notName: true }),
    ...(history > 0 && root.policyHints && { history }),
    ...(minAge > 0 && { minAge }),
    ...(maxAge > 0 && { maxAge }),
  };
}

async function read(dn: string, attributes: string[], connection: LdapConnection): Promise<LdapEntry | undefined> {
  const filter = present('objectClass');
  const reply = await connection.send(searchRequest({ base: dn, scope: 'base', filter, attributes, sizeLimit: 1 }));
  const [entry] = reply.entries;
  return attributes.some((name) => entry?.text(name) !== undefined) ? entry : undefined;
}

function domainPolicy(entry: LdapEntry): AccountPolicy {
  return {
    minLength: entry.integer('minPwdLength') ?? 0,
    history: entry.integer('pwdHistoryLength') ?? 0,
    complex: ((entry.integer('pwdProperties') ?? 0) & COMPLEX) !== 0,
    minAge: intervalSeconds(entry.text('minPwdAge')) ?? 0,
    maxAge: intervalSeconds(entry.text('maxPwdAge')) ?? 0,
    lockoutDuration: intervalSeconds(entry.text('lockoutDuration')) ?? 0,
  };
}

function fineGrainedPolicy(entry: LdapEntry): AccountPolicy {
  return {
    minLength: entry.integer('msDS-MinimumPasswordLength') ?? 0,
    history: entry.integer('msDS-PasswordHistoryLength') ?? 0,
    complex: entry.boolean('msDS-PasswordComplexityEnabled') ?? false,
    minAge: intervalSeconds(entry.text('msDS-MinimumPasswordAge')) ?? 0,
    maxAge: intervalSeconds(entry.text('msDS-MaximumPasswordAge')) ?? 0,
    lockoutDuration: intervalSeconds(entry.text('msDS-LockoutDuration')) ?? 0,
  };
}
