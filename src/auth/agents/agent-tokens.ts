import { Injectable } from '@nestjs/common';
import { Audit } from '../../core/audit/audit.js';
import { KeyRing } from '../../core/crypto/key-ring.js';
import { RandomSource } from '../../core/crypto/random-source.js';
import type { KeyedDigest, PlainSecret } from '../../core/crypto/secret-types.js';
import { Database } from '../../core/database/database.js';
import type { ConfigurationSnapshot } from '../../core/domains/configuration-snapshot.js';
import { Clock } from '../../core/time/clock.js';
import type { Client } from '../../core/web/clients.js';
import { type Agent, agentModel } from './agent-model.js';
import { agentTokenLifetime } from './agent-settings.js';
import { AGENT_SECRET, AGENT_TOKEN } from './agent-token.entity.js';
import { AgentTokenRepository } from './agent-token.repository.js';
import { RecentTokens } from './recent-tokens.js';

/** A token as it is handed out, once. */
export interface IssuedToken {
  readonly token: PlainSecret;
  /** Seconds. */
  readonly lifetime: number;
}

/**
 * Access tokens of agents: 256 random bits that mean nothing, of which a keyed digest is stored (RFC 6749, section 1.4;
 * authentication methods, section 1.3).
 */
@Injectable()
export class AgentTokens {
  private readonly recent = new RecentTokens();
  /** Digests of each agent's secret under every key of the ring; made once for each configuration. */
  private readonly secretDigests = new WeakMap<Agent, readonly KeyedDigest[]>();

  constructor(
    private readonly repository: AgentTokenRepository,
    private readonly database: Database,
    private readonly audit: Audit,
    private readonly keyRing: KeyRing,
    private readonly random: RandomSource,
    private readonly clock: Clock,
  ) {}

  async issue(snapshot: ConfigurationSnapshot, agent: Agent, client: Client): Promise<IssuedToken> {
    const token = this.random.linkSecret();
    const lifetime = snapshot.setting(agentTokenLifetime);
    await this.database.transaction(async (tx) => {
      await this.repository.insert(tx, {
        tokenDigest: this.keyRing.digest(token, AGENT_TOKEN),
        agent: agent.name,
        secretDigest: this.keyRing.digest(agent.secret, AGENT_SECRET),
        issuedAt: this.clock.now(),
        expiresAt: this.clock.in(lifetime),
      });
      await this.audit.record(tx, {
        event: 'agent-token.issued',
        outcome: 'success',
        actor: agent.name,
        clientAddress: client.address,
        correlationId: client.correlationId,
        detail: { lifetime },
      });
    });
    return { token, lifetime };
  }

  /**
   * The agent whose token this is; undefined for a token that is unknown, expired, given for an earlier secret, or of an
   * agent that is disabled or gone. What the database says of a token is believed for a second.
   */
  async agentOf(snapshot: ConfigurationSnapshot, token: PlainSecret): Promise<Agent | undefined> {
    const stored = await this.recent.get(token, () => this.repository.find(this.keyRing.digests(token, AGENT_TOKEN)));
    if (!stored || stored.expiresAt <= this.clock.now()) return undefined;
    const agent = agentModel(snapshot).byName.get(stored.agent);
    return agent && this.digestsOf(agent).includes(stored.secretDigest) ? agent : undefined;
  }

  private digestsOf(agent: Agent): readonly KeyedDigest[] {
    const known = this.secretDigests.get(agent);
    if (known) return known;
    const digests = this.keyRing.digests(agent.secret, AGENT_SECRET);
    this.secretDigests.set(agent, digests);
    return digests;
  }
}
