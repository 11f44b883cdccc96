import { attributeNotValid, expectChangeable } from '../../src/core/directory/attributes/attribute-changes.js';
import { pickAttributes } from '../../src/core/directory/attributes/pick-attributes.js';
import { changedFields, entryAttributes, lookup } from '../../src/core/directory/builtin/builtin-entry.js';
import type { ObjectSearch } from '../../src/core/directory/capabilities/object-search.js';
import type { PasswordExpiry } from '../../src/core/directory/capabilities/password-expiry.js';
import type { PeopleList, PersonField } from '../../src/core/directory/capabilities/people-list.js';
import type { PersonAttributes } from '../../src/core/directory/capabilities/person-attributes.js';
import type { Group, PersonGroups } from '../../src/core/directory/capabilities/person-groups.js';
import type { PersonRegistry } from '../../src/core/directory/capabilities/person-registry.js';
import type { Person } from '../../src/core/directory/directory.js';
import { below } from '../../src/core/directory/distinguished-name.js';
import { parseCallerFilter } from '../../src/core/directory/filter/caller-filter.js';
import { matchesFilter } from '../../src/core/directory/filter/evaluate-filter.js';
import { foldName } from '../../src/core/domains/fold-name.js';
import { DomainError } from '../../src/core/errors/domain-error.js';
import { MEMORY_BASE, type MemoryGroup, type MemoryPeople, type MemoryPerson } from './memory-people.js';

/** What a {@link MemoryDirectory} can do besides. Every step is announced as `capability.method`. */
export function memoryCapabilities(directory: MemoryPeople) {
  const held = (person: Person): MemoryPerson => {
    const found = directory.people.get(person.key);
    if (!found) throw new DomainError('account-not-found', { detail: 'the entry is gone from the directory' });
    return found;
  };
  return {
    attributes: attributesOf(directory, held),
    groups: groupsOf(directory, held),
    search: searchIn(directory),
    registry: registryOf(directory, held),
    list: listOf(directory),
    passwordExpiry: {
      demandChange: async (person) => {
        await directory.before('passwordExpiry.demandChange');
        directory.change(held(person), { mustChangePassword: true });
      },
    } satisfies PasswordExpiry,
  };
}

type Held = (person: Person) => MemoryPerson;

function entryOf(person: MemoryPerson) {
  const { firstName = null, lastName = null, mail = null, mobile = null, language = null } = person;
  const { key: id, login, displayName, ldapAttributes = {} } = person;
  const createdAt = new Date(0);
  return { id, login, displayName, firstName, lastName, mail, mobile, language, ldapAttributes, createdAt };
}

function attributesOf(directory: MemoryPeople, held: Held): PersonAttributes {
  return {
    read: async (person, names) => {
      await directory.before('attributes.read');
      return pickAttributes(entryAttributes(entryOf(held(person))), names);
    },
    change: async (person, changes) => {
      await directory.before('attributes.change');
      expectChangeable(changes);
      const { ldapAttributes, displayName, ...fields } = changedFields(entryOf(held(person)), changes);
      const { firstName, lastName, mail, mobile, language } = fields;
      const nothing = (value: string | null) => value ?? undefined;
      directory.change(person, {
        ldapAttributes,
        displayName,
        firstName: nothing(firstName),
        lastName: nothing(lastName),
        mail: nothing(mail),
        mobile: nothing(mobile),
        language: nothing(language),
      });
    },
  };
}

function groupsOf(directory: MemoryPeople, held: Held): PersonGroups {
  const sorted = () => [...directory.heldGroups.values()].toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
  const plain = ({ key, dn, name, description }: MemoryGroup): Group => ({ key, dn, name, description });
  return {
    of: async (person) => {
      await directory.before('groups.of');
      const { key } = held(person);
      return sorted()
        .filter(({ members }) => members.has(key))
        .map(plain);
    },
    all: async () => {
      await directory.before('groups.all');
      return sorted().map(plain);
    },
    members: async (key) => {
      await directory.before('groups.members');
      return [...(directory.heldGroups.get(key)?.members ?? [])];
    },
  };
}

function searchIn(directory: MemoryPeople): ObjectSearch {
  const home = { dn: MEMORY_BASE, attributes: new Map([['objectClass', ['top', 'domain']]]) };
  return {
    find: async ({ baseDn = MEMORY_BASE, filter, scope = 'sub', attributes, limit = 1_000 }) => {
      await directory.before('search.find');
      const wanted = filter === undefined ? undefined : parseCallerFilter(filter);
      const base = below(baseDn, MEMORY_BASE);
      const people = [...directory.people.values()].map((person) => ({
        dn: person.dn,
        attributes: entryAttributes(entryOf(person)),
      }));
      const start = [home, ...people].find(({ dn }) => dn === base);
      if (!start) throw new DomainError('account-not-found', { params: { dn: baseDn } });
      const inScope = [...(scope === 'one' ? [] : [start]), ...(scope === 'base' || start !== home ? [] : people)];
      const found = inScope.filter((entry) => !wanted || matchesFilter(wanted, lookup(entry.attributes)));
      return {
        objects: found.slice(0, limit).map((entry) => ({
          dn: entry.dn,
          attributes: pickAttributes(entry.attributes, attributes),
        })),
        complete: found.length <= limit,
      };
    },
  };
}

function registryOf(directory: MemoryPeople, held: Held): PersonRegistry {
  const remove = (person: Person) => {
    directory.people.delete(person.key);
    for (const { members } of directory.heldGroups.values()) members.delete(person.key);
  };
  return {
    create: async (wanted) => {
      const login = wanted.login.trim();
      if (login === '' || login.length > 2_000 || login.includes('\0') || !login.isWellFormed()) {
        throw attributeNotValid('uid');
      }
      await directory.before('registry.create');
      if (directory.byLogin(login)) throw new DomainError('login-taken');
      const { displayName, firstName, lastName, mail, mobile, language, password = '', disabled = false } = wanted;
      const said = { displayName, firstName, lastName, mail, mobile, language };
      const made = directory.add({ ...said, login, disabled, password });
      return {
        person: directory.shown(made),
        write: () => Promise.resolve(),
        undo: async (cause) => {
          await directory.before('registry.remove');
          remove(made);
          throw cause;
        },
      };
    },
    change: async (person, changes) => {
      await directory.before('registry.change');
      const present = held(person);
      if (changes.login !== undefined && changes.login !== present.login) throw attributeNotValid('login');
      const given = Object.entries(changes).filter(([name, value]) => name !== 'profile' && value !== undefined);
      directory.change(present, Object.fromEntries(given.map(([field, value]) => [field, value ?? undefined])));
      return directory.shown(held(person));
    },
    setDisabled: async (person, disabled) => {
      await directory.before('registry.setDisabled');
      directory.change(held(person), { disabled });
    },
    remove: async (person) => {
      await directory.before('registry.remove');
      remove(person);
    },
    profile: () => Promise.resolve({}),
  };
}

function listOf(directory: MemoryPeople): PeopleList {
  const textOf = (person: MemoryPerson, field: PersonField) => foldName(person[field] ?? '');
  return {
    page: async ({ where = {}, disabled, group, offset, limit, order = [] }) => {
      await directory.before('list.page');
      const wanted = Object.entries(where) as [PersonField, string][];
      const members = group === undefined ? undefined : (directory.heldGroups.get(group)?.members ?? new Set<string>());
      const people = [...directory.people.values()].filter(
        (person) =>
          wanted.every(([field, value]) => value.trim() !== '' && textOf(person, field) === foldName(value)) &&
          (disabled === undefined || person.disabled === disabled) &&
          (members === undefined || members.has(person.key)),
      );
      const keys = [...order, { field: 'login' as const, descending: false }];
      people.sort((a, b) => {
        for (const { field, descending } of keys) {
          const [one, other] = [textOf(a, field), textOf(b, field)];
          if (one === other) continue;
          if (one === '' || other === '') return one === '' ? 1 : -1;
          return (one < other ? -1 : 1) * (descending ? -1 : 1);
        }
        return 0;
      });
      return { people: people.slice(offset, offset + limit).map((person) => directory.shown(person)), complete: true };
    },
  };
}
