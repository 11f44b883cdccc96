import { Injectable } from '@nestjs/common';
import { Audit } from '../../core/audit/audit.js';
import { equalSecrets } from '../../core/crypto/equal-secrets.js';
import { RandomSource } from '../../core/crypto/random-source.js';
import type { PlainSecret } from '../../core/crypto/secret-types.js';
import { Database } from '../../core/database/database.js';
import { Configuration, type ConfigurationSnapshot } from '../../core/domains/configuration.js';
import { attemptAllowances } from '../../core/throttle/attempt-settings.js';
import { type GuardedAttempt, GuardedAttempts } from '../../core/throttle/guarded-attempt.js';
import type { ThrottleRule } from '../../core/throttle/throttle-rule.js';
import type { Client } from '../../core/web/clients.js';
import { type Agent, agentModel, mayCallFrom } from './agent-model.js';
import { invalidClient } from './oauth-error.js';
import type { ClientCredentials } from './token-request.js';

/** An agent that has shown its client secret. */
export interface AuthenticatedClient {
  readonly agent: Agent;
  readonly snapshot: ConfigurationSnapshot;
  readonly client: Client;
}

/** Wrong client secrets of one address, whoever they are for. */
const PER_ADDRESS: ThrottleRule = { name: 'agent-token', limit: 10, window: 180 };

/**
 * Authenticates agents by client secret (RFC 6749, section 2.3.1). The attempt is counted before the secret is looked at
 * and given back when it was right.
 *
 * An address that the agent may not call from is refused like a wrong secret, and is no attempt at that agent: strangers
 * cannot use up what a caller from its addresses has (attack class 31).
 */
@Injectable()
export class ClientAuthentication {
  /** Compared in place of a secret that there is none of; it never lets anybody in. */
  private readonly standIn: PlainSecret;

  constructor(
    private readonly configuration: Configuration,
    private readonly attempts: GuardedAttempts,
    private readonly audit: Audit,
    private readonly database: Database,
    random: RandomSource,
  ) {
    this.standIn = random.linkSecret();
  }

  /**
   * @throws OAuthError `invalid_client`
   * @throws DomainError `too-many-attempts` with `retryAfter` seconds, `database-unavailable`
   */
  async authenticate({ clientId, secrets }: ClientCredentials, client: Client): Promise<AuthenticatedClient> {
    await this.attempts.requireRoom(PER_ADDRESS, client.address);
    const snapshot = await this.configuration.snapshot();
    const named = agentModel(snapshot).byClientId.get(clientId);
    const agent = named && mayCallFrom(named, client.address) ? named : undefined;
    const attempt: GuardedAttempt = {
      secret: 'agent secret',
      person: agent && `agent ${agent.name}`,
      name: clientId,
      allowances: attemptAllowances(snapshot, undefined),
      perAddress: PER_ADDRESS,
      clientAddress: client.address,
    };
    const known = await this.attempts.run(attempt, async ({ examine }) => {
      const expected = (examine && agent?.secret) || this.standIn;
      const equal = secrets.map((secret) => equalSecrets(secret, expected)).some(Boolean);
      const right = equal && examine && agent !== undefined;
      return { right, value: right ? agent : undefined };
    });
    if (known) return { agent: known, snapshot, client };
    await this.recordRefusal(named, client);
    throw invalidClient();
  }

  /** A name that nobody has is not kept: it may be a secret in the wrong field. */
  private async recordRefusal(named: Agent | undefined, client: Client): Promise<void> {
    await this.audit.record(this.database.manager, {
      event: 'agent-token.refused',
      outcome: 'refused',
      code: 'credentials-invalid',
      actor: 'anonymous',
      clientAddress: client.address,
      correlationId: client.correlationId,
      detail: { agent: named?.name ?? '(unknown)' },
    });
  }
}
