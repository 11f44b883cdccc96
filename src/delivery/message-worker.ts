import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Database } from '../core/database/database.js';
import { Clock } from '../core/time/clock.js';
import { Delivery } from './delivery.js';
import { MessageQueue } from './message-queue.js';
import { ENDED_MESSAGE_STATES } from './message-states.js';

/** How long running attempts are waited for when the process ends. What is not done then goes out again later. */
const GRACE_MS = 5_000;

/**
 * Sends what is due, in the background of every process.
 *
 * A message keeps one job until it has ended: each look at one that has not ended puts the next look into the queue.
 */
@Injectable()
export class MessageWorker implements OnModuleInit, OnApplicationBootstrap, OnApplicationShutdown {
  constructor(
    private readonly queue: MessageQueue,
    private readonly delivery: Delivery,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** From here on messages can be enqueued. */
  async onModuleInit(): Promise<void> {
    await this.queue.start();
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.queue.work((messageId) => this.look(messageId));
  }

  async onApplicationShutdown(): Promise<void> {
    await this.queue.stop();
    await this.delivery.settleRunning(GRACE_MS);
  }

  /** Attempts a message when it is due, and comes back to it when it has not ended. */
  async look(messageId: string): Promise<void> {
    const message = await this.delivery.attempt(messageId);
    if (!message || ENDED_MESSAGE_STATES.includes(message.state)) return;
    const due = message.nextAttemptAt ?? this.clock.now();
    const delaySeconds = (due.getTime() - this.clock.now().getTime()) / 1000;
    await this.queue.push(this.database.manager, message, Math.max(1, delaySeconds));
  }
}
