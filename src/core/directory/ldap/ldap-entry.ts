/** An entry as the server sent it. Attribute names are compared without regard to case (RFC 4512 section 2.5). */
export class LdapEntry {
  private readonly attributes: ReadonlyMap<string, { readonly name: string; readonly values: readonly Buffer[] }>;

  constructor(
    /** Distinguished name (RFC 4514) exactly as the server wrote it, fit to be sent back. */
    readonly dn: string,
    attributes: Iterable<readonly [string, readonly Buffer[]]>,
  ) {
    this.attributes = new Map([...attributes].map(([name, values]) => [name.toLowerCase(), { name, values }]));
  }

  /** Every attribute, its name as the server spells it. */
  all(): { readonly name: string; readonly values: readonly Buffer[] }[] {
    return [...this.attributes.values()];
  }

  /** The first value as bytes. */
  bytes(name: string): Buffer | undefined {
    return this.attributes.get(name.toLowerCase())?.values[0];
  }

  /** The first value as text; an empty one counts as absent. */
  text(name: string | null): string | undefined {
    const value = name === null ? '' : this.bytes(name)?.toString('utf8');
    return value === '' ? undefined : value;
  }

  /** All values as text. */
  texts(name: string): string[] {
    return (this.attributes.get(name.toLowerCase())?.values ?? []).map((value) => value.toString('utf8'));
  }

  /** A whole number; undefined when there is none. */
  integer(name: string): number | undefined {
    const text = this.text(name);
    return text !== undefined && /^-?\d{1,15}$/.test(text) ? Number(text) : undefined;
  }

  /** A boolean (RFC 4517 section 3.3.3); undefined when there is none. */
  boolean(name: string): boolean | undefined {
    const text = this.text(name)?.toUpperCase();
    return text === 'TRUE' ? true : text === 'FALSE' ? false : undefined;
  }
}
