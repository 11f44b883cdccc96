import { Injectable } from '@nestjs/common';
import { Configuration } from '../../core/domains/configuration.js';
import type { Setting } from '../../core/settings/setting.js';
import { Throttle } from '../../core/throttle/throttle.js';
import type { ThrottleRule } from '../../core/throttle/throttle-rule.js';
import { addressBucket } from '../../core/web/client-address.js';
import type { Client } from '../../core/web/clients.js';
import { RestRefusal } from '../../surfaces/iam-rest/rest-refusal.js';

/** Calls that one address may make only so often. */
export interface SpacedCall {
  /** Names the counter. */
  readonly name: string;
  /** Seconds that must lie between two calls; 0 = none. */
  readonly seconds: Setting<number>;
}

/**
 * One call of a kind in a while per address, IPv6 by /64 (iam-rest section 3.1, *Rate*): kept in the database, so shared by
 * all processes and kept over restarts.
 */
@Injectable()
export class Spacing {
  constructor(
    private readonly throttle: Throttle,
    private readonly configuration: Configuration,
  ) {}

  /** Turns a call away that comes too soon; counts nothing. @throws RestRefusal 429/1429 with the seconds left */
  async look(call: SpacedCall, { address }: Client): Promise<void> {
    const rule = await this.rule(call);
    const verdict = rule && (await this.throttle.peek(rule, addressBucket(address)));
    if (verdict && !verdict.allowed) throw RestRefusal.tooFrequent(verdict.retryAfter);
  }

  /** Counts a call. Of several at the same moment one goes on. @throws as {@link look} */
  async count(call: SpacedCall, { address }: Client): Promise<void> {
    const rule = await this.rule(call);
    const event = rule && (await this.throttle.hit(rule, addressBucket(address)));
    if (event && !event.allowed) throw RestRefusal.tooFrequent(event.retryAfter);
  }

  private async rule({ name, seconds }: SpacedCall): Promise<ThrottleRule | undefined> {
    const window = (await this.configuration.snapshot()).setting(seconds);
    return window === 0 ? undefined : { name, limit: 1, window };
  }
}
