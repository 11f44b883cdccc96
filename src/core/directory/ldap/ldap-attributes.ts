import { withTransferOption } from '../attributes/binary-attributes.js';
import { attributeNotValid, changedValues, expectChangeable } from '../attributes/attribute-changes.js';
import type { AttributeChange, AttributeValues } from '../capabilities/attribute-values.js';
import type { PersonAttributes } from '../capabilities/person-attributes.js';
import type { Person } from '../directory.js';
import type { EntryAccess } from './entry-access.js';
import { askedFor, ldapChange, valuesOfEntry } from './entry-values.js';
import type { LdapConnection } from './ldap-connection.js';
import { control, type LdapChange, modifyRequest } from './ldap-requests.js';
import type { LdapReply } from './ldap-reply.js';
import { describe, expectSuccess } from './refusals.js';
import { RESULT } from './result-codes.js';

/**
 * LDAP_SERVER_PERMISSIVE_MODIFY_OID (MS-ADTS 3.1.1.3.4.1.8), known to OpenLDAP and Samba too: adding a value that is
 * there is no error, and in Active Directory neither is deleting one that is not.
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
    this.expectNoLogin(changes);
    if (changes.length === 0) return;
    await this.access.pool.write(async (connection, changing) => {
      const { dn } = await this.access.entryOf(person, connection);
      const send = (some: readonly AttributeChange[]) =>
        connection.send(
          modifyRequest(
            dn,
            some.map((one) => this.sent(one)),
            [control(PERMISSIVE_MODIFY, false)],
          ),
        );
      changing();
      let reply = await send(changes);
      // OpenLDAP minds values that are not there all the same.
      if (reply.status === RESULT.noSuchAttribute) {
        const possible = await this.withoutMissing(person, changes, connection);
        if (possible.length === 0) return;
        reply = await send(possible);
      }
      expectFitting(
        reply,
        changes.map(({ name }) => name),
        'changing attributes',
      );
    });
  }

  /**
   * A login decides whose roles somebody has, and a second person with it keeps the first from being found: not for those
   * who may correct a telephone number.
   *
   * @throws DomainError `attribute-not-valid`
   */
  private expectNoLogin(changes: readonly AttributeChange[]): void {
    const logins = new Set(this.access.settings.loginAttributes.map((name) => name.toLowerCase()));
    const login = changes.find(({ name }) => logins.has(name.toLowerCase().replace(/;.*$/s, '')));
    if (login) throw attributeNotValid(login.name);
  }

  /** OpenLDAP takes certificates with the option `binary` only; Active Directory needs none. */
  private sent(change: AttributeChange): LdapChange {
    const sent = ldapChange(change);
    return this.access.settings.kind === 'openldap' ? { ...sent, attribute: withTransferOption(sent.attribute) } : sent;
  }

  /** The changes without the removal of values that are not there. */
  private async withoutMissing(
    person: Person,
    changes: readonly AttributeChange[],
    connection: LdapConnection,
  ): Promise<AttributeChange[]> {
    const names = changes.map(({ name }) => name);
    const entry = await this.access.entryOf(person, connection, names);
    return changes.flatMap((change) => {
      if (change.operation !== 'remove' || change.values.length === 0) return [change];
      const present = Object.values(valuesOfEntry(entry, [change.name])).flat();
      const values = change.values.filter(
        (value) => changedValues(present, { ...change, values: [value] }).length < present.length,
      );
      return values.length > 0 ? [{ ...change, values }] : [];
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
