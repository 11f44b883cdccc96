import { foldName } from '../../domains/fold-name.js';
import { formatDn, type NameAttribute, parseDn } from '../distinguished-name.js';

/** `dc=<domain>`, under which everything of a built-in domain lies. */
export function builtinBase(domain: string): string {
  return formatDn([[{ type: 'dc', value: domain }]]);
}

/** `cn=<login>,dc=<domain>`, escaped (RFC 4514 section 2.4). */
export function builtinDn(login: string, domain: string): string {
  return formatDn([[{ type: 'cn', value: login }], [{ type: 'dc', value: domain }]]);
}

/** `cn=<name>,ou=groups,dc=<domain>`, escaped. */
export function builtinGroupDn(name: string, domain: string): string {
  return formatDn([[{ type: 'cn', value: name }], [{ type: 'ou', value: 'groups' }], [{ type: 'dc', value: domain }]]);
}

/** The login in a DN of this domain, as {@link builtinDn} makes it or as another client may write it. */
export function loginOfBuiltinDn(dn: string, domain: string): string | undefined {
  const levels = parseDn(dn) ?? [];
  const [person, home] = levels.map(onlyAttribute);
  if (!person || !home || levels.length > 2) return undefined;
  if (!['cn', 'uid'].includes(person.type) || home.type !== 'dc') return undefined;
  return foldName(home.value) === foldName(domain) ? person.value : undefined;
}

function onlyAttribute([attribute, ...more]: readonly NameAttribute[]): NameAttribute | undefined {
  return more.length === 0 ? attribute : undefined;
}
