import { RowError } from './problems.js';

/** Texts and attributes that no honest record comes near. */
const MAX_FIELDS = 256;

/** Texts and attributes by their path, e.g. `Key/Data/Secret/PlainValue` and `Key@Algorithm`; local names only. */
export class XmlFields {
  private readonly values = new Map<string, string[]>();
  private count = 0;

  /** Whether there is any value at or below a path. */
  has(path: string): boolean {
    for (const key of this.values.keys()) {
      if (key.startsWith(path) && ['', '/', '@'].includes(key.charAt(path.length))) return true;
    }
    return false;
  }

  /**
   * The trimmed text at a path, or undefined where there is none.
   *
   * @throws RowError when there are several
   */
  one(path: string): string | undefined {
    const found = this.values.get(path) ?? [];
    if (found.length > 1) throw new RowError('value-repeated');
    return found[0]?.trim();
  }

  all(path: string): readonly string[] {
    return this.values.get(path) ?? [];
  }

  /** @returns false when there are too many already */
  add(path: string, value: string): boolean {
    this.count += 1;
    const found = this.values.get(path);
    if (found) found.push(value);
    else this.values.set(path, [value]);
    return this.count <= MAX_FIELDS;
  }
}
