import { integerSetting } from '../core/settings/setting-types.js';
import type { TokenKindName } from './token-kinds.js';

export const tokenSlots = integerSetting({
  name: 'token_slots',
  scope: 'domain',
  min: 1,
  max: 10,
  default: 3,
  meaning: 'One-time password tokens that a person may have. Manager JSON-RPC, section 11, *Token Slots*.',
});

export const fidoSlots = integerSetting({
  name: 'fido_slots',
  scope: 'domain',
  min: 1,
  max: 20,
  default: 10,
  meaning: 'FIDO keys that a person may have.',
});

export const appKeySlots = integerSetting({
  name: 'app_key_slots',
  scope: 'domain',
  min: 1,
  max: 50,
  default: 20,
  meaning: 'Application passwords that a person may have.',
});

/**
 * Places for a person's authenticators: several numbered ones in a family (`Token1`, `Token2`), or one without a number
 * (`PINCode`). What competes for the same places is one family.
 */
export const SLOT_FAMILIES = {
  TOTP: 'Token',
  HOTP: 'Token',
  OCRA: 'Token',
  Yubikey: 'Token',
  FIDO: 'FIDO',
  AppKey: 'AppKey',
  PINCode: 'PINCode',
  OTPList: 'OTPList',
  GridCard: 'GridCard',
  GridGo: 'GridGo',
  EmergencyCode: 'EmergencyCode',
  SSHKey: 'SSHKey',
  Certificate: 'Certificate',
  Questions: 'Questions',
  Push: 'Push',
  'T-Pass': 'T-Pass',
} as const satisfies Record<TokenKindName, string>;
export type SlotFamily = (typeof SLOT_FAMILIES)[TokenKindName];

/** Families whose places are numbered from 1. */
export const NUMBERED_FAMILIES = ['Token', 'FIDO', 'AppKey', 'EmergencyCode', 'Push'] as const;

/** The slot of a family with this number; the number is of no meaning where there is only one. */
export function slotName(family: SlotFamily, number: number): string {
  return NUMBERED_FAMILIES.some((numbered) => numbered === family) ? `${family}${number}` : family;
}

/** The first slot of a family, up to `count`, that none of `filled` fills; undefined when all are. */
export function freeSlot(family: SlotFamily, count: number, filled: readonly string[]): string | undefined {
  for (let number = 1; number <= count; number++) {
    const slot = slotName(family, number);
    if (!filled.includes(slot)) return slot;
  }
  return undefined;
}
