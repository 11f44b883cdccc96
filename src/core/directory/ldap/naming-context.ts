import { below } from '../distinguished-name.js';
import type { LdapConnection } from './ldap-connection.js';
import { present } from './ldap-filters.js';
import { searchRequest } from './ldap-requests.js';

/** The suffixes of the server that lie above `dn`, the nearest first (RFC 4512 section 5.1). */
export async function namingContextsAbove(dn: string, connection: LdapConnection): Promise<string[]> {
  const filter = present('objectClass');
  const request = searchRequest({ base: '', scope: 'base', filter, attributes: ['namingContexts'], sizeLimit: 1 });
  const [root] = (await connection.send(request)).entries;
  const above = (root?.texts('namingContexts') ?? []).filter((context) => below(dn, context) !== undefined);
  return above.toSorted((a, b) => b.length - a.length);
}
