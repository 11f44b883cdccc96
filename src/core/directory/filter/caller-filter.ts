import { DomainError } from '../../errors/domain-error.js';
import { isAttributeName, isSecretAttribute } from '../attributes/secret-attributes.js';
import { FilterSyntaxError, parseFilter } from './parse-filter.js';
import { attributesAskedFor, type SearchFilter } from './search-filter.js';

/**
 * Reads a filter that a caller wrote. Asking whether a stored password begins with this or that is reading it bit by
 * bit, so secret attributes may not occur; nor may attributes by number, nor a rule that is applied to all of them.
 *
 * @throws DomainError `filter-not-valid` with the problem
 */
export function parseCallerFilter(text: string): SearchFilter {
  const filter = parsed(text);
  for (const name of attributesAskedFor(filter)) {
    if (name === undefined) throw notValid('a matching rule needs an attribute');
    if (!isAttributeName(name)) throw notValid(`"${name}" is no name of an attribute`);
    if (isSecretAttribute(name)) throw notValid(`"${name}" cannot be searched for`);
  }
  return filter;
}

function parsed(text: string): SearchFilter {
  try {
    return parseFilter(text);
  } catch (error) {
    if (error instanceof FilterSyntaxError) throw notValid(error.message);
    throw error;
  }
}

function notValid(problem: string): DomainError {
  return new DomainError('filter-not-valid', { params: { problem } });
}
