/** Names under which directories keep passwords, their hashes, their history and other secrets, or parts of such names. */
const SECRET =
  /pass(?:wo?r?d|phrase|code)|pwd|rootpw|secret|credential|private-?key|masterkey|keypackage|keymaterial|recovery|(?:nt|lm)-?hash|totp|hotp|oath|otp-?key/;

/** Further ones that no pattern tells (MS-ADA1 to 3, the Kerberos schema, RFC 2798). */
const MORE_SECRETS: ReadonlySet<string> = new Set([
  'userpkcs12',
  'krbprincipalkey',
  'krbextradata',
  'krbmkey',
  'currentvalue',
  'priorvalue',
  'trustauthincoming',
  'trustauthoutgoing',
  'initialauthincoming',
  'initialauthoutgoing',
  'mstpm-ownerinformation',
]);

/** About a password, and not it. */
const ABOUT: ReadonlySet<string> = new Set([
  'badpasswordtime',
  'badpwdcount',
  'krblastpwdchange',
  'krbpasswordexpiration',
  'msds-userpasswordexpirytimecomputed',
  'passwordexpirationtime',
  'pwdaccountlockedtime',
  'pwdchangedtime',
  'pwdendtime',
  'pwdfailuretime',
  'pwdlastset',
  'pwdlastsuccess',
  'pwdpolicysubentry',
  'pwdreset',
  'pwdstarttime',
  'sambabadpasswordcount',
  'sambabadpasswordtime',
  'sambapwdcanchange',
  'sambapwdlastset',
  'sambapwdmustchange',
]);

/** Attributes that decide who somebody is to a directory and what they may do, or that it keeps by itself. */
const KEPT: ReadonlySet<string> = new Set([
  'accountexpires',
  'aci',
  'admincount',
  'altsecurityidentities',
  'authzfrom',
  'authzto',
  'distinguishedname',
  'entrydn',
  'entryuuid',
  'gidnumber',
  'krbprincipalname',
  'lockouttime',
  'logonhours',
  'member',
  'memberof',
  'memberuid',
  'msds-allowedtoactonbehalfofotheridentity',
  'msds-allowedtodelegateto',
  'ntsecuritydescriptor',
  'objectclass',
  'objectguid',
  'objectsid',
  'openldapaci',
  'primarygroupid',
  'samaccountname',
  'serviceprincipalname',
  'sidhistory',
  'sshpublickey',
  'uidnumber',
  'uniquemember',
  'useraccountcontrol',
  'userprincipalname',
  'userworkstations',
]);

/** Whether an attribute holds a password or another secret, whatever options its name has. In doubt it does. */
export function isSecretAttribute(name: string): boolean {
  const plain = withoutOptions(name);
  return MORE_SECRETS.has(plain) || (SECRET.test(plain) && !ABOUT.has(plain));
}

/**
 * Whether an attribute is one that nobody changes by its name: passwords have ways of their own, and what a directory
 * derives rights from is not for those who may correct a telephone number, although the service account may write it.
 */
export function isKeptAttribute(name: string): boolean {
  const plain = withoutOptions(name);
  return KEPT.has(plain) || SECRET.test(plain) || MORE_SECRETS.has(plain);
}

/**
 * Whether a text is the name of an attribute (RFC 4512 section 2.5), with or without options. Not a number: `2.5.4.35`
 * is userPassword by another name.
 */
export function isAttributeName(name: string): boolean {
  return /^[A-Za-z][A-Za-z0-9-]{0,127}(?:;[A-Za-z0-9-]{1,64}){0,8}$/.test(name);
}

function withoutOptions(name: string): string {
  return name.toLowerCase().replace(/;.*$/s, '');
}
