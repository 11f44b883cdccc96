import { Injectable } from '@nestjs/common';
import { Audit, AUDIT_COLUMNS, type NewAuditEvent } from '../audit/audit.js';
import { rows, type Tx } from '../database/database.js';
import { SqlParameters } from '../database/sql-parameters.js';
import { cancelling, type CancelSelection } from './cancelling.js';
import type { NewRow } from './new-request.js';
import { OneTimeRequest } from './one-time-request.entity.js';
import type { StepTimes } from './step-times.js';

/** Older requests that end with the new one, and the audit row of each, whose request is filled in. */
export interface Superseding {
  readonly selection: CancelSelection;
  readonly event: Omit<NewAuditEvent, 'requestId'>;
}

/**
 * Writes a new request down, ends those that it supersedes and records both: one statement, because links are made often
 * and each round trip counts.
 *
 * It sees requests as they are when it begins. Where two requests of one person may be made at once, what keeps them
 * apart (the lock on the account's row) has to be a statement before it, or it would not see a rival's.
 */
@Injectable()
export class RequestCreationRepository {
  constructor(private readonly audit: Audit) {}

  async create(
    tx: Tx,
    request: NewRow,
    created: NewAuditEvent,
    superseding: Superseding | undefined,
    times: StepTimes,
  ): Promise<OneTimeRequest> {
    const parameters = new SqlParameters();
    const parts = [
      ...(superseding ? this.superseding(parameters, superseding, times) : []),
      `recorded AS (INSERT INTO audit_events (${AUDIT_COLUMNS}) VALUES (${parameters.list(this.audit.values(created))}))`,
      `created AS (${inserting(tx, parameters, request)} RETURNING number)`,
    ];
    const sql = `WITH ${parts.join(',\n')} SELECT number FROM created`;
    const [row] = await rows<{ number: string }>(tx, sql, parameters.values);
    if (!row) throw new Error('an inserted request was not given back');
    return Object.assign(new OneTimeRequest(), request, row);
  }

  private superseding(
    parameters: SqlParameters,
    { selection, event }: Superseding,
    times: StepTimes,
  ): readonly string[] {
    const values = this.audit.values({ ...event, requestId: null });
    const columns = AUDIT_COLUMNS.split(', ').map((column, index) =>
      column === 'request_id' ? 'id' : `CAST(${parameters.add(values[index])} AS ${AUDIT_TYPES[column] ?? 'text'})`,
    );
    return [
      `superseded AS (${cancelling(parameters, selection, 'superseded', times)})`,
      `ended AS (INSERT INTO audit_events (${AUDIT_COLUMNS})
         SELECT ${columns.join(', ')} FROM superseded WHERE state = 'cancelled')`,
    ];
  }
}

/** Types of audit columns that are no text; PostgreSQL cannot tell them from the parameters of a `SELECT`. */
const AUDIT_TYPES: Readonly<Record<string, string>> = { at: 'timestamptz', account_id: 'uuid', detail: 'jsonb' };

function inserting(tx: Tx, parameters: SqlParameters, request: NewRow): string {
  const { columns } = tx.dataSource.getMetadata(OneTimeRequest);
  const written = columns.filter(({ propertyName }) => propertyName in request);
  const values = written.map<unknown>((column) =>
    tx.dataSource.driver.preparePersistentValue(column.getEntityValue(request), column),
  );
  return `INSERT INTO one_time_requests (${written.map(({ databaseName }) => databaseName).join(', ')})
    VALUES (${parameters.list(values)})`;
}
