import type { Language } from '../../core/web/language/languages.js';
import { formatInstant, type InstantStyle } from './format-instant.js';
import { itemName } from './item-names.js';
import { INSTANTS, VARIABLES, type Variable } from './template.js';

/** What a variable becomes depends on where it is read. */
export interface ValueContext {
  readonly language: Language;
  /** IANA name. */
  readonly timeZone: string;
  /** For `ORGANISATION`; empty means the domain's name. */
  readonly organisation: string;
  readonly style: InstantStyle;
  /** Characters of `COMMENTS` that there is room for. */
  readonly commentLength: number;
}

export type Values = Readonly<Record<Variable, string>>;

const LONGEST_VALUE = 2_000;

/**
 * The values as the person reads them: instants in local time, long comments cut, and nothing in them that could end a
 * line, hide or turn round text, or pass for an encoded word (RFC 2047) in a header (attack class 62).
 */
export function readableValues(given: Readonly<Record<string, string>>, context: ValueContext): Values {
  const plain = (variable: Variable): string =>
    cleaned(given[variable] ?? '')
      .slice(0, LONGEST_VALUE)
      .toWellFormed();
  const value = (variable: Variable): string => {
    if (INSTANTS.includes(variable)) return instant(plain(variable), context);
    if (variable === 'COMMENTS') return cut(plain(variable), context.commentLength);
    if (variable === 'ORGANISATION') return cleaned(context.organisation) || plain('DOMAIN');
    if (variable === 'ITEM') return itemName(plain(variable), context.language);
    if (variable === 'FULLNAME') return plain(variable) || plain('USERNAME');
    return plain(variable);
  };
  return Object.fromEntries(VARIABLES.map((variable) => [variable, value(variable)])) as Values;
}

function instant(text: string, { language, timeZone, style }: ValueContext): string {
  const at = new Date(text);
  return Number.isNaN(at.getTime()) ? '' : formatInstant(at, language, timeZone, style);
}

/** White space of every kind becomes one space; controls, bidirectional overrides and invisible characters go. */
export function cleaned(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Z}]+/gu, ' ')
    .replace(/[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu, '')
    .replaceAll('=?', '= ?')
    .trim();
}

/** Plain dots, because the one-character ellipsis would double the price of an SMS. */
function cut(text: string, length: number): string {
  const characters = Array.from(text);
  return characters.length <= length ? text : `${characters.slice(0, length).join('').trimEnd()}...`;
}
