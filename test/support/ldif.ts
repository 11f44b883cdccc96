import { execFile } from 'node:child_process';
import { once } from 'node:events';

/** Who feeds LDIF to which server. */
export interface LdifLogin {
  readonly url: string;
  readonly bindDn: string;
  readonly passwordFile: string;
  /** Certificate authority, for ldaps. */
  readonly caFile?: string;
  /** Options of ldapmodify besides, e.g. a control. */
  readonly options?: readonly string[];
}

export type LdifValues = string | Buffer | readonly string[];

/** A change record that adds an entry (RFC 2849). */
export function ldifAdd(dn: string, attributes: Readonly<Record<string, LdifValues>>): string {
  const lines = Object.entries(attributes).flatMap(([name, values]) => linesOf(name, values));
  return [ldifLine('dn', dn), 'changetype: add', ...lines, ''].join('\n');
}

/** A change record that replaces attributes of an entry; without values it removes them. */
export function ldifReplace(dn: string, attributes: Readonly<Record<string, LdifValues>>): string {
  const lines = Object.entries(attributes).flatMap(([name, values]) => [
    `replace: ${name}`,
    ...linesOf(name, values),
    '-',
  ]);
  return [ldifLine('dn', dn), 'changetype: modify', ...lines, ''].join('\n');
}

/** Feeds change records to a server with OpenLDAP's own client. @throws Error with its words when it is refused */
export async function feedLdif(ldif: string, login: LdifLogin): Promise<void> {
  const who = ['-x', '-H', login.url, '-D', login.bindDn, '-y', login.passwordFile];
  const env = { ...process.env, ...(login.caFile && { LDAPTLS_CACERT: login.caFile }) };
  const child = execFile('/usr/bin/ldapmodify', [...who, ...(login.options ?? [])], { env });
  let errors = '';
  child.stderr?.on('data', (data: string) => (errors += data));
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(ldif);
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`ldapmodify ended with ${code}: ${errors}`);
}

function linesOf(name: string, values: LdifValues): string[] {
  const list = typeof values === 'string' || Buffer.isBuffer(values) ? [values] : values;
  return list.map((value) => ldifLine(name, value));
}

/** In base64, so that any value survives. */
function ldifLine(name: string, value: string | Buffer): string {
  return `${name}:: ${Buffer.from(value).toString('base64')}`;
}

/** A value for a DN with every byte as a hex pair (RFC 4514 section 2.4): no rule about special characters to get wrong. */
export function escapeDnValue(value: string): string {
  return [...Buffer.from(value, 'utf8')].map((byte) => `\\${byte.toString(16).padStart(2, '0')}`).join('');
}
