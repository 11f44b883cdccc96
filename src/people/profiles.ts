import { Injectable } from '@nestjs/common';
import { Database, rows, type Tx } from '../core/database/database.js';
import { capability } from '../core/directory/capabilities/capability.js';
import type { Directory, Person } from '../core/directory/directory.js';
import type { FoundPerson } from '../core/directory/people.js';
import type { Domain } from '../core/domains/domain.entity.js';
import { mergedProfile, type PersonProfile } from './person-profile.js';

/**
 * Profiles of people. The built-in directory keeps them with the person; for others they are kept here, with the account,
 * so that nobody made again under an old name inherits one (attack class 19).
 */
@Injectable()
export class Profiles {
  constructor(private readonly database: Database) {}

  /** Profiles of people of one domain, by the directory's key for them. */
  async of(
    domain: Domain,
    directory: Directory,
    people: readonly Person[],
  ): Promise<ReadonlyMap<string, PersonProfile>> {
    if (directory.kind === 'builtin') {
      const registry = capability(directory, 'registry');
      const found = people.map(async (person) => [person.key, await registry.profile(person)] as const);
      return new Map(await Promise.all(found));
    }
    const found = await this.database.query<{ directory_key: string; profile: PersonProfile }>(
      `SELECT account.directory_key, kept.profile FROM profiles kept JOIN accounts account ON account.id = kept.account_id
       WHERE account.domain_id = $1 AND account.directory_key = ANY($2)`,
      [domain.id, people.map(({ key }) => key)],
    );
    return new Map(found.map(({ directory_key: key, profile }) => [key, profile]));
  }

  /** The profile of one person; undefined where none was ever kept. */
  async one({ domain, directory, person }: FoundPerson): Promise<PersonProfile | undefined> {
    return (await this.of(domain, directory, [person])).get(person.key);
  }

  /** Keeps what is said of somebody's profile besides what is kept of it; see {@link mergedProfile}. */
  async merge(found: FoundPerson, said: PersonProfile): Promise<void> {
    const { directory, person, account } = found;
    const profile = mergedProfile(await this.one(found), said);
    if (directory.kind === 'builtin') await capability(directory, 'registry').change(person, { profile });
    else await this.keep(this.database.manager, account.id, profile);
  }

  /** Keeps the profile of somebody whose directory has no place for it. */
  async keep(tx: Tx, accountId: string, profile: PersonProfile): Promise<void> {
    await rows(
      tx,
      `INSERT INTO profiles (account_id, profile) VALUES ($1, $2::jsonb)
       ON CONFLICT (account_id) DO UPDATE SET profile = excluded.profile`,
      [accountId, JSON.stringify(profile)],
    );
  }

  /** Forgets the profile of somebody who was removed. */
  async forget(tx: Tx, accountId: string): Promise<void> {
    await rows(tx, 'DELETE FROM profiles WHERE account_id = $1', [accountId]);
  }
}
