import { type KeyedDigest, plainSecret } from '../../../src/core/crypto/secret-types.js';
import { KeyRing } from '../../../src/core/crypto/key-ring.js';
import { ConfiguredAgentGate } from '../../../src/auth/agents/configured-agent-gate.js';
import { type AdmittedAgent, AgentGate } from '../../../src/surfaces/auth-envelope/auth-caller.js';
import { ActivationCodes } from '../../../src/tokens/activation/activation-codes.js';
import type { ActivationPurpose } from '../../../src/tokens/activation/activation-code.entity.js';
import { acHash } from '../../../src/tokens/activation/code-text.js';
import { pinCodePurpose } from '../../../src/tokens/token-secrets.js';
import type { HeldToken } from '../../../src/tokens/token-store.js';
import type { TestDatabase } from '../../support/test-database.js';
import { AuthWorld, type WorldParts } from '../auth-world.js';

/** An agent of this name counts as one that calls over mutual TLS and may be handed keys. */
export const TRUSTED = 'vault';

export const USER = { loginName: 'jane' };
export const SERIAL = '70011852';
export const TOKEN = { serial: SERIAL };

const RULES = { length: 6, charset: 'NUMERIC', lifetimeSeconds: 86_400, maxAttempts: 5, channel: 'SMTP' } as const;

/** A world in which tokens may be downloaded unless the test says otherwise. */
export function startTokensWorld(database: TestDatabase, parts: WorldParts = {}): Promise<AuthWorld> {
  return AuthWorld.start(database, {
    agents: ['vpn', 'portal', TRUSTED],
    ...parts,
    replace: (module) => module.overrideProvider(AgentGate).useClass(TrustingGate),
  });
}

/** The gate as it is, and one agent with a certificate. */
class TrustingGate extends ConfiguredAgentGate {
  override async admit(...call: Parameters<ConfiguredAgentGate['admit']>): Promise<AdmittedAgent> {
    const admitted = await super.admit(...call);
    if (admitted.agent.name !== TRUSTED) return admitted;
    const permissions = new Set([...admitted.agent.permissions, 'export-keys' as const]);
    return { ...admitted, agent: { ...admitted.agent, mutualTls: true, permissions } };
  }
}

/** A policy of the product of the factory's tokens. */
export function productPolicy(options: Record<string, string>): Record<string, unknown> {
  return { name: 'tokens', category: 'LK/TEST', options };
}

/** Jane's time-based token, which waits for its code. */
export async function inactive(world: AuthWorld, serial = SERIAL, slot = 'Token1'): Promise<HeldToken> {
  const { account } = await world.person();
  return world.tokens.totp(account, { serial }, { status: 'INACTIVE', slot });
}

export async function active(world: AuthWorld, serial = SERIAL, slot = 'Token1'): Promise<HeldToken> {
  const { account } = await world.person();
  return world.tokens.totp(account, { serial }, { slot });
}

/** Makes the code of an assignment, without sending it. @returns the hash that clients send */
export async function hashFor(
  world: AuthWorld,
  { assignment }: HeldToken,
  purpose: ActivationPurpose = 'activation',
): Promise<string> {
  const target = { assignmentId: assignment.id, purpose };
  const { code } = await world.database.transaction((tx) => world.get(ActivationCodes).issue(tx, target, RULES));
  return acHash(code);
}

/** The hash of a code that nobody has. */
export const WRONG_HASH = acHash(plainSecret('no such code'));

/** Gives an assignment a PIN. */
export async function setPin(world: AuthWorld, { token, assignment }: HeldToken, pin: string): Promise<void> {
  const digest: KeyedDigest = world.get(KeyRing).digest(plainSecret(pin), pinCodePurpose(token.id));
  await world.database.query('UPDATE token_assignments SET pin_digest = $2 WHERE id = $1', [assignment.id, digest]);
}

/** Changes a column of the assignment or the token. */
export function change(
  world: AuthWorld,
  { token, assignment }: HeldToken,
  table: 'tokens' | 'token_assignments',
  column: string,
  value: unknown,
): Promise<unknown> {
  const id = table === 'tokens' ? token.id : assignment.id;
  return world.database.query(`UPDATE ${table} SET ${column} = $2 WHERE id = $1`, [id, value]);
}
