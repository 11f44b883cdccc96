import type { SearchFilter } from '../filter/search-filter.js';
import {
  allOf,
  anyOf,
  atLeast,
  atMost,
  contains,
  equals,
  type LdapFilter,
  matches,
  not,
  present,
  sounds,
} from './ldap-filters.js';

/** A filter as it is sent: built from the tree, never from text. */
export function encodeFilter(filter: SearchFilter): LdapFilter {
  switch (filter.kind) {
    case 'and':
      return allOf(...filter.filters.map(encodeFilter));
    case 'or':
      return anyOf(...filter.filters.map(encodeFilter));
    case 'not':
      return not(encodeFilter(filter.filter));
    case 'equal':
      return equals(filter.attribute, filter.value);
    case 'atLeast':
      return atLeast(filter.attribute, filter.value);
    case 'atMost':
      return atMost(filter.attribute, filter.value);
    case 'approx':
      return sounds(filter.attribute, filter.value);
    case 'present':
      return present(filter.attribute);
    case 'substrings':
      return contains(filter.attribute, filter);
    default: {
      const { attribute, rule, dnAttributes, value } = filter;
      return matches({ attribute, rule, dnAttributes, value });
    }
  }
}
