import { elementBytes, elementsOf, firstElement, integerBytes } from './ber.js';
import type { LdapConnection } from './ldap-connection.js';
import type { LdapEntry } from './ldap-entry.js';
import type { LdapReply } from './ldap-reply.js';
import { controlWithValue, type LdapControl, type SearchOptions, searchRequest } from './ldap-requests.js';
import { expectSuccess } from './refusals.js';
import { RESULT } from './result-codes.js';

/** Simple paged results (RFC 2696). */
const PAGED_RESULTS = '1.2.840.113556.1.4.319';
const PAGE_SIZE = 500;
const SEQUENCE = 0x30;
const OCTET_STRING = 0x04;

/** What a server answers when it has more, and says no more of it. */
const CUT_SHORT: ReadonlySet<number> = new Set([
  RESULT.sizeLimitExceeded,
  RESULT.timeLimitExceeded,
  RESULT.adminLimitExceeded,
]);

export interface PagedSearch extends Omit<SearchOptions, 'sizeLimit' | 'timeLimit' | 'controls'> {
  /** Entries at most. */
  readonly limit: number;
  /** Milliseconds that the server may take for one page. */
  readonly timeLimitMs: number;
}

export interface FoundEntries {
  readonly entries: readonly LdapEntry[];
  /** False when there are more: than `limit`, or than the server gave. */
  readonly complete: boolean;
}

/**
 * Searches page by page, because servers answer no more than a page at once (1,000 entries in Active Directory) and
 * would say of more only that there is more.
 *
 * @throws DomainError by the result code of a page
 */
export async function searchPages(
  connection: LdapConnection,
  { limit, timeLimitMs, ...options }: PagedSearch,
): Promise<FoundEntries> {
  const timeLimit = Math.max(1, Math.floor(timeLimitMs / 1000));
  const page = (size: number, cookie: Buffer) =>
    connection.send(searchRequest({ ...options, timeLimit, sizeLimit: 0, controls: [paged(size, cookie)] }));
  const entries: LdapEntry[] = [];
  for (let cookie: Buffer = Buffer.alloc(0); ;) {
    const reply = await page(Math.min(PAGE_SIZE, limit + 1 - entries.length), cookie);
    entries.push(...reply.entries);
    cookie = cookieOf(reply);
    const cut = CUT_SHORT.has(reply.status);
    if (!cut) expectSuccess(reply, 'searching');
    if (cut || entries.length > limit) {
      // The server keeps what it has found until it is told that nobody wants it.
      if (!cut && cookie.length > 0) await page(0, cookie);
      return { entries: entries.slice(0, limit), complete: false };
    }
    if (cookie.length === 0) return { entries, complete: true };
  }
}

function paged(size: number, cookie: Buffer): LdapControl {
  const value = elementBytes(SEQUENCE, Buffer.concat([integerBytes(size), elementBytes(OCTET_STRING, cookie)]));
  return controlWithValue(PAGED_RESULTS, false, value);
}

/** Where the next page begins; empty after the last one, and from servers that know no pages. */
function cookieOf({ controls }: LdapReply): Buffer {
  const value = controls.find(({ oid }) => oid === PAGED_RESULTS)?.value;
  const sequence = value && firstElement(value);
  return (sequence && elementsOf(sequence.value)[1]?.value) ?? Buffer.alloc(0);
}
