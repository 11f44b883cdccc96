import { isNetwork } from '../web/client-address.js';
import { isPlainHost } from '../web/plain-host.js';
import { declareSetting, type Setting, type SettingScope } from './setting.js';

interface Declaration<T> {
  readonly name: string;
  readonly scope: SettingScope;
  readonly default: T;
  readonly meaning: string;
}

/** A whole number within bounds. */
export function integerSetting(declaration: Declaration<number> & { min: number; max: number }): Setting<number> {
  const { min, max, ...rest } = declaration;
  return declareSetting({
    ...rest,
    values: `a whole number from ${min} to ${max}`,
    parse: (value) =>
      typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max ? value : undefined,
  });
}

export function booleanSetting(declaration: Declaration<boolean>): Setting<boolean> {
  return declareSetting({
    ...declaration,
    values: 'true or false',
    parse: (value) => (typeof value === 'boolean' ? value : undefined),
  });
}

/** One of a closed list of words, written in any case and kept in the documented spelling. */
export function wordSetting<T extends string>(declaration: Declaration<T> & { words: readonly T[] }): Setting<T> {
  const { words, ...rest } = declaration;
  return declareSetting({
    ...rest,
    values: `one of ${words.join(', ')}`,
    parse: (value) =>
      typeof value === 'string' ? words.find((word) => word.toLowerCase() === value.toLowerCase()) : undefined,
  });
}

/** Free text up to a length; the empty text means "not given". */
export function textSetting(declaration: Declaration<string> & { maxLength: number }): Setting<string> {
  const { maxLength, ...rest } = declaration;
  return declareSetting({
    ...rest,
    values: `text of at most ${maxLength} characters`,
    parse: (value) => (typeof value === 'string' && value.length <= maxLength ? value : undefined),
  });
}

/** A list of IP addresses or CIDR blocks (RFC 4632). */
export function networksSetting(declaration: Declaration<readonly string[]>): Setting<readonly string[]> {
  return listSetting(declaration, 'a list of IP addresses or CIDR blocks', (entry) =>
    isNetwork(entry) ? entry : undefined,
  );
}

/** A list of web origins (RFC 6454): scheme, host and port, nothing behind. */
export function originsSetting(declaration: Declaration<readonly string[]>): Setting<readonly string[]> {
  return listSetting(declaration, 'a list of origins such as https://portal.example.test', (entry) => {
    const url = URL.canParse(entry) ? new URL(entry) : undefined;
    const bare =
      url && /^https?:$/.test(url.protocol) && url.origin === entry.toLowerCase() && isPlainHost(url.hostname);
    return bare ? url.origin : undefined;
  });
}

/** A list of texts without further rule. */
export function textsSetting(declaration: Declaration<readonly string[]>): Setting<readonly string[]> {
  return listSetting(declaration, 'a list of texts', (entry) => (entry.length <= 1_000 ? entry : undefined));
}

/** An object (or a word instead of one) with its own check. */
export function objectSetting<T>(
  declaration: Declaration<T> & { values: string; parse: (value: unknown) => T | undefined },
): Setting<T> {
  return declareSetting(declaration);
}

function listSetting(
  declaration: Declaration<readonly string[]>,
  values: string,
  parseEntry: (entry: string) => string | undefined,
): Setting<readonly string[]> {
  return declareSetting({
    ...declaration,
    values,
    parse: (value) => {
      if (!Array.isArray(value)) return undefined;
      const entries = value.map((entry) => (typeof entry === 'string' ? parseEntry(entry) : undefined));
      return entries.every((entry) => entry !== undefined) ? entries : undefined;
    },
  });
}
