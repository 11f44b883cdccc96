import { foldName } from '../domains/fold-name.js';

/** One attribute of a name, e.g. `cn` and `Jane Doe`. */
export interface NameAttribute {
  /** In lower case. */
  readonly type: string;
  readonly value: string;
}

/** One level of a name: mostly a single attribute (RFC 4512 section 2.3.1). */
export type NameLevel = readonly NameAttribute[];

/** One attribute and what ends it: no special character is left unescaped (RFC 4514 section 3). */
const ATTRIBUTE = /([^=,+]*)=((?:\\[0-9a-f]{2}|\\[ "#+,;<=>\\]|[^\\"+,;<>\0])*)(,|\+|$)/iy;
const HEX = /^ *#(?:[0-9a-f]{2})+ *$/i;
const TYPE = /^(?:[a-z][a-z0-9-]*|\d+(?:\.\d+)+)$/;

/**
 * A distinguished name from its text form (RFC 4514), the entry's own level first. Undefined when it is none, when a
 * value is in the form `#hex`, and for bytes that are not UTF-8.
 */
export function parseDn(dn: string): NameLevel[] | undefined {
  const levels = writtenLevels(dn);
  if (!levels?.flat().every(({ value }) => unescapeValue(value) !== undefined)) return undefined;
  return levels.map((level) => level.map(({ type, value }) => ({ type, value: unescapeValue(value) ?? '' })));
}

/** Whether a text is a distinguished name (RFC 4514 section 3), of whomever. */
export function isDistinguishedName(text: string): boolean {
  const values = writtenLevels(text)?.flat() ?? [];
  return values.length > 0 && values.every(({ value }) => HEX.test(value) || unescapeValue(value) !== undefined);
}

/** The text form of a name, with everything escaped that has a meaning (RFC 4514 section 2.4). */
export function formatDn(levels: readonly NameLevel[]): string {
  return levels.map((level) => level.map(({ type, value }) => `${type}=${escapeDnValue(value)}`).join('+')).join(',');
}

/** A value, escaped for its place in the text form of a name. */
export function escapeDnValue(value: string): string {
  return value
    .replace(/[\\,+"<>;=]/g, '\\$&')
    .replace(/\0/g, '\\00')
    .replace(/^[ #]|(?<=.) $/gs, '\\$&');
}

/**
 * The name anew, if it is `base` or lies below: what is above the base, taken apart and put together again, and then the
 * base letter by letter. So no trick of spelling leads a server elsewhere than below the base (attack class 49).
 */
export function below(dn: string, base: string): string | undefined {
  if (dn === base) return base;
  const levels = parseDn(dn);
  const home = parseDn(base);
  if (!levels || !home || levels.length < home.length) return undefined;
  const own = levels.slice(0, levels.length - home.length);
  const rest = levels.slice(own.length);
  if (!rest.every((level, index) => foldLevel(level) === foldLevel(home[index] ?? []))) return undefined;
  return own.length === 0 ? base : `${formatDn(own)},${base}`;
}

function foldLevel(level: NameLevel): string {
  return level
    .map(({ type, value }) => `${type}=${escapeDnValue(foldName(value))}`)
    .toSorted()
    .join('+');
}

/** The levels of a name with values as they are written; undefined when the text is no name. */
function writtenLevels(dn: string): NameAttribute[][] | undefined {
  const levels: NameAttribute[][] = [];
  const pattern = new RegExp(ATTRIBUTE);
  for (let separator: string | undefined = ','; separator !== '';) {
    const parts: RegExpExecArray | null = pattern.exec(dn);
    const type = parts?.[1]?.trim().toLowerCase() ?? '';
    if (!parts || !TYPE.test(type)) return undefined;
    if (separator === ',') levels.push([]);
    levels.at(-1)?.push({ type, value: parts[2] ?? '' });
    separator = parts[3];
  }
  return levels;
}

/** Without the spaces around it; hex pairs are bytes of UTF-8. Undefined for the form `#hex`, and when they are not. */
function unescapeValue(escaped: string): string | undefined {
  const parts = escaped.match(/(?:\\[0-9a-f]{2})+|\\.|[^\\]/gis) ?? [];
  const start = parts.findIndex((part) => part !== ' ');
  const value = parts.slice(Math.max(0, start), parts.findLastIndex((part) => part !== ' ') + 1);
  if (value[0] === '#') return undefined;
  try {
    return value.map(unescapePart).join('');
  } catch {
    return undefined;
  }
}

function unescapePart(part: string): string {
  if (!part.startsWith('\\')) return part;
  if (!/^\\[0-9a-f]{2}/i.test(part)) return part.slice(1);
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
    Buffer.from(part.replaceAll('\\', ''), 'hex'),
  );
}
