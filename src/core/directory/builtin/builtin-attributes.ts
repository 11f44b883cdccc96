import type { Domain } from '../../domains/domain.entity.js';
import { DomainError } from '../../errors/domain-error.js';
import { expectChangeable } from '../attributes/attribute-changes.js';
import { pickAttributes } from '../attributes/pick-attributes.js';
import type { AttributeChange, AttributeValues } from '../capabilities/attribute-values.js';
import type { PersonAttributes } from '../capabilities/person-attributes.js';
import type { Person } from '../directory.js';
import { changedFields, entryAttributes, operationalAttributes } from './builtin-entry.js';
import type { BuiltinEntryRepository } from './builtin-entry.repository.js';
import type { BuiltinPersonRepository } from './builtin-person.repository.js';

/** Attributes of built-in people: our columns under their usual LDAP names, and the others of inetOrgPerson. */
export class BuiltinAttributes implements PersonAttributes {
  constructor(
    private readonly domain: Domain,
    private readonly people: BuiltinPersonRepository,
    private readonly entries: BuiltinEntryRepository,
  ) {}

  async read(person: Person, names?: readonly string[]): Promise<AttributeValues> {
    const stored = await this.people.byId(this.domain.id, person.key);
    if (!stored) throw this.gone(person);
    return pickAttributes(names ? operationalAttributes(stored, this.domain.name) : entryAttributes(stored), names);
  }

  async change(person: Person, changes: readonly AttributeChange[]): Promise<void> {
    expectChangeable(changes);
    const found = await this.entries.change(this.domain.id, person.key, (fields) => changedFields(fields, changes));
    if (!found) throw this.gone(person);
  }

  private gone({ login }: Person): DomainError {
    return new DomainError('account-not-found', { params: { domain: this.domain.name, login } });
  }
}
