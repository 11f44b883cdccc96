import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { DomainError } from '../../core/errors/domain-error.js';
import { RecurringJob } from '../../core/schedule/recurring-job.js';
import { Clock } from '../../core/time/clock.js';
import { type EndedPushRequest, PushRequestRepository } from './push-request.repository.js';

/** Milliseconds between two looks. */
const EVERY_MS = 400;

interface Waiter {
  readonly expiresAt: Date;
  readonly resolve: (ended: EndedPushRequest) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Waits for the end of push requests, whichever process takes the answer. Nobody who waits holds a connection: one
 * statement now and then asks for all of this process together.
 */
@Injectable()
export class PushWaiting implements BeforeApplicationShutdown {
  private readonly waiters = new Map<string, Waiter>();
  private readonly job = new RecurringJob('waiting for push requests', () => this.look());
  private stopping = false;

  constructor(
    private readonly repository: PushRequestRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `overloaded` when the server stops meanwhile, `database-unavailable` */
  ended({ id, expiresAt }: { readonly id: string; readonly expiresAt: Date }): Promise<EndedPushRequest> {
    if (this.stopping) return Promise.reject(stopped());
    return new Promise((resolve, reject) => this.waiters.set(id, { expiresAt, resolve, reject }));
  }

  @Interval('push-waiting', EVERY_MS)
  tick(): Promise<void> {
    return this.job.tick();
  }

  /** One look at all that are waited for. Where it fails, only those whose time is over do not wait for the next one. */
  async look(): Promise<void> {
    if (this.waiters.size === 0) return;
    const now = this.clock.now();
    try {
      for (const ended of await this.repository.ended([...this.waiters.keys()], now)) {
        this.take(ended.id)?.resolve(ended);
      }
    } catch (error) {
      for (const [id, { expiresAt }] of this.waiters) if (expiresAt <= now) this.take(id)?.reject(error);
      throw error;
    }
  }

  /** Lets go of everybody who waits, so that a server that stops keeps no connection open for minutes. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    const ids = [...this.waiters.keys()];
    for (const id of ids) this.take(id)?.reject(stopped());
    if (ids.length > 0) await this.repository.withdraw({ ids });
  }

  private take(id: string): Waiter | undefined {
    const waiter = this.waiters.get(id);
    this.waiters.delete(id);
    return waiter;
  }
}

function stopped(): DomainError {
  return new DomainError('overloaded', { detail: 'the server stops' });
}
