import ldapjs from 'ldapjs';
import type { ExtensibleParts, SubstringParts } from '../filter/search-filter.js';

/** A search filter as a tree; there is no way to put a value into it that would be read as anything else. */
export interface LdapFilter {
  readonly type: string;
}

type Make<Options> = new (options: Options) => LdapFilter;

/** The filter classes of ldapjs 3. Its published types describe version 2. */
interface FilterClasses {
  readonly EqualityFilter: Make<{ attribute: string; value: string | Buffer }>;
  readonly PresenceFilter: Make<{ attribute: string }>;
  readonly GreaterThanEqualsFilter: Make<{ attribute: string; value: string }>;
  readonly LessThanEqualsFilter: Make<{ attribute: string; value: string }>;
  readonly ApproximateFilter: Make<{ attribute: string; value: string }>;
  readonly SubstringFilter: Make<{ attribute: string; initial: string; any: string[]; final: string }>;
  readonly ExtensibleFilter: Make<Partial<ExtensibleParts>>;
  readonly AndFilter: Make<{ filters: LdapFilter[] }>;
  readonly OrFilter: Make<{ filters: LdapFilter[] }>;
  readonly NotFilter: Make<{ filter: LdapFilter }>;
}

const classes = ldapjs as unknown as FilterClasses;

/** The value must not be empty. */
export function equals(attribute: string, value: string | Buffer): LdapFilter {
  return new classes.EqualityFilter({ attribute, value });
}

export function present(attribute: string): LdapFilter {
  return new classes.PresenceFilter({ attribute });
}

export function atLeast(attribute: string, value: string): LdapFilter {
  return new classes.GreaterThanEqualsFilter({ attribute, value });
}

export function atMost(attribute: string, value: string): LdapFilter {
  return new classes.LessThanEqualsFilter({ attribute, value });
}

export function sounds(attribute: string, value: string): LdapFilter {
  return new classes.ApproximateFilter({ attribute, value });
}

export function contains(attribute: string, { initial, any, final }: SubstringParts): LdapFilter {
  return new classes.SubstringFilter({ attribute, initial, any: [...any], final });
}

export function matches(parts: ExtensibleParts): LdapFilter {
  return new classes.ExtensibleFilter(parts);
}

export function allOf(...filters: LdapFilter[]): LdapFilter {
  return new classes.AndFilter({ filters });
}

export function anyOf(...filters: LdapFilter[]): LdapFilter {
  return new classes.OrFilter({ filters });
}

export function not(filter: LdapFilter): LdapFilter {
  return new classes.NotFilter({ filter });
}
