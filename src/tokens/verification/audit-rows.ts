import { AUDIT_COLUMNS } from '../../core/audit/audit.js';
import type { RowColumn, RowValue } from '../../core/database/row-parameters.js';

/** Columns of an audit row with their types in PostgreSQL; those not named are text. */
const TYPES: Readonly<Record<string, string>> = {
  at: 'timestamptz',
  account_id: 'uuid',
  request_id: 'uuid',
  detail: 'jsonb',
};

const NAMES = AUDIT_COLUMNS.split(', ');

/** The type of each audit column, in their order. */
export const AUDIT_TYPES: readonly string[] = NAMES.map((name) => TYPES[name] ?? 'text');

/** The audit columns as they are named in rows given to a statement. */
export const AUDIT_NAMES: readonly string[] = NAMES.map((name) => `audit_${name}`);

/** The audit row of something that is written down together with it; see `Audit.values`. */
export function auditColumns<Row>(valuesOf: (row: Row) => readonly unknown[]): RowColumn<Row>[] {
  return AUDIT_NAMES.map((name, index) => [
    name,
    AUDIT_TYPES[index] ?? 'text',
    (row) => valuesOf(row)[index] as RowValue,
  ]);
}
