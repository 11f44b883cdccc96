import { isUtf8 } from 'node:buffer';
import { isBinaryAttribute, withoutTransferOption } from '../attributes/binary-attributes.js';
import { pickAttributes } from '../attributes/pick-attributes.js';
import { isAttributeName } from '../attributes/secret-attributes.js';
import type { AttributeChange, AttributeValues } from '../capabilities/attribute-values.js';
import type { LdapEntry } from './ldap-entry.js';
import type { LdapChange } from './ldap-requests.js';

/** Asks for all attributes of users, none of the server's own (RFC 4511 section 4.5.1.8). */
const ALL = ['*'];
/** Asks for none. */
const NONE = ['1.1'];

/** The list of attributes to ask a server for; what is no name of an attribute is not passed on. */
export function askedFor(names: readonly string[] | undefined): readonly string[] {
  if (!names) return ALL;
  const possible = names.filter(isAttributeName);
  return possible.length > 0 ? possible : NONE;
}

/** The attributes asked for, of those that came, by their names without the option `binary`. */
export function valuesOfEntry(entry: LdapEntry, names: readonly string[] | undefined): AttributeValues {
  return pickAttributes(
    entry.all().map(({ name, values }) => [withoutTransferOption(name), asText(name, values)]),
    names?.map(withoutTransferOption),
  );
}

/** A change as it is sent. An attribute is removed by replacing it with nothing, which it need not be there for. */
export function ldapChange({ operation, name, values }: AttributeChange): LdapChange {
  const removed = values.length === 0 ? 'replace' : 'delete';
  return {
    operation: operation === 'remove' ? removed : operation,
    attribute: name,
    values: isBinaryAttribute(name) ? values.map((value) => Buffer.from(value, 'base64')) : values,
  };
}

function asText(name: string, values: readonly Buffer[]): string[] {
  const binary = isBinaryAttribute(name) || !values.every((value) => isUtf8(value) && !value.includes(0));
  return values.map((value) => value.toString(binary ? 'base64' : 'utf8'));
}
