import { Injectable, Logger } from '@nestjs/common';
import { RandomSource } from '../core/crypto/random-source.js';
import { Configuration } from '../core/domains/configuration.js';
import { Clock } from '../core/time/clock.js';
import { within } from '../core/time/within.js';
import { retryAttempts, retryFirstSeconds, retryHours } from './delivery-settings.js';
import { AttemptSettlement } from './attempt-settlement.js';
import { Dispatch } from './dispatch.js';
import { LETTER } from './letters/letter.js';
import type { Message } from './message.entity.js';
import { MessageRepository, type Settlement } from './message.repository.js';
import { nextAttempt, type RetryLimits } from './retry-schedule.js';
import { CATALOGUE } from './templates/catalogue.js';
import { DeliveryRefusal, type Receipt } from './transport/transport.js';

/** Longest attempt in seconds; well below the time after which a claim counts as lost. */
const ATTEMPT_SECONDS = 120;

/**
 * Attempts: claim, send, settle. The worker and the immediate first try both come through here, in any number of
 * processes, and the claim decides who sends.
 *
 * Delivery is at least once: a process killed between the relay's yes and our row leaves a claim that runs out
 * (`CLAIM_SECONDS`), and the message goes out again under the same Message-ID or idempotency key. Two senders at a time
 * are impossible.
 */
@Injectable()
export class Delivery {
  private readonly logger = new Logger('Delivery');
  private readonly running = new Map<string, Promise<Message | null>>();

  constructor(
    private readonly messages: MessageRepository,
    private readonly dispatch: Dispatch,
    private readonly configuration: Configuration,
    private readonly clock: Clock,
    private readonly random: RandomSource,
    private readonly settlements: AttemptSettlement,
  ) {}

  /**
   * Makes one attempt if the message is due and nobody else is at it.
   *
   * @returns the message as it stands afterwards; null when there is none
   */
  attempt(id: string): Promise<Message | null> {
    const running = this.running.get(id);
    if (running) return running;
    const attempt = this.run(id).finally(() => this.running.delete(id));
    this.running.set(id, attempt);
    return attempt;
  }

  /** Attempts what is due, the oldest first, a few at a time; for messages whose job was lost. Returns how many. */
  async attemptDue(limit = 20): Promise<number> {
    const ids = await this.messages.due(limit);
    await Promise.all(ids.map((id) => this.attempt(id)));
    return ids.length;
  }

  /** Waits for the attempts under way, but no longer than `milliseconds`. */
  async settleRunning(milliseconds: number): Promise<void> {
    await within(Promise.allSettled(this.running.values()), milliseconds);
  }

  private async run(id: string): Promise<Message | null> {
    const message = await this.messages.claim(id);
    if (message) {
      const settled = await this.settlements.settle(message, await this.send(message));
      if (settled) return settled;
    }
    return this.messages.find(id);
  }

  private async send(message: Message): Promise<Settlement> {
    const limits = await this.limits(message);
    try {
      // Beyond the limit only claims that ran out lead here: something ends the process each time.
      if (message.attempts > limits.attempts) {
        throw DeliveryRefusal.forGood('internal', 'every attempt ended without an answer');
      }
      const receipt = await within(this.dispatch.send(message), ATTEMPT_SECONDS * 1_000);
      if (!receipt) throw DeliveryRefusal.forNow('timeout', `no answer within ${ATTEMPT_SECONDS} seconds`);
      return accepted(receipt);
    } catch (error) {
      return this.refused(message, asRefusal(error), limits);
    }
  }

  private refused(message: Message, refusal: DeliveryRefusal, limits: RetryLimits): Settlement {
    const nextAttemptAt = refusal.permanent ? undefined : nextAttempt(message, limits, this.clock.now(), this.random);
    const { category, reason, sender } = refusal;
    if (category === 'internal' && refusal.cause instanceof Error) this.logger.error(refusal.cause.stack);
    return { state: nextAttemptAt ? 'queued' : 'failed', nextAttemptAt, category, reason, sender };
  }

  private async limits({ purpose }: Message): Promise<RetryLimits> {
    const snapshot = await this.configuration.snapshot();
    const waits = purpose === LETTER ? undefined : CATALOGUE[purpose].retries;
    return {
      waits,
      firstSeconds: snapshot.setting(retryFirstSeconds),
      attempts: waits ? waits.length + 1 : snapshot.setting(retryAttempts),
      hours: snapshot.setting(retryHours),
    };
  }
}

function accepted({ sender, providerId }: Receipt): Settlement {
  return { state: 'sent', sender, providerId };
}

function asRefusal(error: unknown): DeliveryRefusal {
  if (error instanceof DeliveryRefusal) return error;
  return DeliveryRefusal.forNow('internal', 'an unexpected fault on our side; see the log', { cause: error });
}
