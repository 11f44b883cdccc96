import { isEmail } from 'class-validator';
import { plainSecret, type PlainSecret } from '../../crypto/secret-types.js';
import { isNetwork } from '../../web/client-address.js';
import { isPlainHost } from '../../web/plain-host.js';
import { nearestWord } from './nearest-word.js';
import type { Shape } from './shape.js';
import type { ScalarNode, SourceNode } from './source-node.js';

/** A single value; `parse` returns undefined for what is not possible. */
export function scalar<T>(values: string, parse: (value: ScalarNode['value']) => T | undefined): Shape<T> {
  return {
    values,
    read(node, problems) {
      const value = scalarValues(node)
        .map(parse)
        .find((parsed) => parsed !== undefined);
      return value === undefined ? problems.add(node, `must be ${values}${hint(node, values)}`) : value;
    },
  };
}

/** Text that may be shown: one line or several, without other control characters. */
export function text(options: { max?: number; values?: string } = {}): Shape<string> {
  const max = options.max ?? 1_000;
  return scalar(options.values ?? `text of at most ${max} characters`, (value) =>
    typeof value === 'string' && value.length > 0 && value.length <= max && !/[^\P{Cc}\n\t]/u.test(value)
      ? value
      : undefined,
  );
}

/** A name: one line, not empty, no blanks at its ends. */
export function name(): Shape<string> {
  return scalar('text of 1 to 200 characters on one line', (value) =>
    typeof value === 'string' && /^\S(.{0,198}\S)?$/u.test(value) && !/\p{Cc}/u.test(value) ? value : undefined,
  );
}

/** A text by a pattern. */
export function matching(pattern: RegExp, values: string): Shape<string> {
  return scalar(values, (value) => (typeof value === 'string' && pattern.test(value) ? value : undefined));
}

export function secret(): Shape<PlainSecret> {
  return scalar('text of 1 to 10000 characters', (value) =>
    typeof value === 'string' && value.length > 0 && value.length <= 10_000 ? plainSecret(value) : undefined,
  );
}

export function integer(min: number, max: number): Shape<number> {
  return scalar(`a whole number from ${min} to ${max}`, (value) =>
    typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max ? value : undefined,
  );
}

export function boolean(): Shape<boolean> {
  return scalar('true or false', (value) => (typeof value === 'boolean' ? value : undefined));
}

/** One of a closed list of words in exactly this spelling. */
export function word<const T extends string>(words: readonly T[]): Shape<T> {
  const values = words.length === 1 ? `${words[0]}` : `one of ${words.join(', ')}`;
  return {
    values,
    read(node, problems) {
      const written = node.kind === 'scalar' && typeof node.value === 'string' ? node.value : '';
      const found = words.find((candidate) => candidate === written);
      if (found) return found;
      const nearest = written && nearestWord(written, words);
      return problems.add(node, `must be ${values}${nearest ? `; did you mean ${nearest}?` : ''}`);
    },
  };
}

/** A URL of one of these protocols (`https:`), without a fragment. */
export function url(protocols: readonly string[], { credentials = false } = {}): Shape<string> {
  const starts = protocols.map((protocol) => `${protocol}//`).join(' or ');
  const values = `a URL starting with ${starts}${credentials ? '' : ', without user and password'}`;
  return scalar(values, (value) => {
    if (typeof value !== 'string' || !URL.canParse(value)) return undefined;
    const parsed = new URL(value);
    const carries = parsed.username !== '' || parsed.password !== '';
    return protocols.includes(parsed.protocol) && parsed.hostname && !parsed.hash && (credentials || !carries)
      ? value
      : undefined;
  });
}

/** The base of all links: scheme, host and port. */
export function origin(): Shape<string> {
  return scalar('an origin such as https://id.example.test: scheme, host and port only', (value) => {
    if (typeof value !== 'string' || !URL.canParse(value)) return undefined;
    const parsed = new URL(value);
    const bare = `${parsed.origin}/` === parsed.href && isPlainHost(parsed.hostname);
    return bare && /^https?:$/.test(parsed.protocol) ? parsed.origin : undefined;
  });
}

export function email(): Shape<string> {
  return scalar('a mail address', (value) => (typeof value === 'string' && isEmail(value) ? value : undefined));
}

/** A telephone number in the international form of ITU-T E.164. */
export function telephone(): Shape<string> {
  return matching(/^\+[1-9][0-9]{5,14}$/, 'a telephone number such as "+35226000001", in quotes');
}

/** An IP address or a CIDR block (RFC 4632). */
export function network(): Shape<string> {
  return scalar('an IP address or a CIDR block', (value) =>
    typeof value === 'string' && isNetwork(value) ? value : undefined,
  );
}

/** What a value may stand for: a text from the environment may also be the number or the truth value it spells. */
export function scalarValues(node: SourceNode): ScalarNode['value'][] {
  if (node.kind !== 'scalar') return [];
  const { value, substituted } = node;
  if (!substituted || typeof value !== 'string') return [value];
  if (/^-?[0-9]{1,15}$/.test(value)) return [value, Number(value)];
  return value === 'true' || value === 'false' ? [value, value === 'true'] : [value];
}

/** YAML reads `+352123` and `12345678` as numbers and `true` as a truth value; somebody who wanted text needs quotes. */
function hint(node: SourceNode, values: string): string {
  const unquoted = node.kind === 'scalar' && (typeof node.value === 'number' || typeof node.value === 'boolean');
  return unquoted && !/number from|true or false|quotes/.test(values) ? '; put it in quotes' : '';
}
