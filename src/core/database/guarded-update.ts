import type { EntityTarget, ObjectLiteral } from 'typeorm';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity.js';
import { asDomainError, type Tx } from './database.js';

/** A condition in SQL over the row's columns, with its named parameters. */
export interface Guard {
  readonly where: string;
  readonly parameters: ObjectLiteral;
}

/**
 * Consumes a single-use thing: writes `set` where `unused` still holds, in one conditional statement.
 *
 * PostgreSQL re-checks the condition after waiting for a rival's commit (READ COMMITTED), so of any number of parallel
 * calls exactly one gets the row back.
 *
 * @returns the row as written, or undefined when somebody else won or it was never there
 * @throws Error when the guard matches more than one row, which makes it no guard
 * @throws DomainError `database-unavailable` when PostgreSQL cannot be reached
 */
export async function consumeIfUnused<Entity extends ObjectLiteral>(
  tx: Tx,
  entity: EntityTarget<Entity>,
  unused: Guard,
  set: QueryDeepPartialEntity<Entity>,
): Promise<Entity | undefined> {
  const result = await tx
    .getRepository(entity)
    .createQueryBuilder()
    .update()
    .set(set)
    .where(unused.where, unused.parameters)
    .returning('*')
    .execute()
    .catch((error: unknown) => {
      throw asDomainError(error);
    });
  const written = result.raw as ObjectLiteral[];
  if (written.length > 1) throw new Error('a guarded update wrote more than one row');
  return written[0] && hydrate(tx, entity, written[0]);
}

/**
 * Advances a counter that only ever grows (an OTP step, a sequence): writes `value` where the column is still null or
 * smaller, in one conditional statement.
 *
 * @returns the row as written, or undefined when the counter already stands at `value` or beyond
 */
export async function advanceIfGreater<Entity extends ObjectLiteral>(
  tx: Tx,
  entity: EntityTarget<Entity>,
  row: Guard,
  advance: { property: keyof Entity & string; value: number | string },
  set: QueryDeepPartialEntity<Entity> = {},
): Promise<Entity | undefined> {
  const column = tx.dataSource.getMetadata(entity).findColumnWithPropertyName(advance.property);
  if (!column) throw new Error(`no column for ${advance.property}`);
  const name = tx.dataSource.driver.escape(column.databaseName);
  return consumeIfUnused(
    tx,
    entity,
    {
      where: `(${row.where}) AND (${name} IS NULL OR ${name} < :advanceTo)`,
      parameters: { ...row.parameters, advanceTo: advance.value },
    },
    { ...set, [advance.property]: advance.value } as QueryDeepPartialEntity<Entity>,
  );
}

/** Turns a raw row with column names into an entity with property names. */
export function hydrate<Entity extends ObjectLiteral>(
  tx: Tx,
  entity: EntityTarget<Entity>,
  raw: ObjectLiteral,
): Entity {
  const metadata = tx.dataSource.getMetadata(entity);
  const result = tx.create(entity);
  for (const column of metadata.columns) {
    if (column.databaseName in raw) {
      column.setEntityValue(result, tx.dataSource.driver.prepareHydratedValue(raw[column.databaseName], column));
    }
  }
  return result;
}
