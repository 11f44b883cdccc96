import type { ProductDeclaration } from '../core/config/file/sections/products.js';
import type { ConfigurationSnapshot } from '../core/domains/configuration-snapshot.js';
import { perSnapshot } from '../core/domains/per-snapshot.js';
import type { TokenKindName } from './token-kinds.js';

/** A sort of token (authentication methods, section 5, *product*). */
export interface Product {
  /** `manufacturerCode/productCode`, as tokens name it. */
  readonly code: string;
  readonly name: string;
  readonly manufacturerCode: string;
  readonly productCode: string;
  /** Kind of token in the words of the wire, e.g. `OTP`, `GridCard`. */
  readonly method: string;
  readonly functions: readonly string[];
}

const OURS = 'LK';

function builtin(kind: TokenKindName, name: string, method: string, functions: readonly string[]): Product {
  return { code: `${OURS}/${kind}`, name, manufacturerCode: OURS, productCode: kind, method, functions };
}

/** What people enrol without a declared product. */
const BUILT_IN: Readonly<Record<TokenKindName, Product>> = {
  TOTP: builtin('TOTP', 'Authenticator App (time-based)', 'OTP', ['OTP']),
  HOTP: builtin('HOTP', 'Authenticator App (event-based)', 'OTP', ['OTP']),
  OCRA: builtin('OCRA', 'Challenge-Response Token', 'OTP', ['OTP', 'CR']),
  Yubikey: builtin('Yubikey', 'YubiKey OTP', 'OTP', ['OTP']),
  'T-Pass': builtin('T-Pass', 'T-Pass', 'T-Pass', ['OTPoD']),
  FIDO: builtin('FIDO', 'FIDO Key', 'FIDO', ['FIDO']),
  PINCode: builtin('PINCode', 'PIN Code', 'PIN', ['PIN']),
  GridCard: builtin('GridCard', 'Grid Card', 'GridCard', ['GRID', 'CR']),
  GridGo: builtin('GridGo', 'Grid on Screen', 'GridGo', ['GRIDGO', 'CR']),
  OTPList: builtin('OTPList', 'List of One-Time Passwords', 'OTPList', ['OTP']),
  EmergencyCode: builtin('EmergencyCode', 'Emergency Code', 'EmergencyCode', ['EMCODE']),
  AppKey: builtin('AppKey', 'Application Password', 'AppKey', ['APPKEY']),
  SSHKey: builtin('SSHKey', 'SSH Key', 'SSHKey', ['SSHKEY']),
  Certificate: builtin('Certificate', 'Certificate', 'Certificate', ['CERT']),
  Questions: builtin('Questions', 'Security Questions', 'Questions', ['QNA']),
  Push: builtin('Push', 'Push Device', 'Push', ['OOBA']),
};

const productsByCode = perSnapshot((snapshot): ReadonlyMap<string, Product> => {
  const declared = snapshot.declared('product').map(({ name, spec }) => {
    const product = { ...(spec as unknown as ProductDeclaration), name };
    return { ...product, code: `${product.manufacturerCode}/${product.productCode}` };
  });
  return new Map([...Object.values(BUILT_IN), ...declared].map((product) => [product.code, product]));
});

/** The product of what is enrolled as `kind` without a declared one. */
export function builtInProduct(kind: TokenKindName): Product {
  return BUILT_IN[kind];
}

/** Every product that tokens may name: the declared ones, and ours, which a declared one with the same code replaces. */
export const allProducts = perSnapshot((snapshot): readonly Product[] => [...productsByCode(snapshot).values()]);

/** The product that a token names; one that is not declared any more is described by its code. */
export function productOf(snapshot: ConfigurationSnapshot, code: string): Product {
  const known = productsByCode(snapshot).get(code);
  if (known) return known;
  const [manufacturerCode = '', productCode = ''] = code.split('/');
  return { code, name: code, manufacturerCode, productCode, method: '', functions: [] };
}
