import { Logger } from '@nestjs/common';

/**
 * Work that every process does again and again: never twice at the same time in one process, and a failure is logged
 * and no more, because the next run makes up for it. That several processes do not do the same work twice is the
 * business of the work's own statements.
 */
export class RecurringJob {
  private readonly logger = new Logger(RecurringJob.name);
  private running = false;

  constructor(
    /** For the log, e.g. `expiry of requests`. */
    private readonly name: string,
    private readonly work: () => Promise<unknown>,
  ) {}

  /** One run, unless one is under way. Never fails. */
  async tick(): Promise<void> {
    if (this.running) return;
    this.running = true;
    try {
      await this.work();
    } catch (error) {
      this.logger.error({ err: error }, `${this.name} failed; it runs again`);
    } finally {
      this.running = false;
    }
  }
}

/** Runs a statement that works through rows in batches until one finds none; returns how many rows there were. */
export async function untilEmpty(batch: () => Promise<number>): Promise<number> {
  let total = 0;
  for (let done = await batch(); done > 0; done = await batch()) total += done;
  return total;
}
