import { Injectable } from '@nestjs/common';
import { capability } from '../../core/directory/capabilities/capability.js';
import type { Group } from '../../core/directory/capabilities/person-groups.js';
import { Directories } from '../../core/directory/directories.js';
import type { Directory, Person } from '../../core/directory/directory.js';
import type { FoundPerson } from '../../core/directory/people.js';
import type { Domain } from '../../core/domains/domain.entity.js';
import { foldName } from '../../core/domains/fold-name.js';
import { DomainError } from '../../core/errors/domain-error.js';
import { ApiRefusal } from '../../surfaces/oauth1/api-refusal.js';

/** People whose groups are asked for at once. */
const AT_ONCE = 8;

/** Groups as this surface shows and changes them. */
@Injectable()
export class UserGroups {
  constructor(private readonly directories: Directories) {}

  /** The groups that a domain has, by name. @throws DomainError `directory-unavailable` */
  async all(domain: Domain): Promise<readonly Group[]> {
    const directory = await this.directories.for(domain);
    return (await directory.groups?.all()) ?? [];
  }

  /** The groups of each of these people; of somebody who has just gone, none. */
  async ofEach(directory: Directory, people: readonly Person[]): Promise<ReadonlyMap<string, readonly Group[]>> {
    const found = new Map<string, readonly Group[]>();
    for (let at = 0; at < people.length; at += AT_ONCE) {
      const some = people.slice(at, at + AT_ONCE);
      const groups = await Promise.all(some.map((person) => groupsOf(directory, person)));
      some.forEach(({ key }, index) => found.set(key, groups[index] ?? []));
    }
    return found;
  }

  /**
   * The groups that a call names by id or name, as far as they are to be changed.
   *
   * @param present the groups now; undefined for a new user
   * @returns their keys; undefined when nothing is to be changed
   * @throws ApiRefusal 400 for one that does not exist
   * @throws DomainError `directory-unsupported` where the directory keeps its groups itself
   */
  async wanted(
    domain: Domain,
    named: readonly string[] | undefined,
    present: readonly Group[] = [],
  ): Promise<readonly string[] | undefined> {
    if (named === undefined) return undefined;
    const there = named.length === 0 ? [] : await this.all(domain);
    const keys = new Set(named.map((name) => keyOf(there, name)));
    if (keys.size === present.length && present.every(({ key }) => keys.has(key))) return undefined;
    const { keeping } = capability(await this.directories.for(domain), 'groups');
    if (!keeping) throw new DomainError('directory-unsupported', { params: { capability: 'groups' } });
    return [...keys];
  }

  /** Puts a user into exactly these groups. @throws DomainError `group-not-found`, `account-not-found` */
  async assign({ directory, person }: FoundPerson, keys: readonly string[]): Promise<void> {
    await capability(directory, 'groups').keeping?.assign(person, keys);
  }
}

async function groupsOf(directory: Directory, person: Person): Promise<readonly Group[]> {
  try {
    return (await directory.groups?.of(person)) ?? [];
  } catch (error) {
    if (!DomainError.is(error, 'account-not-found')) throw error;
    return [];
  }
}

/** An id before a name, so that no group can be called like another one's id. */
function keyOf(groups: readonly Group[], named: string): string {
  const wanted = foldName(named);
  const found =
    groups.find(({ key }) => key.toLowerCase() === named.toLowerCase()) ??
    groups.find(({ name }) => foldName(name) === wanted);
  if (!found) throw ApiRefusal.parameter('groups', 'unknown value');
  return found.key;
}
