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

/** A text is no search filter. The message says where it goes wrong. */
export class FilterSyntaxError extends Error {
  override readonly name = 'FilterSyntaxError';
}

/**
 * Reads a search filter from the configuration (RFC 4515). ldapjs' own reader leaves escaped characters escaped and
 * takes filters that are none, so that people would be searched for by other rules than the operator wrote.
 *
 * @throws FilterSyntaxError
 */
export function parseFilter(text: string): LdapFilter {
  const reader = new FilterReader(text);
  const filter = reader.filter();
  reader.expectEnd();
  return filter;
}

const ATTRIBUTE = /^[A-Za-z][\w.;-]*$|^\d+(?:\.\d+)+$/;
const EXTENSIBLE = /^([A-Za-z0-9][\w.;-]*)?(:dn)?(?::([\w.-]+))?:$/;

class FilterReader {
  private position = 0;

  constructor(private readonly text: string) {}

  filter(): LdapFilter {
    this.expect('(');
    const filter = this.component();
    this.expect(')');
    return filter;
  }

  expectEnd(): void {
    this.skipSpace();
    if (this.position < this.text.length) this.fail('something follows the filter');
  }

  private component(): LdapFilter {
    this.skipSpace();
    switch (this.text[this.position]) {
      case '&':
        this.position += 1;
        return allOf(...this.list());
      case '|':
        this.position += 1;
        return anyOf(...this.list());
      case '!':
        this.position += 1;
        return not(this.filter());
      default:
        return this.item();
    }
  }

  private list(): LdapFilter[] {
    const filters: LdapFilter[] = [];
    for (this.skipSpace(); this.text[this.position] === '('; this.skipSpace()) filters.push(this.filter());
    if (filters.length === 0) this.fail('a list of filters is missing');
    return filters;
  }

  private item(): LdapFilter {
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
  private comparison(left: string, value: string): LdapFilter {
    const operator = left.at(-1);
    const name = left.slice(0, -1);
    if (operator === ':') return this.extensible(left, value);
    if (operator === '>') return atLeast(this.attribute(name), this.unescaped(value));
    if (operator === '<') return atMost(this.attribute(name), this.unescaped(value));
    if (operator === '~') return sounds(this.attribute(name), this.unescaped(value));
    if (value === '*') return present(this.attribute(left));
    if (!value.includes('*')) return equals(this.attribute(left), this.unescaped(value));
    const [initial = '', ...rest] = value.split('*').map((part) => this.unescaped(part));
    const final = rest.pop() ?? '';
    return contains(this.attribute(left), { initial, any: rest.filter((part) => part !== ''), final });
  }

  private extensible(left: string, value: string): LdapFilter {
    const [, attribute, dn, rule] = EXTENSIBLE.exec(left) ?? this.fail('no matching rule');
    if (attribute === undefined && rule === undefined) this.fail('neither an attribute nor a matching rule');
    return matches({ attribute, rule, dnAttributes: dn !== undefined, value: this.unescaped(value) });
  }

  private attribute(name: string): string {
    return ATTRIBUTE.test(name) ? name : this.fail(`"${name}" is no name of an attribute`);
  }

  /** The value with each `\` and two hex digits turned into the byte they stand for. */
  private unescaped(value: string): string {
    if (/\\(?![0-9a-f]{2})/i.test(value)) this.fail('a backslash is not followed by two hex digits');
    const bytes = Buffer.from(value, 'utf8').toString('latin1');
    const plain = bytes.replaceAll(/\\([0-9a-f]{2})/gi, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
    return Buffer.from(plain, 'latin1').toString('utf8');
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
