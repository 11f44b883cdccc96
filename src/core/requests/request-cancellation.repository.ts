import { Injectable } from '@nestjs/common';
import { rows, type Tx } from '../database/database.js';
import { hydrate } from '../database/guarded-update.js';
import { SqlParameters } from '../database/sql-parameters.js';
import { cancelling, type CancelSelection } from './cancelling.js';
import { OneTimeRequest } from './one-time-request.entity.js';
import type { StepTimes } from './step-times.js';

/** Ends live requests before their time. */
@Injectable()
export class RequestCancellationRepository {
  /** Returns what was cancelled, and not what was only marked. */
  async cancel(tx: Tx, selection: CancelSelection, reason: string, times: StepTimes): Promise<OneTimeRequest[]> {
    const parameters = new SqlParameters();
    const sql = cancelling(parameters, selection, reason, times);
    const written = await rows<Record<string, unknown>>(tx, sql, parameters.values);
    return written.map((row) => hydrate(tx, OneTimeRequest, row)).filter(({ state }) => state === 'cancelled');
  }
}
