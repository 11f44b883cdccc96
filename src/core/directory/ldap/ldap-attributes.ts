import { attributeNotValid, expectChangeable } from '../attributes/attribute-changes.js';
import type { AttributeChange, AttributeValues } from '../capabilities/attribute-values.js';
import type { PersonAttributes } from '../capabilities/person-attributes.js';
import type { Person } from '../directory.js';
import type { EntryAccess } from './entry-access.js';
import { askedFor, ldapChange, valuesOfEntry } from './entry-values.js';
import { control, modifyRequest } from './ldap-requests.js';
import type { LdapReply } from './ldap-reply.js';
import { describe, expectSuccess } from './refusals.js';
import { RESULT } from './result-codes.js';

/**
 * LDAP_SERVER_PERMISSIVE_MODIFY_OID (MS-ADTS 3.1.1.3.4.1.8), known to OpenLDAP and Samba too: adding a value that is
 * there and deleting one that is not are no errors.
 */
const PERMISSIVE_MODIFY = '1.2.840.113556.1.4.1413';

/** Results that say that an attribute or its values do not fit the entry. */
const NOT_VALID: ReadonlySet<number> = new Set([
  RESULT.noSuchAttribute,
  RESULT.undefinedAttributeType,
  RESULT.inappropriateMatching,
  RESULT.constraintViolation,
  RESULT.attributeOrValueExists,
  RESULT.invalidAttributeSyntax,
  RESULT.unwillingToPerform,
  RESULT.namingViolation,
  RESULT.objectClassViolation,
  RESULT.notAllowedOnRdn,
  RESULT.objectClassModsProhibited,
]);

/** Attributes of people in an LDAP directory. */
export class LdapAttributes implements PersonAttributes {
  constructor(private readonly access: EntryAccess) {}

  async read(person: Person, names?: readonly string[]): Promise<AttributeValues> {
    return this.access.pool.read(async (connection) =>
      valuesOfEntry(await this.access.entryOf(person, connection, askedFor(names)), names),
    );
  }

  async change(person: Person, changes: readonly AttributeChange[]): Promise<void> {
    expectChangeable(changes);
    if (changes.length === 0) return;
    await this.access.pool.write(async (connection, changing) => {
      const { dn } = await this.access.entryOf(person, connection);
      const request = modifyRequest(dn, changes.map(ldapChange), [control(PERMISSIVE_MODIFY, false)]);
      changing();
      expectFitting(
        await connection.send(request),
        changes.map(({ name }) => name),
        'changing attributes',
      );
    });
  }
}

/** @throws DomainError `attribute-not-valid` with the attribute the server names, else the first; or by the result code */
export function expectFitting(reply: LdapReply, names: readonly string[], doing: string): void {
  if (!NOT_VALID.has(reply.status)) return void expectSuccess(reply, doing);
  const words = reply.diagnostic.toLowerCase();
  const named = names.find((name) => words.includes(name.toLowerCase()));
  throw attributeNotValid(named ?? names[0] ?? '', describe(reply, doing));
}
