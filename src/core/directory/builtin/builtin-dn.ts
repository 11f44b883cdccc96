import { foldName } from '../../domains/fold-name.js';

/** One attribute of a DN and what ends it: no special character is left unescaped (RFC 4514 section 3). */
const ATTRIBUTE = /([^=,]*)=((?:\\[0-9a-f]{2}|\\[ "#+,;<=>\\]|[^\\"+,;<>\0])*)(,|$)/iy;

/** `cn=<login>,dc=<domain>`, escaped (RFC 4514 section 2.4). */
export function builtinDn(login: string, domain: string): string {
  return `cn=${escapeValue(login)},dc=${escapeValue(domain)}`;
}

/** The login in a DN of this domain, as {@link builtinDn} makes it or as another client may write it. */
export function loginOfBuiltinDn(dn: string, domain: string): string | undefined {
  const [person, home, ...more] = attributesOf(dn);
  if (!person || !home || more.length > 0) return undefined;
  if (!['cn', 'uid'].includes(person.type) || home.type !== 'dc' || home.value === undefined) return undefined;
  return foldName(home.value) === foldName(domain) ? person.value : undefined;
}

/** The attributes of a DN whose names have one attribute each; none when it is not one. */
function attributesOf(dn: string): { type: string; value: string | undefined }[] {
  const attributes: { type: string; value: string | undefined }[] = [];
  const pattern = new RegExp(ATTRIBUTE);
  for (;;) {
    const [, type, escaped, end] = pattern.exec(dn) ?? [];
    if (type === undefined || escaped === undefined) return [];
    attributes.push({ type: type.trim().toLowerCase(), value: unescapeValue(escaped) });
    if (end === '') return attributes;
  }
}

function escapeValue(value: string): string {
  return value
    .replace(/[\\,+"<>;=]/g, '\\$&')
    .replace(/\0/g, '\\00')
    .replace(/^[ #]|(?<=.) $/gs, '\\$&');
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
