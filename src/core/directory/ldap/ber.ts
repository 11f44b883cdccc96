/** One element of the Basic Encoding Rules (ITU-T X.690), as far as LDAP uses them (RFC 4511 section 5.1). */
export interface BerElement {
  readonly tag: number;
  readonly value: Buffer;
}

/** What a peer sent is no BER, or more than anybody should send. */
export class BerError extends Error {
  override readonly name = 'BerError';
}

/** Bytes of one message at most; an entry with photographs fits, an endless stream does not. */
const MAX_ELEMENT_BYTES = 16 * 1024 * 1024;

/** Elements inside of one at most. Empty ones take two bytes on the wire and a hundred here. */
const MAX_ELEMENTS = 10_000;

/**
 * The element at the start of `bytes` and where it ends, or undefined when more bytes must come first.
 *
 * @throws BerError for lengths that LDAP forbids and elements beyond all reason
 */
export function firstElement(bytes: Buffer): (BerElement & { readonly end: number }) | undefined {
  const tag = bytes[0];
  const first = bytes[1];
  if (tag === undefined || first === undefined) return undefined;
  let start = 2;
  let length = first;
  if (first >= 0x80) {
    const octets = first & 0x7f;
    if (octets === 0 || octets > 4) throw new BerError('length of an indefinite or absurd form');
    start += octets;
    if (bytes.length < start) return undefined;
    length = bytes.readUIntBE(2, octets);
  }
  if (length > MAX_ELEMENT_BYTES) throw new BerError('element too long');
  const end = start + length;
  return bytes.length < end ? undefined : { tag, value: bytes.subarray(start, end), end };
}

/**
 * All elements inside of a constructed value.
 *
 * @throws BerError when the bytes do not end with an element, and for more elements than any answer to us has
 */
export function elementsOf(bytes: Buffer): BerElement[] {
  const elements: BerElement[] = [];
  let rest = bytes;
  while (rest.length > 0) {
    const element = firstElement(rest);
    if (!element) throw new BerError('truncated element');
    if (elements.push(element) > MAX_ELEMENTS) throw new BerError('too many elements');
    rest = rest.subarray(element.end);
  }
  return elements;
}

/**
 * The value of an INTEGER or ENUMERATED element.
 *
 * @throws BerError when it is absent or too big for LDAP
 */
export function integerOf(element: BerElement | undefined): number {
  const bytes = element?.value;
  if (!bytes || bytes.length === 0 || bytes.length > 6) throw new BerError('not an integer');
  return bytes.readIntBE(0, bytes.length);
}

/** An element in bytes; `value` is at most 16 MiB long. */
export function elementBytes(tag: number, value: Buffer): Buffer {
  const { length } = value;
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), value]);
  const header = Buffer.from([tag, 0x84, 0, 0, 0, 0]);
  header.writeUInt32BE(length, 2);
  return Buffer.concat([header, value]);
}

/** An INTEGER from 0 to 2^31 - 1. */
export function integerBytes(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return elementBytes(0x02, bytes);
}
