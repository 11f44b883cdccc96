import { attributeNotValid, changedValues } from '../attributes/attribute-changes.js';
import type { AttributeChange } from '../capabilities/attribute-values.js';
import { builtinDn } from './builtin-dn.js';
import type { BuiltinPerson } from './builtin-person.entity.js';
import { FURTHER_ATTRIBUTES } from './further-attributes.js';

/** What an entry is made of. */
export type EntryFields = Pick<
  BuiltinPerson,
  'displayName' | 'firstName' | 'lastName' | 'mail' | 'mobile' | 'language' | 'ldapAttributes'
>;
type EntrySource = EntryFields & Pick<BuiltinPerson, 'id' | 'login' | 'createdAt'>;

const OBJECT_CLASSES = ['top', 'person', 'organizationalPerson', 'inetOrgPerson'];

/** Columns under the names that LDAP has for them (RFC 4519, RFC 2798); each holds one value. */
const COLUMNS = {
  displayName: 'displayName',
  givenName: 'firstName',
  sn: 'lastName',
  mail: 'mail',
  mobile: 'mobile',
  preferredLanguage: 'language',
} as const satisfies Record<string, keyof EntryFields>;

type ColumnName = keyof typeof COLUMNS;

/** Names of all attributes that a person may have, by their names in lower case. */
const KNOWN = new Map(
  ['objectClass', 'uid', 'cn', ...Object.keys(COLUMNS), ...FURTHER_ATTRIBUTES].map((name) => [
    name.toLowerCase(),
    name,
  ]),
);

/** A person as an inetOrgPerson: what a search for all attributes of users gives. */
export function entryAttributes(person: EntrySource): Map<string, readonly string[]> {
  const columns = Object.entries(COLUMNS).map(([name, field]): [string, string[]] => [name, listOf(person[field])]);
  return new Map<string, readonly string[]>([
    ['objectClass', OBJECT_CLASSES],
    ['uid', [person.login]],
    ['cn', [...new Set([person.login, person.displayName])]],
    ...columns,
    ...Object.entries(person.ldapAttributes),
  ]);
}

/** As {@link entryAttributes}, with what a directory gives only to who asks for it (RFC 4512 section 3.4). */
export function operationalAttributes(person: EntrySource, domain: string): Map<string, readonly string[]> {
  return new Map<string, readonly string[]>([
    ...entryAttributes(person),
    ['entryUUID', [person.id]],
    ['entryDN', [builtinDn(person.login, domain)]],
    ['createTimestamp', [`${person.createdAt.toISOString().replaceAll(/[-:T]|\..*/g, '')}Z`]],
  ]);
}

/** Looks attributes up by name, as a filter does; undefined for one that nobody can have. */
export function lookup(
  attributes: ReadonlyMap<string, readonly string[]>,
): (name: string) => readonly string[] | undefined {
  const byName = new Map([...attributes].map(([name, values]) => [name.toLowerCase(), values]));
  return (name) => byName.get(name.toLowerCase()) ?? (KNOWN.has(name.toLowerCase()) ? [] : undefined);
}

/**
 * The fields of a person after changes.
 *
 * @throws DomainError `attribute-not-valid`: the login is no attribute to be changed, columns hold one value, and a
 *   person is not without a display name
 */
export function changedFields(person: EntryFields, changes: readonly AttributeChange[]): EntryFields {
  let fields: EntryFields = { ...person, ldapAttributes: { ...person.ldapAttributes } };
  for (const change of changes) fields = changed(fields, change);
  return fields;
}

function changed(fields: EntryFields, change: AttributeChange): EntryFields {
  const name = KNOWN.get(change.name.toLowerCase());
  if (name === undefined || name === 'uid' || name === 'cn') throw attributeNotValid(change.name);
  if (isColumn(name)) {
    const [value = null, ...more] = changedValues(listOf(fields[COLUMNS[name]]), change);
    if (more.length > 0 || (value === null && name === 'displayName')) throw attributeNotValid(change.name);
    return { ...fields, [COLUMNS[name]]: value };
  }
  const { [name]: present = [], ...others } = fields.ldapAttributes;
  const values = changedValues(present, change);
  return { ...fields, ldapAttributes: values.length > 0 ? { ...others, [name]: values } : others };
}

function isColumn(name: string): name is ColumnName {
  return name in COLUMNS;
}

function listOf(value: string | null): string[] {
  return value === null ? [] : [value];
}
