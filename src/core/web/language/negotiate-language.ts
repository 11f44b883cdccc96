import { DEFAULT_LANGUAGE, isLanguage, type Language } from './languages.js';

const LONGEST_HEADER = 1_000;
const RANGE = /^([a-z]{1,8}(?:-[a-z0-9]{1,8})*|\*)(?:\s*;\s*q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?))?$/i;

interface WeightedRange {
  readonly range: string;
  readonly weight: number;
}

/**
 * Picks the language by `Accept-Language` (RFC 9110 section 12.5.4) with the lookup of RFC 4647 section 3.4: each range,
 * the most wanted first, is cut from its end until a spoken language is left. A language with `q=0` is never picked.
 */
export function negotiateLanguage(acceptLanguage: string | undefined): Language {
  const ranges = parse(acceptLanguage ?? '');
  const refused = new Set(ranges.filter(({ weight }) => weight === 0).map(({ range }) => range));
  for (const { range } of ranges.filter(({ weight }) => weight > 0)) {
    const language = lookup(range);
    if (language && !refused.has(language)) return language;
  }
  return DEFAULT_LANGUAGE;
}

/** Ranges, the most wanted first; equal ones in the order of the header. What is malformed is left out. */
function parse(header: string): WeightedRange[] {
  return header
    .slice(0, LONGEST_HEADER)
    .split(',')
    .map((entry) => RANGE.exec(entry.trim()))
    .filter((match) => match !== null)
    .map((match) => ({ range: (match[1] ?? '').toLowerCase(), weight: Number(match[2] ?? 1) }))
    .sort((a, b) => b.weight - a.weight);
}

function lookup(range: string): Language | undefined {
  if (range === '*') return DEFAULT_LANGUAGE;
  const parts = range.split('-');
  for (let length = parts.length; length > 0; length--) {
    const tag = parts.slice(0, length).join('-');
    if (isLanguage(tag)) return tag;
  }
  return undefined;
}
