import { isUtf8 } from 'node:buffer';
import type { FilterValue, SearchFilter } from './search-filter.js';

/** A text is no search filter. The message says where it goes wrong. */
export class FilterSyntaxError extends Error {
  override readonly name = 'FilterSyntaxError';
}

/** Characters of a filter at most, and how deep one may be nested. */
const MAX_LENGTH = 10_000;
const MAX_DEPTH = 32;

/**
 * Reads a search filter from its text form (RFC 4515). ldapjs' own reader leaves escaped characters escaped and takes
 * filters that are none, so that something else would be searched for than was written.
 *
 * @throws FilterSyntaxError
 */
export function parseFilter(text: string): SearchFilter {
  if (!text.isWellFormed()) throw new FilterSyntaxError('half a character at some place');
  if (text.length > MAX_LENGTH) throw new FilterSyntaxError(`more than ${MAX_LENGTH} characters`);
  const reader = new FilterReader(text);
  const filter = reader.filter();
  reader.expectEnd();
  return filter;
}

const ATTRIBUTE = /^[A-Za-z][\w.;-]*$|^\d+(?:\.\d+)+$/;
const EXTENSIBLE = /^([A-Za-z0-9][\w.;-]*)?(:dn)?(?::([\w.-]+))?:$/;

class FilterReader {
  private position = 0;
  private depth = 0;

  constructor(private readonly text: string) {}

  filter(): SearchFilter {
    this.expect('(');
    if ((this.depth += 1) > MAX_DEPTH) this.fail('nested too deeply');
    const filter = this.component();
    this.depth -= 1;
    this.expect(')');
    return filter;
  }

  expectEnd(): void {
    this.skipSpace();
    if (this.position < this.text.length) this.fail('something follows the filter');
  }

  private component(): SearchFilter {
    this.skipSpace();
    switch (this.text[this.position]) {
      case '&':
        this.position += 1;
        return { kind: 'and', filters: this.list() };
      case '|':
        this.position += 1;
        return { kind: 'or', filters: this.list() };
      case '!':
        this.position += 1;
        return { kind: 'not', filter: this.filter() };
      default:
        return this.item();
    }
  }

  private list(): SearchFilter[] {
    const filters: SearchFilter[] = [];
    for (this.skipSpace(); this.text[this.position] === '('; this.skipSpace()) filters.push(this.filter());
    if (filters.length === 0) this.fail('a list of filters is missing');
    return filters;
  }

  private item(): SearchFilter {
    const end = this.text.indexOf(')', this.position);
    const item = this.text.slice(this.position, end === -1 ? undefined : end);
    const sign = item.indexOf('=');
    if (sign < 1) this.fail('a comparison is missing');
    const value = item.slice(sign + 1);
    if (/[(\0]/.test(item)) this.fail('a character is not escaped');
    const filter = this.comparison(item.slice(0, sign), value);
    this.position += item.length;
    return filter;
  }

  /** `left` is all before the first equals sign, the character before which may be part of the operator. */
  private comparison(left: string, value: string): SearchFilter {
    const operator = left.at(-1);
    const name = left.slice(0, -1);
    if (operator === ':') return this.extensible(left, value);
    if (operator === '>') return { kind: 'atLeast', attribute: this.attribute(name), value: this.plainText(value) };
    if (operator === '<') return { kind: 'atMost', attribute: this.attribute(name), value: this.plainText(value) };
    if (operator === '~') return { kind: 'approx', attribute: this.attribute(name), value: this.plainText(value) };
    const attribute = this.attribute(left);
    if (value === '*') return { kind: 'present', attribute };
    return value.includes('*')
      ? this.substrings(attribute, value)
      : { kind: 'equal', attribute, value: this.unescaped(value) };
  }

  private substrings(attribute: string, value: string): SearchFilter {
    const [initial = '', ...rest] = value.split('*').map((part) => (part === '' ? '' : this.plainText(part)));
    const final = rest.pop() ?? '';
    const any = rest.filter((part) => part !== '');
    if (initial === '' && final === '' && any.length === 0) this.fail('nothing is looked for');
    return { kind: 'substrings', attribute, initial, any, final };
  }

  private extensible(left: string, value: string): SearchFilter {
    const [, attribute, dn, rule] = EXTENSIBLE.exec(left) ?? this.fail('no matching rule');
    if (attribute === undefined && rule === undefined) this.fail('neither an attribute nor a matching rule');
    return { kind: 'extensible', attribute, rule, dnAttributes: dn !== undefined, value: this.plainText(value) };
  }

  private attribute(name: string): string {
    return ATTRIBUTE.test(name) ? name : this.fail(`"${name}" is no name of an attribute`);
  }

  private plainText(value: string): string {
    const plain = this.unescaped(value);
    return typeof plain === 'string' ? plain : this.fail('a value is no UTF-8');
  }

  /** The value with each `\` and two hex digits turned into the byte they stand for. */
  private unescaped(value: string): FilterValue {
    if (value === '') this.fail('a value is missing');
    if (/\\(?![0-9a-f]{2})/i.test(value)) this.fail('a backslash is not followed by two hex digits');
    const escaped = Buffer.from(value, 'utf8').toString('latin1');
    const plain = escaped.replaceAll(/\\([0-9a-f]{2})/gi, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
    const bytes = Buffer.from(plain, 'latin1');
    return isUtf8(bytes) ? bytes.toString('utf8') : bytes;
  }

  private expect(character: string): void {
    this.skipSpace();
    if (this.text[this.position] !== character) this.fail(`"${character}" is missing`);
    this.position += 1;
  }

  private skipSpace(): void {
    while (/\s/.test(this.text[this.position] ?? '')) this.position += 1;
  }

  private fail(problem: string): never {
    throw new FilterSyntaxError(`${problem} at character ${this.position + 1}`);
  }
}
