import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { RecurringJob, untilEmpty } from '../../core/schedule/recurring-job.js';
import { Clock } from '../../core/time/clock.js';
import { AgentTokenRepository } from './agent-token.repository.js';

/** Milliseconds between two runs in one process. */
const EVERY_MS = 60_000;
/** Rows that one statement deletes. */
const BATCH = 500;

/** Deletes tokens that have expired. No rule relies on it. */
@Injectable()
export class AgentTokenHousekeeping {
  private readonly job = new RecurringJob('housekeeping of agent tokens', () => this.run());

  constructor(
    private readonly tokens: AgentTokenRepository,
    private readonly clock: Clock,
  ) {}

  @Interval('agent-token-housekeeping', EVERY_MS)
  tick(): Promise<void> {
    return this.job.tick();
  }

  /** One whole run. Returns how many tokens it deleted. */
  run(): Promise<number> {
    return untilEmpty(() => this.tokens.purge(this.clock.now(), BATCH));
  }
}
