import { createHash, createHmac } from 'node:crypto';
import type * as EnvironmentModule from '../../src/core/config/read-environment.js';
import type * as KeyRingModule from '../../src/core/crypto/key-ring.js';
import type * as RandomModule from '../../src/core/crypto/random-source.js';
import type * as SeedModule from '../../src/tokens/oath/seed.js';
import type * as SecretsModule from '../../src/tokens/token-secrets.js';
import { built } from '../harness/built.js';
import type { World } from '../harness/world.js';
import { domainId } from './people.js';

/** Seconds of a time step. */
export const PERIOD = 30;

const SEED_BYTES = 20;
const BATCH = 5_000;

/** The account of the `n`th person, counted from 1; made from the number so that pgbench finds it too. */
export function accountId(n: number): string {
  return `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;
}

function seedOf(n: number): Buffer {
  return createHash('sha256').update(`bench ${n}`).digest().subarray(0, SEED_BYTES);
}

/** What the token of the `n`th person shows at a time step (RFC 4226 section 5.3), without the product's own code. */
export function codeOf(n: number, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', seedOf(n)).update(counter).digest();
  const offset = (mac[mac.length - 1] ?? 0) & 0x0f;
  return String((mac.readUInt32BE(offset) & 0x7fff_ffff) % 1_000_000).padStart(6, '0');
}

/** Gives twice `world.users` people a time-based token each, used before, with a seed of its own. */
export async function insertTokens(world: World, lastStep: number): Promise<void> {
  const { readEnvironment } = built(world, 'core/config/read-environment.js') as typeof EnvironmentModule;
  const { KeyRing } = built(world, 'core/crypto/key-ring.js') as typeof KeyRingModule;
  const { SystemRandomSource } = built(world, 'core/crypto/random-source.js') as typeof RandomModule;
  const { seedText } = built(world, 'tokens/oath/seed.js') as typeof SeedModule;
  const { TOKEN_SECRET } = built(world, 'tokens/token-secrets.js') as typeof SecretsModule;
  const keyRing = new KeyRing(readEnvironment(world.environment).masterKeys, new SystemRandomSource());
  const domain = await domainId(world);
  const count = 2 * world.users;
  for (let first = 1; first <= count; first += BATCH) {
    const people = Array.from({ length: Math.min(BATCH, count - first + 1) }, (_, i) => first + i);
    const sealed = people.map((n) => keyRing.seal(seedText(seedOf(n) as unknown as SeedModule.Seed), TOKEN_SECRET));
    await world.database.query(
      `WITH person AS (SELECT * FROM unnest($1::uuid[], $2::text[]) AS new (id, sealed)),
       account AS (
         INSERT INTO accounts (id, domain_id, directory_key, login, created_at)
         SELECT id, $3, id::text, id::text, now() FROM person),
       token AS (
         INSERT INTO tokens (id, serial, kind, product, secret_sealed, state, counter, created_at)
         SELECT id, id::text, 'TOTP', 'LK/TOTP', sealed, '{"hash": "SHA1", "digits": 6, "period": 30}', $4, now()
         FROM person)
       INSERT INTO token_assignments (id, token_id, account_id, slot, created_at, updated_at)
       SELECT id, id, id, 'Token1', now(), now() FROM person`,
      [people.map(accountId), sealed, domain, lastStep],
    );
  }
}
