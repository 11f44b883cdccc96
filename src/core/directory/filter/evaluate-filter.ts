import { foldName } from '../../domains/fold-name.js';
import type { FilterValue, SearchFilter, SubstringParts } from './search-filter.js';

/** The values of an attribute; none when the entry has none, undefined when there is no such attribute at all. */
export type ValuesOf = (attribute: string) => readonly string[] | undefined;

/**
 * Whether an entry of ours matches a filter, as a directory would judge (RFC 4511 section 4.5.1.7): what is asked of an
 * attribute that does not exist is neither true nor false, which `not` leaves as it is. Text is compared without regard
 * to case and to the number of spaces (caseIgnoreMatch, RFC 4517 section 4.2.11), telephone numbers without spaces and
 * hyphens (section 4.2.29). Matching rules by name are not known here.
 */
export function matchesFilter(filter: SearchFilter, valuesOf: ValuesOf): boolean {
  return judge(filter, valuesOf) === true;
}

/** Undefined is the third value: it cannot be said. */
type Verdict = boolean | undefined;

function judge(filter: SearchFilter, valuesOf: ValuesOf): Verdict {
  switch (filter.kind) {
    case 'and':
      return all(filter.filters.map((part) => judge(part, valuesOf)));
    case 'or':
      return negated(all(filter.filters.map((part) => negated(judge(part, valuesOf)))));
    case 'not':
      return negated(judge(filter.filter, valuesOf));
    case 'extensible':
      return undefined;
    default:
      return valuesOf(filter.attribute)?.some((value) => fits(filter, value));
  }
}

type Item = Exclude<SearchFilter, { kind: 'and' | 'or' | 'not' | 'extensible' }>;

function fits(item: Item, stored: string): boolean {
  if (item.kind === 'present') return true;
  const value = folded(item.attribute, stored);
  if (item.kind === 'substrings') return hasParts(item, value);
  const wanted = folded(item.attribute, item.value);
  if (item.kind === 'atLeast') return value >= wanted;
  if (item.kind === 'atMost') return value <= wanted;
  return value === wanted;
}

function hasParts({ attribute, initial, any, final }: SubstringParts & { attribute: string }, value: string): boolean {
  const parts = [initial, ...any, final].map((part) => foldedPart(attribute, part));
  const last = parts.pop() ?? '';
  if (!value.startsWith(parts[0] ?? '')) return false;
  let position = 0;
  for (const part of parts) {
    const found = value.indexOf(part, position);
    if (found === -1) return false;
    position = found + part.length;
  }
  return value.length - position >= last.length && value.endsWith(last);
}

function all(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes(false)) return false;
  return verdicts.includes(undefined) ? undefined : true;
}

function negated(verdict: Verdict): Verdict {
  return verdict === undefined ? undefined : !verdict;
}

const TELEPHONE = /^(?:mobile|pager|homephone|telephonenumber|facsimiletelephonenumber)$/i;

function folded(attribute: string, value: FilterValue): string {
  const text = foldName(value.toString());
  return TELEPHONE.test(attribute) ? text.replaceAll(/[ -]/g, '') : text;
}

/** As {@link folded}, but spaces at the ends of a part count. */
function foldedPart(attribute: string, part: string): string {
  if (part === '') return '';
  const edge = (space: boolean) => (space && !TELEPHONE.test(attribute) ? ' ' : '');
  const middle = folded(attribute, part);
  if (middle === '') return edge(true);
  return `${edge(/^\s/u.test(part))}${middle}${edge(/\s$/u.test(part))}`;
}
