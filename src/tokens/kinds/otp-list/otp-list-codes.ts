import { hotp } from '../../oath/hotp.js';
import type { OathKey } from '../../oath/oath-key.js';
import type { ListOrder } from './otp-list-settings.js';
import { LIST_ORDERS } from './otp-list-settings.js';

/** Lengths of lists (manager-json-rpc section 10.1). */
export const LIST_SIZES = [25, 50, 100, 250, 500, 1000] as const;
export type ListSize = (typeof LIST_SIZES)[number];

/**
 * Digits of a code: a look-up secret needs 20 bit (NIST SP 800-63B section 5.1.2.1), which six digits miss with 19.9 and
 * eight pass with 26.6.
 */
export const LIST_DIGITS = 8;

/** One line of a list. */
export interface ListEntry {
  /** From 1. */
  readonly number: number;
  readonly code: string;
  readonly used: boolean;
}

/** What a list stores in `Token.state`, beside hash and digits. */
export interface ListState {
  readonly size: ListSize;
  readonly order: ListOrder;
}

/** The code with this number: RFC 4226 with the number as counter, so that the list can be printed again from its seed. */
export function listCode(key: OathKey, number: number): string {
  return hotp(key, number, LIST_DIGITS);
}

/** What is digested of a code: with its number, so that equal codes of one list stay apart. */
export function listEntryText(number: number, code: string): string {
  return `${number} ${code}`;
}

/** @throws Error when the stored state is not one that we wrote */
export function listState(state: Readonly<Record<string, unknown>>): ListState {
  const { size: entries, order: word } = state;
  const size = LIST_SIZES.find((known) => known === entries);
  const order = LIST_ORDERS.find((known) => known === word);
  if (!size || !order) throw new Error('the stored state of a list lacks its size or order');
  return { size, order };
}
