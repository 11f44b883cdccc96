import type { GroupSchema } from '../ldap/group-schema.js';
import { allOf, equals, matches } from '../ldap/ldap-filters.js';

/** LDAP_MATCHING_RULE_IN_CHAIN (MS-ADTS 3.1.1.3.4.4.3): follows members that are groups themselves. */
const IN_CHAIN = '1.2.840.113556.1.4.1941';

/** Groups of an Active Directory, nested ones too; not the primary group, which is no `member` of anything. */
export const activeDirectoryGroups: GroupSchema = {
  groups: equals('objectClass', 'group'),
  groupAttributes: [],
  personAttributes: [],

  holding(person) {
    const inChain = matches({ attribute: 'member', rule: IN_CHAIN, dnAttributes: false, value: person.dn });
    return allOf(equals('objectClass', 'group'), inChain);
  },

  named() {
    return [];
  },

  inside(group) {
    return [equals('memberOf', group.dn)];
  },
};
