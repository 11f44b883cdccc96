import type { TokenKindName } from '../token-kinds.js';

/** Sorts of token that are kept in stock, as calls name them, and the kinds that they stand for. */
const KINDS = {
  'OTP Token': ['TOTP', 'HOTP', 'OCRA', 'Yubikey'],
  TOTP: ['TOTP'],
  HOTP: ['HOTP'],
  OCRA: ['OCRA'],
  Yubikey: ['Yubikey'],
} as const satisfies Record<string, readonly TokenKindName[]>;

export type InventoryType = keyof typeof KINDS;
export const INVENTORY_TYPES = Object.keys(KINDS) as InventoryType[];

/** Kinds in stock that show a code which can be typed, so that it can be proved that one is there. */
export const PROVABLE_KINDS = ['TOTP', 'HOTP', 'Yubikey'] as const satisfies readonly TokenKindName[];

export function kindsOf(type: InventoryType): readonly TokenKindName[] {
  return KINDS[type];
}
