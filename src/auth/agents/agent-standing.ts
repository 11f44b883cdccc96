import { Injectable } from '@nestjs/common';
import { Configuration, type ConfigurationSnapshot } from '../../core/domains/configuration.js';
import type { CallingAgent } from '../../surfaces/auth-envelope/auth-caller.js';
import { AuthRefusal } from '../../surfaces/auth-envelope/auth-refusal.js';
import { type Agent, agentModel } from './agent-model.js';

/** An agent as it is at this moment, for calls that have waited. */
@Injectable()
export class AgentStanding {
  constructor(private readonly configuration: Configuration) {}

  /** @throws AuthRefusal 120 when it was withdrawn meanwhile */
  async requireStill({
    name,
  }: Pick<CallingAgent, 'name'>): Promise<{ readonly agent: Agent; readonly snapshot: ConfigurationSnapshot }> {
    const snapshot = await this.configuration.snapshot();
    const agent = agentModel(snapshot).byName.get(name);
    if (!agent) throw new AuthRefusal(120);
    return { agent, snapshot };
  }
}
