import type { GroupSchema } from '../ldap/group-schema.js';
import { allOf, anyOf, equals, type LdapFilter } from '../ldap/ldap-filters.js';

/** Members asked for with one filter. */
const AT_ONCE = 100;

/** The kinds of groups of RFC 4519 and RFC 2307, the attribute that holds their members, and what it holds. */
const KINDS = [
  { objectClass: 'groupOfNames', attribute: 'member', by: 'dn' },
  { objectClass: 'groupOfUniqueNames', attribute: 'uniqueMember', by: 'dn' },
  { objectClass: 'posixGroup', attribute: 'memberUid', by: 'uid' },
] as const;

/** Groups of an OpenLDAP: by their own members, and by `memberOf` where the overlay of that name keeps it. */
export const openLdapGroups: GroupSchema = {
  groups: anyOf(...KINDS.map(({ objectClass }) => equals('objectClass', objectClass))),
  groupAttributes: KINDS.map(({ attribute }) => attribute),
  personAttributes: ['uid', 'memberOf'],

  holding(person) {
    return anyOf(
      ...KINDS.flatMap(({ objectClass, attribute, by }) => {
        const values = by === 'dn' ? [person.dn] : person.texts('uid').filter((uid) => uid !== '');
        return values.map((value) => allOf(equals('objectClass', objectClass), equals(attribute, value)));
      }),
    );
  },

  named(person) {
    return person.texts('memberOf');
  },

  inside(group) {
    const members = KINDS.flatMap(({ attribute, by }) =>
      group
        .texts(attribute)
        .filter((value) => value !== '')
        .map((value) => equals(by === 'dn' ? 'entryDN' : 'uid', value)),
    );
    return inPortions(members);
  },
};

function inPortions(filters: readonly LdapFilter[]): LdapFilter[] {
  const portions: LdapFilter[] = [];
  for (let start = 0; start < filters.length; start += AT_ONCE) {
    portions.push(anyOf(...filters.slice(start, start + AT_ONCE)));
  }
  return portions;
}
