/** `cn=<login>,dc=<domain>`, escaped (RFC 4514 section 2.4). */
export function builtinDn(login: string, domain: string): string {
  return `cn=${escapeValue(login)},dc=${escapeValue(domain)}`;
}

/** The login in a DN that {@link builtinDn} could have made for this domain. */
export function loginOfBuiltinDn(dn: string, domain: string): string | undefined {
  const suffix = `,dc=${escapeValue(domain)}`.toLowerCase();
  const match = /^\s*(?:cn|uid)\s*=\s*(.*)$/is.exec(dn);
  const rest = match?.[1];
  if (!rest?.toLowerCase().endsWith(suffix)) return undefined;
  const value = rest.slice(0, -suffix.length);
  // What is left must be one escaped value: a free comma or plus would begin another component.
  if (!/^(?:[^,+"\\<>;=]|\\[0-9a-f]{2}|\\[^0-9a-f])+$/is.test(value)) return undefined;
  return value.replace(/\\([0-9a-f]{2})|\\(.)/gis, (_, hex: string | undefined, char: string) =>
    hex ? String.fromCharCode(Number.parseInt(hex, 16)) : char,
  );
}

function escapeValue(value: string): string {
  return value
    .replace(/[\\,+"<>;=]/g, '\\$&')
    .replace(/^[ #]/, '\\$&')
    .replace(/ $/, '\\ ')
    .replace(/\0/g, '\\00');
}
