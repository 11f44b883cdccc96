import { isUuid } from '../../database/uuid.js';
import type { Domain } from '../../domains/domain.entity.js';
import { DomainError } from '../../errors/domain-error.js';
import type { Clock } from '../../time/clock.js';
import type { Group, GroupKeeping, PersonGroups } from '../capabilities/person-groups.js';
import type { Person } from '../directory.js';
import { builtinGroupDn } from './builtin-dn.js';
import type { BuiltinGroupRepository, GroupRow } from './builtin-group.repository.js';
import type { BuiltinPersonRepository } from './builtin-person.repository.js';

const MAX_NAME_LENGTH = 200;

/** Groups of the built-in directory, which are kept here as well. */
export class BuiltinGroups implements PersonGroups {
  readonly keeping: GroupKeeping;

  constructor(
    private readonly domain: Domain,
    private readonly people: BuiltinPersonRepository,
    private readonly stored: BuiltinGroupRepository,
    private readonly clock: Clock,
  ) {
    this.keeping = {
      ensure: (name, description) => this.ensure(name, description),
      assign: (person, keys) => this.assign(person, keys),
      remove: (key) => (isUuid(key) ? stored.remove(domain.id, key) : Promise.resolve()),
    };
  }

  async of(person: Person): Promise<readonly Group[]> {
    if (!(await this.people.byId(this.domain.id, person.key))) throw this.gone(person);
    return (await this.stored.ofPerson(this.domain.id, person.key)).map((row) => this.group(row));
  }

  async all(): Promise<readonly Group[]> {
    return (await this.stored.ofDomain(this.domain.id)).map((row) => this.group(row));
  }

  async members(key: string): Promise<readonly string[]> {
    return isUuid(key) ? this.stored.members(this.domain.id, key) : [];
  }

  private async ensure(name: string, description: string | undefined): Promise<Group> {
    const trimmed = name.trim();
    const texts = `${trimmed}${description ?? ''}`;
    if (trimmed === '' || trimmed.length > MAX_NAME_LENGTH || texts.includes('\0') || !texts.isWellFormed()) {
      throw new DomainError('attribute-not-valid', { params: { attribute: 'cn' } });
    }
    return this.group(await this.stored.ensure(this.domain.id, trimmed, description, this.clock.now()));
  }

  private async assign(person: Person, keys: readonly string[]): Promise<void> {
    const ids = keys.map((key) => key.toLowerCase());
    const malformed = ids.find((id) => !isUuid(id));
    const missing = malformed ?? (await this.stored.assign(this.domain.id, person.key, ids));
    if (missing === undefined) return;
    if (missing === 'person') throw this.gone(person);
    throw new DomainError('group-not-found', { params: { group: missing } });
  }

  private gone({ login }: Person): DomainError {
    return new DomainError('account-not-found', { params: { domain: this.domain.name, login } });
  }

  private group({ id, name, description }: GroupRow): Group {
    return {
      key: id,
      dn: builtinGroupDn(name, this.domain.name),
      name,
      description: description ?? undefined,
    };
  }
}
