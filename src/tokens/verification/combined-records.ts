import { type Audit, AUDIT_COLUMNS, type NewAuditEvent } from '../../core/audit/audit.js';
import { CombinedCalls } from '../../core/database/combined-calls.js';
import type { Database } from '../../core/database/database.js';
import { preparedStatement } from '../../core/database/prepared-statements.js';
import { RowParameters } from '../../core/database/row-parameters.js';
import { auditColumns, AUDIT_NAMES } from './audit-rows.js';
import { COMBINED } from './combined-size.js';

const RECORDS = new RowParameters<readonly unknown[]>(auditColumns((values) => values));

const RECORD_TOGETHER = preparedStatement(
  `INSERT INTO audit_events (${AUDIT_COLUMNS}) SELECT ${AUDIT_NAMES.join(', ')} FROM ${RECORDS.from('given')}`,
);

/** Audit rows of concurrent requests in one statement, committed by itself: of what happened without changing anything. */
export class CombinedRecords {
  private readonly combined: CombinedCalls<readonly unknown[], void>;

  constructor(
    private readonly audit: Audit,
    database: Database,
  ) {
    const write = async (records: readonly (readonly unknown[])[]): Promise<void> => {
      await database.prepared(RECORD_TOGETHER, RECORDS.values(records));
    };
    this.combined = new CombinedCalls<readonly unknown[], void>(
      {
        together: async (groups) => {
          await write(groups.flat());
          return groups.map(() => [undefined]);
        },
        alone: (record) => write([record]),
      },
      COMBINED,
    );
  }

  write(event: NewAuditEvent): Promise<void> {
    return this.combined.run(this.audit.values(event));
  }
}
