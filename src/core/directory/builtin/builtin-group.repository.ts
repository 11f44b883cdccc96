import { randomUUID } from 'node:crypto';
import { type Database, rows, type Tx } from '../../database/database.js';
import { foldName } from '../../domains/fold-name.js';

const MAX_LISTED = 1_000;

export type GroupRow = Record<'id' | 'name', string> & { readonly description: string | null };

/** Named queries over the built-in directory's groups. */
export class BuiltinGroupRepository {
  constructor(private readonly database: Database) {}

  ofPerson(domainId: string, personId: string): Promise<GroupRow[]> {
    return this.database.query<GroupRow>(
      `SELECT g.id, g.name, g.description FROM builtin_groups g
       JOIN builtin_group_members m ON m.group_id = g.id
       WHERE g.domain_id = $1 AND m.person_id = $2 ORDER BY g.name_key LIMIT $3`,
      [domainId, personId, MAX_LISTED],
    );
  }

  ofDomain(domainId: string): Promise<GroupRow[]> {
    return this.database.query<GroupRow>(
      'SELECT id, name, description FROM builtin_groups WHERE domain_id = $1 ORDER BY name_key LIMIT $2',
      [domainId, MAX_LISTED],
    );
  }

  async members(domainId: string, groupId: string): Promise<string[]> {
    const found = await this.database.query<{ id: string }>(
      `SELECT p.id FROM builtin_people p JOIN builtin_group_members m ON m.person_id = p.id
       WHERE p.domain_id = $1 AND m.group_id = $2 ORDER BY p.login_key LIMIT $3`,
      [domainId, groupId, MAX_LISTED],
    );
    return found.map(({ id }) => id);
  }

  /** The group of this name, made if need be; of many who make it at once all get the same. */
  async ensure(domainId: string, name: string, description: string | undefined, now: Date): Promise<GroupRow> {
    await this.database.query(
      `INSERT INTO builtin_groups (id, domain_id, name, name_key, description, created_at)
       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (domain_id, name_key) DO NOTHING`,
      [randomUUID(), domainId, name, foldName(name), description ?? null, now],
    );
    const [group] = await this.database.query<GroupRow>(
      'SELECT id, name, description FROM builtin_groups WHERE domain_id = $1 AND name_key = $2',
      [domainId, foldName(name)],
    );
    if (!group) throw new Error('a group that was made a moment ago is gone');
    return group;
  }

  /**
   * Puts a person into exactly these groups. The person's row is locked, so that of two calls at once one counts as a
   * whole.
   *
   * @returns the id of a group that does not exist; `person` when the person does not; undefined when all is well
   */
  async assign(domainId: string, personId: string, groupIds: readonly string[]): Promise<string | undefined> {
    return this.database.transaction(async (tx) => {
      const sql = 'SELECT id FROM builtin_people WHERE domain_id = $1 AND id = $2 FOR UPDATE';
      if ((await rows(tx, sql, [domainId, personId])).length === 0) return 'person';
      const known = new Set(await this.existing(tx, domainId, groupIds));
      const missing = groupIds.find((id) => !known.has(id));
      if (missing !== undefined) return missing;
      await rows(tx, 'DELETE FROM builtin_group_members WHERE person_id = $1 AND group_id <> ALL ($2::uuid[])', [
        personId,
        [...known],
      ]);
      await rows(
        tx,
        `INSERT INTO builtin_group_members (group_id, person_id) SELECT unnest($2::uuid[]), $1 ON CONFLICT DO NOTHING`,
        [personId, [...known]],
      );
      return undefined;
    });
  }

  async remove(domainId: string, groupId: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const sql = 'DELETE FROM builtin_groups WHERE domain_id = $1 AND id = $2 RETURNING id';
      if ((await rows(tx, sql, [domainId, groupId])).length === 0) return;
      await rows(tx, 'DELETE FROM builtin_group_members WHERE group_id = $1', [groupId]);
    });
  }

  /** Locked against removal until the transaction ends. */
  private async existing(tx: Tx, domainId: string, ids: readonly string[]): Promise<string[]> {
    const sql = 'SELECT id FROM builtin_groups WHERE domain_id = $1 AND id = ANY ($2::uuid[]) ORDER BY id FOR SHARE';
    return (await rows<{ id: string }>(tx, sql, [domainId, ids])).map(({ id }) => id);
  }
}
