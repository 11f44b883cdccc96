import type { PlainSecret } from '../../crypto/secret-types.js';

export type LdapKind = 'openldap' | 'active-directory';

/** Which attribute of the directory holds what; a name that is null is not asked for. */
export interface LdapAttributeNames {
  readonly displayName: string | null;
  readonly mail: string | null;
  readonly mobile: string | null;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly language: string | null;
}

/** How a person is made; in braces stand words about the person, see `REGISTRATION_WORDS`. */
export interface LdapRegistration {
  /** Template of the DN, e.g. `uid={login},{baseDn}`. */
  readonly dn: string;
  readonly objectClasses: readonly string[];
  /** Templates of attributes besides those of {@link LdapSettings.attributes}; one without a value is left out. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** One directory of the configuration file, section `directories`. */
export interface LdapSettings {
  readonly name: string;
  readonly kind: LdapKind;
  /** `ldap://` or `ldaps://`, in the order of preference. */
  readonly urls: readonly string[];
  /** Whether `ldap://` connections are upgraded to TLS (RFC 4511 section 4.14) before anything else is said. */
  readonly startTls: boolean;
  /** Allows clear text, without which `ldap://` needs `startTls`. Never possible with Active Directory. */
  readonly allowInsecure: boolean;
  /** PEM file with the certificate authorities to trust in place of the machine's own. */
  readonly caFile: string | null;
  /** False accepts any certificate: for a lab only. */
  readonly tlsRejectUnauthorized: boolean;
  /** Name of the service account: a DN, or `account@domain` in Active Directory. */
  readonly bindDn: string;
  readonly bindPassword: PlainSecret;
  /** Nobody outside of this subtree exists. */
  readonly baseDn: string;
  /** Nobody who does not match this filter (RFC 4515) exists. */
  readonly userFilter: string;
  /** Where groups are searched, with everything below; null for the whole suffix that {@link baseDn} is in. */
  readonly groupBaseDn: string | null;
  /** Attributes that may hold what people type as their login; the first is the main one. */
  readonly loginAttributes: readonly string[];
  readonly attributes: LdapAttributeNames;
  readonly registration: LdapRegistration;
  /** Milliseconds for TCP and TLS of one connection. */
  readonly connectTimeoutMs: number;
  /** Milliseconds for the answer to one request, and for the wait for a free connection. */
  readonly operationTimeoutMs: number;
  /** Connections of the service account at most, and checks of people's passwords at the same time. */
  readonly poolSize: number;
  /** Seconds after which an unused connection of the service account is closed. */
  readonly idleSeconds: number;
  /** Seconds for which a server that failed is asked last. */
  readonly retryServerSeconds: number;
  /** DN of the default password policy entry (OpenLDAP); found by itself when null, if the service account may see it. */
  readonly ppolicyDn: string | null;
}

type RequiredKey = 'name' | 'kind' | 'urls' | 'bindDn' | 'bindPassword' | 'baseDn';

/** What must be configured, and what may be. */
export type LdapSpec = Pick<LdapSettings, RequiredKey> & {
  readonly [Key in Exclude<keyof LdapSettings, RequiredKey | 'attributes' | 'registration'>]?:
    LdapSettings[Key] | null | undefined;
} & {
  readonly attributes?: { readonly [Key in keyof LdapAttributeNames]?: string | null | undefined } | null;
  readonly registration?:
    { readonly [Key in keyof LdapRegistration]?: LdapRegistration[Key] | null | undefined } | null | undefined;
};

const COMMON = {
  startTls: false,
  allowInsecure: false,
  caFile: null,
  tlsRejectUnauthorized: true,
  connectTimeoutMs: 5_000,
  operationTimeoutMs: 10_000,
  poolSize: 8,
  idleSeconds: 60,
  retryServerSeconds: 30,
  ppolicyDn: null,
  groupBaseDn: null,
};

const ATTRIBUTES = {
  mail: 'mail',
  mobile: 'mobile',
  firstName: 'givenName',
  lastName: 'sn',
  language: 'preferredLanguage',
};

/** Values of what is not configured. */
export const LDAP_DEFAULTS = {
  openldap: {
    ...COMMON,
    userFilter: '(objectClass=inetOrgPerson)',
    loginAttributes: ['uid'],
    attributes: { ...ATTRIBUTES, displayName: 'cn' },
    registration: {
      dn: 'uid={login},{baseDn}',
      objectClasses: ['top', 'person', 'organizationalPerson', 'inetOrgPerson'],
      attributes: { uid: '{login}', cn: '{displayName}', sn: '{lastName}' },
    },
  },
  'active-directory': {
    ...COMMON,
    userFilter: '(&(objectCategory=person)(objectClass=user))',
    loginAttributes: ['sAMAccountName', 'userPrincipalName'],
    attributes: { ...ATTRIBUTES, displayName: 'displayName' },
    registration: {
      dn: 'CN={login},{baseDn}',
      objectClasses: ['top', 'person', 'organizationalPerson', 'user'],
      attributes: { sAMAccountName: '{login}', userPrincipalName: '{login}@{domain}' },
    },
  },
} as const satisfies Record<LdapKind, Omit<LdapSettings, RequiredKey>>;

/** The settings of a directory, with the defaults of its kind where nothing is configured. */
export function ldapSettings(spec: LdapSpec): LdapSettings {
  const defaults: Omit<LdapSettings, RequiredKey> = LDAP_DEFAULTS[spec.kind];
  const { attributes, registration, ...rest } = spec;
  const given = withoutGaps(rest) as typeof rest & Partial<LdapSettings>;
  // A name that is null is one not to ask for; only absent ones have a default.
  const names = Object.entries(attributes ?? {}).filter(([, value]) => value !== undefined);
  const merged: LdapAttributeNames = { ...defaults.attributes, ...Object.fromEntries(names) };
  const made = registration ? (withoutGaps(registration) as Partial<LdapRegistration>) : {};
  return Object.freeze({
    ...defaults,
    ...given,
    attributes: Object.freeze(merged),
    registration: Object.freeze({ ...defaults.registration, ...made }),
  });
}

function withoutGaps(values: object): object {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== null));
}
