import { createHash, createHmac } from 'node:crypto';
import type * as EnvironmentModule from '../../src/core/config/read-environment.js';
import type * as KeyRingModule from '../../src/core/crypto/key-ring.js';
import type * as RandomModule from '../../src/core/crypto/random-source.js';
import type * as SeedModule from '../../src/tokens/oath/seed.js';
import type * as SecretsModule from '../../src/tokens/token-secrets.js';
import { built } from '../harness/built.js';
import type { World } from '../harness/world.js';
import { BASE_CONFIGURATION, DOMAIN, domainId } from './people.js';

/** The agent that all requests come from. */
const AGENT = 'bench-agent';

/** An application with its steps, each of one authenticator. */
export interface BenchApplication {
  readonly name: string;
  readonly steps: readonly string[];
}

/** What the product is configured with: applications, and one agent on all of them. */
export function authConfiguration(applications: readonly BenchApplication[]): string {
  return `${BASE_CONFIGURATION}
server:
  settings: { agent_requests_per_second: 0, agent_token_lifetime: 86400 }
realms:
  - { name: bench, domains: [${DOMAIN}] }
applications:${applications.map(applicationText).join('')}
agents:
  - name: ${AGENT}
    applications: [${applications.map(({ name }) => name).join(', ')}]
    clientId: ${AGENT}
    clientSecret: "\${ADMINISTRATOR_PASSWORD}"
`;
}

function applicationText({ name, steps }: BenchApplication): string {
  const items = steps.map((authenticator) => `{ name: ${authenticator}, authenticators: [${authenticator}] }`);
  return `
  - name: ${name}
    realm: bench
    logonProcedure: { type: Web SSO, steps: [${items.join(', ')}] }`;
}

/** One application with one step. */
export const AUTH_CONFIGURATION = authConfiguration([{ name: 'bench application', steps: ['OTP'] }]);

/** Seconds of a time step. */
export const PERIOD = 30;

/** Different seeds. More would only make the filling longer: the product opens the seed of each token either way. */
const SEEDS = 1_000;
const SEED_BYTES = 20;
/** People at least, so that those who are asked at the same moment are different ones. */
const LEAST_PEOPLE = 1_000;

/** How many people the product is asked for. */
export function peopleOf({ users }: World): number {
  return Math.max(users, LEAST_PEOPLE);
}

/** Rows of a table written by one statement. */
const BATCH = 50_000;

/** The id of the `n`th person, account, token and assignment: spread over the indexes as random ones are. In SQL. */
export const ID = (n: string): string => `md5('bench ' || ${n})::uuid`;

const seeds = Array.from({ length: SEEDS }, (_, n) =>
  createHash('sha256').update(`bench seed ${n}`).digest().subarray(0, SEED_BYTES),
);

/** What the token of the `n`th person shows at a time step (RFC 4226 section 5.3), without the product's own code. */
function codeOf(n: number, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', seedOf(n)).update(counter).digest();
  const offset = (mac[mac.length - 1] ?? 0) & 0x0f;
  return String((mac.readUInt32BE(offset) & 0x7fff_ffff) % 1_000_000).padStart(6, '0');
}

/**
 * Fills the domain with people, each with an account and a time-based token used long ago, and with as many tokens again
 * that are nobody's: the yardstick's. A million of both take some minutes.
 *
 * @param people how many, where it is another number
 */
export async function insertPeopleWithTokens(world: World, people = peopleOf(world)): Promise<void> {
  const sealed = sealedSeeds(world);
  const domain = await domainId(world);
  for (const { first, last } of batches(people)) {
    await world.database.query(
      `WITH person AS MATERIALIZED (
         SELECT n, ${ID('n')} AS id FROM generate_series($1::int, $2::int) AS n),
       known AS (
         INSERT INTO builtin_people (id, domain_id, login, login_key, display_name, mail, mobile, created_at)
         SELECT id, $3, 'person-' || n, 'person-' || n, 'Person ' || n, 'person-' || n || '@example.test',
                '+352' || (600000000 + n), now() FROM person),
       account AS (
         INSERT INTO accounts (id, domain_id, directory_key, login, created_at)
         SELECT id, $3, id::text, 'person-' || n, now() FROM person)
       INSERT INTO token_assignments (id, token_id, account_id, slot, created_at, updated_at)
       SELECT id, id, id, 'Token1', now(), now() FROM person`,
      [first, last, domain],
    );
  }
  for (const { first, last } of batches(2 * people)) {
    await world.database.query(
      `INSERT INTO tokens (id, serial, kind, product, secret_sealed, state, counter, created_at)
       SELECT ${ID('n')}, 'BENCH' || n, 'TOTP', 'LK/TOTP', ($3::text[])[1 + n % ${SEEDS}],
              '{"hash": "SHA1", "digits": 6, "period": ${PERIOD}}', 1, now() FROM generate_series($1::int, $2::int) AS n`,
      [first, last, sealed],
    );
  }
}

function sealedSeeds(world: World): string[] {
  const { readEnvironment } = built(world, 'core/config/read-environment.js') as typeof EnvironmentModule;
  const { KeyRing } = built(world, 'core/crypto/key-ring.js') as typeof KeyRingModule;
  const { SystemRandomSource } = built(world, 'core/crypto/random-source.js') as typeof RandomModule;
  const { seedText } = built(world, 'tokens/oath/seed.js') as typeof SeedModule;
  const { TOKEN_SECRET } = built(world, 'tokens/token-secrets.js') as typeof SecretsModule;
  const keyRing = new KeyRing(readEnvironment(world.environment).masterKeys, new SystemRandomSource());
  return seeds.map((seed) => keyRing.seal(seedText(seed as unknown as SeedModule.Seed), TOKEN_SECRET));
}

/** The numbers from 1 to `count`, as many at a time as one statement writes. */
function batches(count: number): { readonly first: number; readonly last: number }[] {
  return Array.from({ length: Math.ceil(count / BATCH) }, (_, turn) => ({
    first: turn * BATCH + 1,
    last: Math.min((turn + 1) * BATCH, count),
  }));
}

/** Bearer token of the agent, as the product gives it (RFC 6749 section 4.4). */
export async function agentToken({ servers, administratorPassword }: World): Promise<string> {
  const response = await fetch(`${servers[0]?.url}/auth/oauth/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${AGENT}:${administratorPassword}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  const { access_token } = (await response.json()) as { access_token?: string };
  if (access_token === undefined) throw new Error(`the agent got no token: ${response.status}`);
  return access_token;
}

/** The seed of the `n`th person. */
export function seedOf(n: number): Buffer {
  return seeds[n % SEEDS] ?? Buffer.alloc(0);
}

/** Somebody with a code that was never used. */
export interface FreshCode {
  readonly n: number;
  readonly login: string;
  readonly code: string;
}

/** Steps whose codes a code must not repeat: the history of passcodes and the window (authentication methods, section 6.1). */
const STEPS_BEFORE = 14;
const STEPS_AFTER = 4;

/** People between two asked one after the other, so that neighbours in the tables are not asked together. */
const STRIDE = 7_919;

/**
 * The codes of all people in turn, each once. The product's clock cannot be moved from outside: whoever is asked again
 * within a time step gives the next code, which the window lets in.
 */
export class FreshCodes {
  private turn = 0;
  private readonly last: Int32Array;
  private readonly shown = new Map<number, string[]>();

  /** @param before people before the first one */
  constructor(
    private readonly users: number,
    private readonly before = 0,
  ) {
    this.last = new Int32Array(users);
  }

  next(): FreshCode {
    const index = (this.turn * STRIDE) % this.users;
    const n = this.before + index + 1;
    this.turn += 1;
    let step = Math.max(Math.floor(Date.now() / 1_000 / PERIOD), (this.last[index] ?? 0) + 1);
    while (this.isShownTwice(n, step)) step += 1;
    this.last[index] = step;
    return { n, login: `person-${n}`, code: this.code(n, step) };
  }

  /** Whether a token shows the same at a step nearby: once in 10^5, and then the product refuses it, as it must. */
  private isShownTwice(n: number, step: number): boolean {
    const code = this.code(n, step);
    for (let other = step - STEPS_BEFORE; other <= step + STEPS_AFTER; other++) {
      if (other !== step && this.code(n, other) === code) return true;
    }
    return false;
  }

  /** From a table, so that the load generator computes nothing while it measures. */
  private code(n: number, step: number): string {
    let codes = this.shown.get(step);
    if (!codes) this.shown.set(step, (codes = seeds.map((_, seed) => codeOf(seed, step))));
    return codes[n % SEEDS] ?? '';
  }
}
