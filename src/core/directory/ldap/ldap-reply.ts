import { BerError, type BerElement, elementsOf, integerOf } from './ber.js';
import { LdapEntry } from './ldap-entry.js';

/** A control that came with an answer (RFC 4511 section 4.1.11). */
export interface ReplyControl {
  readonly oid: string;
  readonly value: Buffer | undefined;
}

/** How a request ended (RFC 4511 section 4.1.9), with the entries that a search found before. */
export interface LdapReply {
  /** Result code; 0 is success, see {@link RESULT}. */
  readonly status: number;
  /** The server's own words: for logs, and for Active Directory's sub-codes. */
  readonly diagnostic: string;
  readonly controls: readonly ReplyControl[];
  readonly entries: readonly LdapEntry[];
}

/** One message of a server: part of an answer, or its end. */
export type ServerMessage = { readonly id: number } & (
  | { readonly kind: 'entry'; readonly entry: LdapEntry }
  | { readonly kind: 'ignored' }
  | { readonly kind: 'end'; readonly reply: Omit<LdapReply, 'entries'> }
);

const SEQUENCE = 0x30;
const BOOLEAN = 0x01;
const CONTROLS = 0xa0;
const SEARCH_RESULT_ENTRY = 0x64;
/** Search result references and intermediate responses: referrals are not chased. */
const IGNORED = new Set([0x73, 0x79]);
/** Bind, search done, modify, add, delete, modify DN, compare and extended responses. */
const ENDS = new Set([0x61, 0x65, 0x67, 0x69, 0x6b, 0x6d, 0x6f, 0x78]);

/**
 * Reads one LDAPMessage (RFC 4511 section 4.1.1).
 *
 * ldapjs' own reader is not used for answers: it throws on result codes it does not know, drops the controls of
 * refusals, and re-writes the names of entries in a way that not every name survives.
 *
 * @throws BerError when the bytes are not an answer of an LDAP server
 */
export function readServerMessage(envelope: BerElement): ServerMessage {
  if (envelope.tag !== SEQUENCE) throw new BerError('not an LDAP message');
  const [idElement, operation, controls] = elementsOf(envelope.value);
  const id = integerOf(idElement);
  if (!operation) throw new BerError('message without an operation');
  if (IGNORED.has(operation.tag)) return { id, kind: 'ignored' };
  const parts = elementsOf(operation.value);
  if (operation.tag === SEARCH_RESULT_ENTRY) return { id, kind: 'entry', entry: readEntry(parts) };
  if (!ENDS.has(operation.tag)) throw new BerError(`operation 0x${operation.tag.toString(16)} is no answer`);
  const status = integerOf(parts[0]);
  const diagnostic = parts[2]?.value.toString('utf8') ?? '';
  return { id, kind: 'end', reply: { status, diagnostic, controls: readControls(controls) } };
}

function readEntry([name, attributes]: BerElement[]): LdapEntry {
  if (!name || !attributes) throw new BerError('entry without a name or attributes');
  const values = elementsOf(attributes.value).map((attribute): [string, Buffer[]] => {
    const [type, set] = elementsOf(attribute.value);
    if (!type || !set) throw new BerError('attribute without a type or values');
    return [type.value.toString('utf8'), elementsOf(set.value).map(({ value }) => value)];
  });
  return new LdapEntry(name.value.toString('utf8'), values);
}

function readControls(controls: BerElement | undefined): ReplyControl[] {
  if (controls?.tag !== CONTROLS) return [];
  return elementsOf(controls.value).map((control) => {
    const [oid, ...rest] = elementsOf(control.value);
    if (!oid) throw new BerError('control without a type');
    return { oid: oid.value.toString('utf8'), value: rest.find(({ tag }) => tag !== BOOLEAN)?.value };
  });
}
