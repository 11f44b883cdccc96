import type { AgentDeclaration } from '../../core/config/file/sections/applications.js';
import { plainSecret, type PlainSecret } from '../../core/crypto/secret-types.js';
import { API_AGENT } from '../../core/domains/agent-permissions.js';
import type { Declared } from '../../core/domains/configuration-snapshot.js';
import { declaredId } from '../../core/domains/declared-id.js';
import { perSnapshot } from '../../core/domains/per-snapshot.js';
import { Networks } from '../../core/web/client-address.js';
import type { CallingAgent } from '../../surfaces/auth-envelope/auth-caller.js';

/** An enabled agent of the configuration. */
export interface Agent {
  /** Stable; see `declaredId`. */
  readonly id: string;
  readonly name: string;
  readonly description: string | undefined;
  readonly secret: PlainSecret;
  /** Where it may call from; empty means anywhere. */
  readonly addresses: Networks;
  /** As methods see it when a bearer token, or when its client certificate, says who it is. */
  readonly byToken: CallingAgent;
  readonly byCertificate: CallingAgent;
}

/** The enabled agents by what they are found by. */
export interface AgentModel {
  readonly byName: ReadonlyMap<string, Agent>;
  readonly byClientId: ReadonlyMap<string, Agent>;
  /** By the SHA-256 of a certificate, 64 hexadecimal digits. */
  readonly byCertificate: ReadonlyMap<string, Agent>;
}

/**
 * The agents of a configuration. Disabled ones are not among them, so that their tokens and certificates lead nowhere from
 * the next request on.
 *
 * @returns the same object for the same snapshot
 */
export const agentModel = perSnapshot((snapshot): AgentModel => {
  const declared = snapshot.declared('agent').map((object) => ({ spec: specOf(object), agent: agentOf(object) }));
  const enabled = declared.filter(({ spec }) => spec.enabled);
  return {
    byName: new Map(enabled.map(({ agent }) => [agent.name, agent])),
    byClientId: new Map(enabled.map(({ spec, agent }) => [spec.clientId, agent])),
    byCertificate: new Map(
      enabled.flatMap(({ spec, agent }) => spec.certificates.map((certificate) => [certificate, agent] as const)),
    ),
  };
});

/** Whether the agent may call from the address. */
export function mayCallFrom({ addresses }: Agent, address: string): boolean {
  return addresses.empty || addresses.has(address);
}

function agentOf(object: Declared): Agent {
  const { name, secrets } = object;
  const { description, applications, addresses, permissions } = specOf(object);
  const calling = { name, applications, permissions: new Set(permissions) };
  return {
    id: declaredId('agent', name),
    name,
    description,
    secret: secrets['clientSecret'] ?? plainSecret(''),
    addresses: new Networks(addresses),
    byToken: { ...calling, mutualTls: false },
    byCertificate: { ...calling, mutualTls: true },
  };
}

/** What was applied by an earlier version lacks the keys that came later. */
function specOf({ spec }: Declared): Omit<AgentDeclaration, 'name' | 'clientSecret'> {
  const stored = spec as unknown as AgentDeclaration;
  return { ...stored, certificates: stored.certificates ?? [], permissions: stored.permissions ?? API_AGENT };
}
