import type { AttributeValues } from './attribute-values.js';

/** Depth of a search: the base itself, what lies right below it, or the base and everything below. */
export type SearchScope = 'base' | 'one' | 'sub';

export interface ObjectQuery {
  /** Where to search; the domain's base when absent, and nowhere but there or below. */
  readonly baseDn?: string;
  /** Search filter in its text form (RFC 4515); everything when absent. */
  readonly filter?: string;
  /** `sub` when absent. */
  readonly scope?: SearchScope;
  /** As in {@link PersonAttributes.read}. */
  readonly attributes?: readonly string[];
  /** Objects at most, 1 to 1,000; 1,000 when absent. */
  readonly limit?: number;
}

export interface FoundObject {
  readonly dn: string;
  readonly attributes: AttributeValues;
}

export interface FoundObjects {
  readonly objects: readonly FoundObject[];
  /** False when there are more than `limit`, or more than the directory gave in its time. */
  readonly complete: boolean;
}

/**
 * Free search in the domain's part of the directory (manager-json-rpc section 12: Search_LDAP_Objects). The filter is
 * read by our own parser and sent as a tree, so nothing in it can be taken for anything else (attack class 49).
 */
export interface ObjectSearch {
  /**
   * @throws DomainError `filter-not-valid` with the problem, also for one that asks for a secret attribute;
   *   `account-not-found` with the DN for a base that does not exist or lies outside of the domain's part
   */
  find(query: ObjectQuery): Promise<FoundObjects>;
}
