/** Kinds of token. One file or folder below `src/tokens/kinds` serves each. */
export const TOKEN_KINDS = [
  'TOTP',
  'HOTP',
  'OCRA',
  'Yubikey',
  'T-Pass',
  'FIDO',
  'PINCode',
  'GridCard',
  'GridGo',
  'OTPList',
  'EmergencyCode',
  'AppKey',
  'SSHKey',
  'Certificate',
  'Questions',
  'Push',
] as const;
export type TokenKindName = (typeof TOKEN_KINDS)[number];

/**
 * What a person proves with a token (authentication methods, section 5, "Authenticator codes"). `PIN` and `APPKEY` are
 * ours. Failures are counted for each of them apart, so that a known password buys no guesses at a passcode.
 */
export const AUTHENTICATORS = {
  OTP: 'One-Time Password',
  OTPoD: 'On-Demand Password',
  OOBA: 'Out-of-Band Authentication',
  GRID: 'Grid Card',
  GRIDGO: 'Grid on Screen',
  EMCODE: 'Emergency Code',
  QNA: 'Security Questions',
  FIDO: 'FIDO Key',
  CERT: 'Certificate',
  PIN: 'PIN Code',
  APPKEY: 'Application Password',
  SSHKEY: 'SSH Key',
} as const;
export type Authenticator = keyof typeof AUTHENTICATORS;

/**
 * What wrong attempts are counted for, each apart: authenticators, and the codes that activate or release tokens
 * (authentication methods, sections 5 and 6.9).
 */
export type CountedFor = Authenticator | 'AUTHCODE';

/** The authenticator that each kind of token serves. */
export const AUTHENTICATOR_OF: Readonly<Record<TokenKindName, Authenticator>> = {
  TOTP: 'OTP',
  HOTP: 'OTP',
  OCRA: 'OTP',
  Yubikey: 'OTP',
  OTPList: 'OTP',
  'T-Pass': 'OTPoD',
  FIDO: 'FIDO',
  PINCode: 'PIN',
  GridCard: 'GRID',
  GridGo: 'GRIDGO',
  EmergencyCode: 'EMCODE',
  AppKey: 'APPKEY',
  SSHKey: 'SSHKEY',
  Certificate: 'CERT',
  Questions: 'QNA',
  Push: 'OOBA',
};
