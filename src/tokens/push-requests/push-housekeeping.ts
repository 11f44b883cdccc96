import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Database } from '../../core/database/database.js';
import { RecurringJob, untilEmpty } from '../../core/schedule/recurring-job.js';
import { Clock } from '../../core/time/clock.js';
import { PushRequestRepository } from './push-request.repository.js';

/** Milliseconds between two runs in one process. */
const EVERY_MS = 60_000;
/** Rows that one statement deletes. */
const BATCH = 500;
/** Seconds for which a request stays after its time: longer than it can count as one in vain, see `push_pause_minutes`. */
const KEPT_SECONDS = 2 * 86_400;

/** Deletes requests two days after their time, and nonces and activations that are over. No rule relies on it. */
@Injectable()
export class PushHousekeeping {
  private readonly job = new RecurringJob('housekeeping of push requests', () => this.run());

  constructor(
    private readonly repository: PushRequestRepository,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  @Interval('push-housekeeping', EVERY_MS)
  tick(): Promise<void> {
    return this.job.tick();
  }

  /** One whole run. Returns how many rows it deleted. */
  async run(): Promise<number> {
    const kept = this.clock.in(-KEPT_SECONDS);
    const requests = await untilEmpty(() => this.repository.purge(kept, BATCH));
    const nonces = await untilEmpty(() => this.purge('push_nonces', 'nonce', this.clock.now()));
    return requests + nonces + (await untilEmpty(() => this.purge('push_activations', 'id', kept)));
  }

  private async purge(table: 'push_nonces' | 'push_activations', key: string, before: Date): Promise<number> {
    const gone = await this.database.query(
      `DELETE FROM ${table} WHERE ${key} = ANY (ARRAY(
         SELECT ${key} FROM ${table} WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED
       )) RETURNING ${key}`,
      [before, BATCH],
    );
    return gone.length;
  }
}
