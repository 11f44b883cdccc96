import { DomainError } from '../core/errors/domain-error.js';
import type { SlotFamily } from '../tokens/slots.js';

/** What a link may be limited to (manager-json-rpc section 5, `application`). */
export const APPLICATIONS = ['OpenOTP', 'SpanKey', 'PKI'] as const;
export type Application = (typeof APPLICATIONS)[number];

/** What `item` may name: the union of the two published lists (manager-json-rpc section 5). */
export const ITEMS = ['Token1', 'Token2', 'Token3', 'FIDO', 'PINCode', 'AppKeys', 'OTPList', 'Voice'] as const;
export type Item = (typeof ITEMS)[number];

/** What a person can choose on the page, and the application that each belongs to. */
export const CHOICES = {
  Token: 'OpenOTP',
  FIDO: 'OpenOTP',
  PINCode: 'OpenOTP',
  AppKeys: 'OpenOTP',
  OTPList: 'OpenOTP',
  GridCard: 'OpenOTP',
  GridGo: 'OpenOTP',
  Push: 'OpenOTP',
  EmergencyCode: 'OpenOTP',
  Questions: 'OpenOTP',
  SSHKey: 'SpanKey',
  Certificate: 'PKI',
} as const satisfies Record<string, Application>;
export type Choice = keyof typeof CHOICES;

/** The places that a choice fills. */
export const FAMILY_OF: Readonly<Record<Choice, SlotFamily>> = {
  Token: 'Token',
  FIDO: 'FIDO',
  PINCode: 'PINCode',
  AppKeys: 'AppKey',
  OTPList: 'OTPList',
  GridCard: 'GridCard',
  GridGo: 'GridGo',
  Push: 'Push',
  EmergencyCode: 'EmergencyCode',
  Questions: 'Questions',
  SSHKey: 'SSHKey',
  Certificate: 'Certificate',
};

/** What a caller's words ask for. */
export interface EnrolmentScope {
  /** Absent: every application. */
  readonly application: Application | undefined;
  /** Absent: any item of the application. */
  readonly item: Item | undefined;
}

/**
 * Reads `application` and `item`, in any case (manager-json-rpc section 4). An item belongs to OpenOTP, and names it by
 * itself.
 *
 * @throws DomainError `unknown-word`; also for an item with another application, and for `Voice`, which there is no
 *   support for
 */
export function enrolmentScope(application: string | undefined, item: string | undefined): EnrolmentScope {
  const limited = word(APPLICATIONS, 'application', application);
  const named = word(ITEMS, 'item', item);
  if (named === 'Voice') throw new DomainError('unknown-word', { params: { parameter: 'item' } });
  if (named !== undefined && limited !== undefined && limited !== 'OpenOTP') {
    throw new DomainError('unknown-word', { params: { parameter: 'application' } });
  }
  return { application: named === undefined ? limited : 'OpenOTP', item: named };
}

function word<Word extends string>(
  words: readonly Word[],
  parameter: string,
  text: string | undefined,
): Word | undefined {
  if (text === undefined) return undefined;
  const found = words.find((candidate) => candidate.toLowerCase() === text.toLowerCase());
  if (found === undefined) throw new DomainError('unknown-word', { params: { parameter } });
  return found;
}

/** The item's choice, and the slot that it means where it names one. */
export function choiceOf(item: Item): { readonly choice: Choice; readonly slot?: string } {
  switch (item) {
    case 'Token1':
    case 'Token2':
    case 'Token3':
      return { choice: 'Token', slot: item };
    case 'Voice':
      throw new Error('Voice is never asked for');
    default:
      return { choice: item };
  }
}
