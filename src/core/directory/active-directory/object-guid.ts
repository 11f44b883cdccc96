import { isUuid } from '../../database/uuid.js';
/** Where each byte of the text form stands in the octets: the first three groups are little-endian (MS-DTYP 2.3.4). */
const ORDER = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];
const GROUP_ENDS = new Set([3, 5, 7, 9]);
/** The octets of objectGUID as 8-4-4-4-12 hex digits, as Windows tools show them; undefined for other lengths. */
export function guidText(octets: Buffer | undefined): string | undefined {
  if (octets?.length !== ORDER.length) return undefined;
  const pairs = ORDER.map((position) => octets.toString('hex', position, position + 1));
  return pairs.map((pair, index) => (GROUP_ENDS.has(index) ? `${pair}-` : pair)).join('');
}

/** The octets to search for; undefined when `text` is no GUID. */
export function guidOctets(text: string): Buffer | undefined {
  if (!isUuid(text)) return undefined;
  const bytes = Buffer.from(text.replaceAll('-', ''), 'hex');
  const octets = Buffer.alloc(ORDER.length);
  for (const [index, position] of ORDER.entries()) octets[position] = bytes[index] ?? 0;
  return octets;
}
