import { IpFilter } from './ip-filter.js';

/**
 * An option of a policy: a text on the wire and in the configuration file (authentication methods, section 6.8), read
 * into a value.
 */
export interface PolicyOption<T> {
  /** As it is spelt on the wire. */
  readonly name: string;
  /** What is possible, in words that fit behind "must be". */
  readonly values: string;
  /** What holds when no policy says otherwise, as text. */
  readonly fallback: string;
  /** What it does, as one sentence. */
  readonly meaning: string;
  /** A secret is never shown to agents, and sealed where it is stored. */
  readonly secret: boolean;
  /** What this version does not do is refused in the configuration file, and not told to agents. */
  readonly supported: boolean;
  /** What holds in place of a stored value that cannot be read; the default when absent. */
  readonly unreadable?: T;
  /** @returns undefined for what is not possible */
  parse(text: string): T | undefined;
  /** The part of a value that agents may read. */
  shown(text: string): string;
}

/** What every option declares of itself. */
interface Declaration {
  readonly fallback: string;
  readonly meaning: string;
}

/** An option without its name, which is the key that it stands under; see `category`. */
export type UnnamedOption<T> = Omit<PolicyOption<T>, 'name'>;

/** A whole number within bounds. */
export function integerOption(declaration: Declaration & { min: number; max: number }): UnnamedOption<number> {
  const { min, max, ...rest } = declaration;
  return option({
    ...rest,
    values: `a whole number from ${min} to ${max}, in quotes`,
    parse: (text) => {
      const number = /^-?\d{1,9}$/.test(text) ? Number(text) : undefined;
      return number !== undefined && number >= min && number <= max ? number : undefined;
    },
  });
}

export function booleanOption(declaration: Declaration): UnnamedOption<boolean> {
  return option({
    ...declaration,
    values: '"true" or "false"',
    parse: (text) => (text === 'true' || text === 'false' ? text === 'true' : undefined),
  });
}

/** One of a closed list of words in exactly this spelling. */
export function wordOption<const T extends string>(
  words: readonly T[],
  declaration: Declaration & { fallback: T },
): UnnamedOption<T> {
  return option({
    ...declaration,
    values: `one of ${words.join(', ')}`,
    parse: (text) => words.find((word) => word === text),
  });
}

/** Words of a closed list, each once, separated by commas; empty for none. */
export function wordsOption<const T extends string>(
  words: readonly T[],
  declaration: Declaration,
): UnnamedOption<readonly T[]> {
  return option({
    ...declaration,
    values: `some of ${words.join(', ')}, separated by commas`,
    parse: (text) => {
      const written = listed(text, ',');
      const known = written.map((entry) => words.find((word) => word === entry));
      const fine = known.every((word) => word !== undefined) && new Set(known).size === known.length;
      return fine ? known : undefined;
    },
  });
}

/** Free words separated by semicolons; empty for none. */
export function listOption(declaration: Declaration): UnnamedOption<readonly string[]> {
  return option({ ...declaration, values: 'words, separated by semicolons', parse: (text) => listed(text, ';') });
}

export function ipFilterOption(declaration: Declaration): UnnamedOption<IpFilter> {
  return option({
    ...declaration,
    values:
      'addresses, ranges such as 198.51.100.0-198.51.100.255 or CIDR blocks, separated by semicolons, ' +
      'each with its proxy in brackets where it counts only behind one',
    parse: (text) => IpFilter.parse(text),
    unreadable: IpFilter.unreadable,
    shown: (text) => IpFilter.withoutProxies(text),
  });
}

/** A text in a form of its own that nobody is shown. */
export function secretOption(declaration: Declaration & { values: string; pattern: RegExp }): UnnamedOption<string> {
  const { pattern, ...rest } = declaration;
  return option({ ...rest, secret: true, parse: (text) => (pattern.test(text) ? text : undefined) });
}

/** An option of the wire that this version has no use for. */
export function unsupported<T>(declared: UnnamedOption<T>): UnnamedOption<T> {
  return { ...declared, supported: false };
}

type Unnamed = Readonly<Record<string, UnnamedOption<unknown>>>;

type Named<O> = { readonly [K in keyof O]: O[K] extends UnnamedOption<infer T> ? PolicyOption<T> : never };

/** The options of a category, each named as its key. */
export function category<O extends Unnamed>(options: O): Named<O> {
  const named = Object.entries(options).map(([name, unnamed]) => [name, { name, ...unnamed }]);
  return Object.freeze(Object.fromEntries(named)) as Named<O>;
}

function option<T>(
  declaration: Omit<UnnamedOption<T>, 'secret' | 'supported' | 'shown'> & Partial<UnnamedOption<T>>,
): UnnamedOption<T> {
  return { secret: false, supported: true, shown: (text) => text, ...declaration };
}

function listed(text: string, separator: string): string[] {
  return text
    .split(separator)
    .map((word) => word.trim())
    .filter((word) => word !== '');
}
