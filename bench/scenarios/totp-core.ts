import type * as StatementsModule from '../../src/tokens/verification/attempt-statements.js';
import { built } from '../harness/built.js';
import { cpuBetween } from '../harness/cpu.js';
import { pgbench } from '../harness/pgbench.js';
import type { Contender, Sample, Scenario, Span } from '../harness/scenario.js';
import { latenciesOf } from '../harness/statistics.js';
import type { World } from '../harness/world.js';
import { BASE_CONFIGURATION } from './people.js';
import { accountId, codeOf, insertTokens, PERIOD } from './totp-tokens.js';
import { openVerifier, type Verifier } from './verifier.js';

/** The time step in which measuring begins; any will do. */
const FIRST_STEP = 60_000_000;

/** Where each world stands: turns of verifications so far. Nobody's passcode is ever used twice. */
const turns = new WeakMap<World['database'], number>();

/**
 * Verifies everybody's passcode in turn. When all were asked, a time step has passed: the product's clock is moved, and
 * everybody has a new passcode.
 */
async function drive(world: World, { connections, until }: Span): Promise<Sample> {
  let turn = turns.get(world.database) ?? 0;
  const stepNow = () => FIRST_STEP + Math.floor(turn / world.users);
  const verifier = await openVerifier(world, connections, () => stepNow() * PERIOD * 1_000);
  const tally = { times: [] as number[], wrong: 0 };
  const before = world.cpu();
  const begun = performance.now();
  const goesOn = () =>
    'seconds' in until ? performance.now() - begun < until.seconds * 1_000 : tally.times.length < until.amount;
  const next = () => ({ n: (turn % world.users) + 1, step: FIRST_STEP + Math.floor(turn++ / world.users) });
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (goesOn()) await one(verifier, next(), tally);
    }),
  );
  const seconds = (performance.now() - begun) / 1_000;
  const cpu = cpuBetween(before, world.cpu());
  turns.set(world.database, turn);
  await verifier.close();
  const { times, wrong } = tally;
  return {
    perSecond: times.length / seconds,
    outcomes: times.length,
    errors: wrong,
    firstError: wrong > 0 ? 'a right passcode was refused' : undefined,
    latencies: latenciesOf(times),
    cpu,
  };
}

async function one(
  verifier: Verifier,
  { n, step }: { n: number; step: number },
  tally: { times: number[]; wrong: number },
): Promise<void> {
  const typed = codeOf(n, step);
  const asked = performance.now();
  if (await verifier.verify(accountId(n), typed)) tally.times.push(performance.now() - asked);
  else tally.wrong += 1;
}

const latchkey: Contender = {
  name: 'latchkey',
  title: 'Latchkey',
  unit: 'verifications',
  countStatements: true,
  drive,
  recorded: async ({ database }) => {
    const [row] = await database.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM audit_events WHERE event = 'authenticator.verified' AND actor = 'person'`,
    );
    return row?.count ?? 0;
  },
};

const ACCOUNT = `('00000000-0000-4000-8000-' || lpad(to_hex(:n::integer), 12, '0'))::uuid`;

/** The values of the parameters of both statements, by their numbers, where they are the same. */
const COMMON = { 1: ACCOUNT, 2: `'OTP'`, 3: 'now()' };
const READ = { ...COMMON, 4: `'{TOTP,HOTP}'::text[]`, 5: 'NULL', 6: '5', 7: `now() - interval '30 minutes'` };
const SETTLED = {
  ...COMMON,
  4: ':held_token_id::uuid',
  5: ':held_assignment_id::uuid',
  6: '(:held_counter::bigint + 1)',
  7: '0',
  8: 'NULL',
  9: `('bench.' || repeat(md5(:n::text), 2))`,
  10: '10',
  11: 'NULL',
  // The audit row: at, event, outcome, code, actor, address, domain, account, target, request, correlation, detail.
  12: 'now()',
  13: `'authenticator.verified'`,
  14: `'success'`,
  15: 'NULL',
  16: `'pgbench'`,
  17: 'NULL',
  18: `'BENCH'`,
  19: ACCOUNT,
  20: `${ACCOUNT}::text`,
  21: 'NULL',
  22: 'NULL',
  23: `'{"serial": "00000000-0000-4000-8000-000000000000", "authenticator": "OTP"}'`,
};

function withValues(statement: string, values: Readonly<Record<number, string>>): string {
  return statement.replaceAll(/\$(\d+)/g, (place, number: string) => values[Number(number)] ?? place).trim();
}

/**
 * The product's own two statements, one transaction each, for somebody at random whom the product does not verify: the
 * counters of these advance with every use and not with the time.
 */
async function yardstick(world: World): Promise<string> {
  const { COUNT_AND_READ, SETTLE } = built(
    world,
    'tokens/verification/attempt-statements.js',
  ) as typeof StatementsModule;
  return `\\set n random(:users + 1, 2 * :users)
${withValues(COUNT_AND_READ, READ)} \\gset held_
${withValues(SETTLE, SETTLED)};
`;
}

/** A right passcode, each for the first time: counted, read, judged, settled and written down. */
export const totpCore: Scenario = {
  name: 'totp-core',
  title: 'a right TOTP passcode, each for the first time, verified in the core without HTTP',
  configuration: BASE_CONFIGURATION,
  setup: (world) => insertTokens(world, FIRST_STEP - 1_000_000),
  contenders: [latchkey, pgbench({ name: 'pgbench', title: 'pgbench, the same two statements', script: yardstick })],
  ratios: [{ title: 'Latchkey to pgbench', of: 'latchkey', to: 'pgbench' }],
};
