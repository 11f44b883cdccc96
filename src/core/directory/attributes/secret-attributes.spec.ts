import { describe, expect, it } from 'vitest';
import { isAttributeName, isKeptAttribute, isSecretAttribute } from './secret-attributes.js';

describe('attributes', () => {
  it.each([
    'userPassword',
    'USERPASSWORD;lang-de',
    'unicodePwd',
    'dBCSPwd',
    'ntPwdHistory',
    'lmPwdHistory',
    'pwdHistory',
    'sambaNTPassword',
    'sambaLMPassword',
    'sambaPasswordHistory',
    'supplementalCredentials',
    'msDS-ManagedPassword',
    'ms-Mcs-AdmPwd',
    'msLAPS-EncryptedPassword',
    'msFVE-RecoveryPassword',
    'krbPrincipalKey',
    'authPassword',
    'olcRootPW',
    'ipaNTHash',
    'userPKCS12',
    'oathSecret',
    'ipatokenOTPkey',
    'ipatokenHOTPcounter',
    'acme-otp-key',
    'acmePasswordHash',
  ])('that hold secrets are known: %s', (name) => {
    expect(isSecretAttribute(name)).toBe(true);
    expect(isKeptAttribute(name)).toBe(true);
  });

  it.each(['uid', 'mail', 'jpegPhoto', 'userCertificate;binary', 'pwdLastSet', 'badPwdCount', 'pwdChangedTime'])(
    'that hold none are readable: %s',
    (name) => {
      expect(isSecretAttribute(name)).toBe(false);
    },
  );

  it.each(['userAccountControl', 'objectClass', 'memberOf', 'sIDHistory', 'pwdLastSet', 'pwdAccountLockedTime'])(
    'that rights hang on are not changed by their name: %s',
    (name) => {
      expect(isKeptAttribute(name)).toBe(true);
    },
  );

  it.each(['telephoneNumber', 'mail', 'cn', 'description', 'userCertificate;binary'])(
    'that say something of a person are: %s',
    (name) => {
      expect(isKeptAttribute(name)).toBe(false);
    },
  );

  it.each(['', '*', '+', '1.1', '2.5.4.35', 'a b', 'a;range=0-1', 'é', '-a', 'a;', 'a'.repeat(200), 'ma\0il'])(
    'attack 49: are named by words, not as %j',
    (name) => {
      expect(isAttributeName(name)).toBe(false);
    },
  );
});
