import { boolean, integer, matching, name, secret, text, url, word } from '../scalar-shapes.js';
import {
  checked,
  list,
  nullable,
  object,
  optional,
  optionalWith,
  record,
  required,
  type Shape,
  variants,
} from '../shape.js';

const attributeNamePattern = /^[A-Za-z][A-Za-z0-9-]{0,63}(;[A-Za-z0-9-]{1,64})*$/;
const attributeName = matching(attributeNamePattern, 'the name of a directory attribute such as mail');

/** What is read of a person, by our own names for it. */
export const PERSON_ATTRIBUTES = ['displayName', 'firstName', 'lastName', 'mail', 'mobile', 'language'] as const;

const personAttribute = {
  test: (key: string) => PERSON_ATTRIBUTES.some((known) => known === key),
  values: PERSON_ATTRIBUTES.join(', '),
};

/** What may stand in braces in a template of `registration`. */
export const REGISTRATION_WORDS = [
  'login',
  'displayName',
  'firstName',
  'lastName',
  'mail',
  'mobile',
  'language',
  'baseDn',
  'domain',
] as const;

const WORDS = REGISTRATION_WORDS.map((word) => `{${word}}`).join(', ');
const TEMPLATE = `(?:[^{}\\p{Cc}]|\\{(?:${REGISTRATION_WORDS.join('|')})\\})`;

const registration = object({
  dn: optional(
    matching(
      new RegExp(`^(?=.*\\{login\\})${TEMPLATE}{1,1000}$`, 'u'),
      `a distinguished name with {login} and possibly more of ${WORDS}`,
    ),
    'Name of the new entry: `uid={login},{baseDn}` for OpenLDAP and `CN={login},{baseDn}` for Active Directory when absent.',
  ),
  objectClasses: optional(
    list(attributeName, { min: 1, max: 20 }),
    'Object classes of the new entry: those of inetOrgPerson, or of user, when absent.',
  ),
  attributes: optional(
    record(
      { test: (key) => attributeNamePattern.test(key), values: 'names of directory attributes' },
      matching(new RegExp(`^${TEMPLATE}{1,1000}$`, 'u'), `text, possibly with ${WORDS}`),
    ),
    'Attributes of the new entry besides those of `attributes` above; one whose word has no value is left out. ' +
      'When absent: uid, cn and sn, or sAMAccountName and userPrincipalName (`{login}@{domain}`).',
  ),
});

const remoteKeys = {
  urls: required(
    list(url(['ldap:', 'ldaps:']), { min: 1, max: 20 }),
    'The servers, tried in this order: `ldap://host:port`, or `ldaps://` for TLS from the first byte.',
  ),
  startTls: optionalWith(
    boolean(),
    false,
    'Whether `ldap://` connections turn to TLS before anything is sent (RFC 4511 section 4.14).',
  ),
  allowInsecure: optionalWith(boolean(), false, 'Must be true to send passwords over `ldap://` without STARTTLS.'),
  caFile: optional(
    text({ max: 4_000 }),
    'PEM file of the authority that signed the servers’ certificates; relative to the configuration file. The system’s own authorities when absent.',
  ),
  tlsRejectUnauthorized: optionalWith(boolean(), true, 'False accepts any certificate; for a lab only.'),
  bindDn: required(
    text(),
    'Service account that finds people and sets passwords: a distinguished name, or for Active Directory also a user principal name.',
  ),
  bindPassword: required(secret(), 'Password of the service account; stored sealed.'),
  baseDn: required(text(), 'Where people are searched, with everything below.'),
  userFilter: optional(
    matching(/^\(.{1,2000}\)$/s, 'an LDAP filter in parentheses (RFC 4515)'),
    'Filter that all people match.',
  ),
  loginAttributes: optional(
    list(attributeName, { min: 1, max: 20 }),
    'Attributes that hold a login; any of them may be typed.',
  ),
  attributes: optionalWith(
    record(personAttribute, nullable(attributeName)),
    {},
    `Where the directory keeps ${PERSON_ATTRIBUTES.join(', ')}; what is left out keeps the default of the kind, null is not asked for.`,
  ),
  groupBaseDn: optional(
    text(),
    'Where groups are searched, with everything below; the whole suffix that the people are in when absent.',
  ),
  registration: optional(
    registration,
    'How people are made who register themselves or are created by an administrator.',
  ),
  connectTimeoutMs: optional(integer(100, 60_000), 'Milliseconds for TCP and TLS of one connection; 5000 when absent.'),
  operationTimeoutMs: optional(
    integer(100, 120_000),
    'Milliseconds for the answer to one request, and for the wait for a free connection; 10000 when absent.',
  ),
  poolSize: optional(integer(1, 200), 'Connections of the service account at most; 8 when absent.'),
  idleSeconds: optional(integer(1, 86_400), 'Seconds after which an unused connection is closed; 60 when absent.'),
  retryServerSeconds: optional(
    integer(1, 3_600),
    'Seconds for which a server that failed is asked last; 30 when absent.',
  ),
} as const;

const builtin = object({
  name: required(name(), 'Name of the directory; domains refer to it.'),
  kind: required(word(['builtin']), ''),
});

const openldap = checked(
  object({
    name: required(name(), 'Name of the directory; domains refer to it.'),
    kind: required(word(['openldap']), ''),
    ...remoteKeys,
    ppolicyDn: optional(
      text(),
      'OpenLDAP: entry of the default password policy; found by itself when absent, if the service account may see it.',
    ),
  }),
  ({ urls, startTls, allowInsecure }, report) => {
    if (!startTls && !allowInsecure && urls.some(isClearText)) {
      report(['urls'], 'ldap:// sends passwords in clear text; use ldaps://, startTls: true or allowInsecure: true');
    }
  },
);

const activeDirectory = checked(
  object({
    name: required(name(), 'Name of the directory; domains refer to it.'),
    kind: required(word(['active-directory']), '`builtin` (our own tables), `openldap`, or `active-directory`.'),
    ...remoteKeys,
  }),
  ({ urls, startTls }, report) => {
    // Setting unicodePwd needs at least 128 bits of encryption (MS-ADTS section 3.1.1.3.1.5.1).
    if (!startTls && urls.some(isClearText)) {
      report(['urls'], 'Active Directory sets passwords over TLS only; use ldaps:// or startTls: true');
    }
  },
);

const directory: Shape<DirectoryDeclaration> = checked(
  variants<DirectoryDeclaration>('kind', { builtin, openldap, 'active-directory': activeDirectory }),
  (declaration, report) => {
    if (declaration.name === 'builtin' && declaration.kind !== 'builtin') {
      report(['name'], 'the name builtin always means our own tables');
    }
    if (declaration.kind === 'builtin') return;
    if (declaration.startTls && declaration.urls.some((address) => !isClearText(address))) {
      report(['startTls'], 'does not go with ldaps://, which is encrypted from the first byte');
    }
  },
);

export const directories = list(directory);

type TypeOf<S> = S extends Shape<infer T> ? T : never;
export type DirectoryDeclaration = TypeOf<typeof builtin> | TypeOf<typeof openldap> | TypeOf<typeof activeDirectory>;

function isClearText(address: string): boolean {
  return new URL(address).protocol === 'ldap:';
}
