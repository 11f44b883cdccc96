import { Injectable } from '@nestjs/common';
import type { ConfigurationSnapshot } from '../../core/domains/configuration-snapshot.js';
import { Clock } from '../../core/time/clock.js';
import { AuthRefusal } from '../../surfaces/auth-envelope/auth-refusal.js';
import { agentRequestsPerSecond } from './agent-settings.js';

/**
 * Bounds the requests of one agent in this process, so that one that runs wild leaves room for the others. It protects
 * the process and no secret, so each process counts for itself, in memory.
 */
@Injectable()
export class AgentRate {
  private second = 0;
  private readonly counts = new Map<string, number>();

  constructor(private readonly clock: Clock) {}

  /** @throws AuthRefusal 3 */
  count(snapshot: ConfigurationSnapshot, agent: string): void {
    const limit = snapshot.setting(agentRequestsPerSecond);
    if (limit === 0) return;
    const second = Math.floor(this.clock.now().getTime() / 1_000);
    if (second !== this.second) {
      this.second = second;
      this.counts.clear();
    }
    const count = (this.counts.get(agent) ?? 0) + 1;
    this.counts.set(agent, count);
    if (count > limit) throw new AuthRefusal(3, { retryAfter: 1 });
  }
}
