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
    'seconds' in until
      ? performance.now() - begun < until.seconds * 1_000
      : tally.times.length + tally.wrong < until.amount;
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

/**
 * What PostgreSQL does at least for one verification that stands alone, in two transactions: count the attempt and read
 * what it may succeed with; settle and write down. For somebody at random whom the product does not verify: the counters
 * of these advance with every use and not with the time.
 */
const LEAST = `
\\set n random(:users + 1, 2 * :users)
WITH usable AS (
    SELECT t.id AS token_id, a.id AS assignment_id, t.serial, t.kind, t.product, t.secret_sealed,
  t.secret_digest, t.state, t.counter, t.drift, t.candidate_counter, t.candidate_at, t.passcode_history,
  a.pin_digest AS assignment_pin_digest, a.slot, a.name, a.priority, a.last_used_at
    FROM token_assignments a JOIN tokens t ON t.id = a.token_id
    WHERE a.account_id = ${ACCOUNT} AND t.kind = ANY('{TOTP,HOTP}'::text[]) AND (NULL::uuid IS NULL OR t.id = NULL) AND a.ended_at IS NULL AND a.status = 'ACTIVE' AND t.status = 'ACTIVE'
  AND (a.starts IS NULL OR a.starts <= now()) AND (a.expires IS NULL OR a.expires > now())
  AND (a.usage_limit = 0 OR a.usage_count < a.usage_limit)
    ORDER BY a.priority DESC, a.last_used_at DESC NULLS LAST, a.id LIMIT 10),
  counted AS (
    INSERT INTO authenticator_counters AS c (account_id, authenticator, failures, last_failed_at)
    SELECT ${ACCOUNT}, 'OTP', 1, now() WHERE EXISTS (SELECT FROM usable) AND NOT EXISTS (SELECT FROM account_blocks WHERE account_id = ${ACCOUNT} AND (until IS NULL OR until > now()))
    ON CONFLICT (account_id, authenticator) DO UPDATE
      SET failures = CASE WHEN c.failures >= 5 THEN 1 ELSE c.failures + 1 END, last_failed_at = now()
      WHERE c.failures < 5 OR c.last_failed_at <= now() - interval '30 minutes'
    RETURNING failures)
  SELECT usable.*, counted.failures, pin.token_id AS pin_token_id, pin.digest AS pin_digest
  FROM usable LEFT JOIN counted ON true
  LEFT JOIN LATERAL (
    SELECT t.id AS token_id, t.secret_digest AS digest FROM token_assignments a JOIN tokens t ON t.id = a.token_id
    WHERE a.account_id = ${ACCOUNT} AND t.kind = 'PINCode' AND a.ended_at IS NULL AND a.status = 'ACTIVE' AND t.status = 'ACTIVE'
  AND (a.starts IS NULL OR a.starts <= now()) AND (a.expires IS NULL OR a.expires > now())
  AND (a.usage_limit = 0 OR a.usage_count < a.usage_limit) LIMIT 1) pin ON true
  ORDER BY usable.priority DESC, usable.last_used_at DESC NULLS LAST, usable.assignment_id \\gset held_
WITH answered AS (
    UPDATE token_challenges SET consumed_at = now()
    WHERE id = NULL::uuid AND account_id = ${ACCOUNT} AND consumed_at IS NULL AND starts <= now() AND expires > now()
    RETURNING id),
  looked_up AS (
    UPDATE token_codes SET used_at = now()
    WHERE token_id = :held_token_id::uuid AND digest = ANY(NULL::text[]) AND used_at IS NULL AND (expires_at IS NULL OR expires_at > now())
      AND (NULL::uuid IS NULL OR EXISTS (SELECT FROM answered))
    RETURNING id),
  advanced AS (
    UPDATE tokens SET counter = COALESCE((:held_counter::bigint + 1)::bigint, counter), drift = COALESCE(0::integer, drift),
      candidate_counter = NULL, candidate_at = NULL, last_used_at = now(),
      passcode_history = CASE WHEN ('bench.' || repeat(md5(:n::text), 2))::text IS NULL THEN passcode_history
                              ELSE (ARRAY[('bench.' || repeat(md5(:n::text), 2))::text] || passcode_history)[1:10] END
    WHERE id = :held_token_id::uuid AND status = 'ACTIVE' AND ((:held_counter::bigint + 1)::bigint IS NULL OR counter IS NULL OR counter < (:held_counter::bigint + 1))
      AND (NULL::text[] IS NULL OR EXISTS (SELECT FROM looked_up))
      AND (NULL::uuid IS NULL OR EXISTS (SELECT FROM answered))
    RETURNING id),
  used AS (
    UPDATE token_assignments SET usage_count = usage_count + 1, last_used_at = now()
    WHERE id = :held_assignment_id::uuid AND status = 'ACTIVE' AND ended_at IS NULL AND (usage_limit = 0 OR usage_count < usage_limit)
      AND EXISTS (SELECT FROM advanced)
    RETURNING id),
  forgotten AS (
    UPDATE authenticator_counters SET failures = 0
    WHERE account_id = ${ACCOUNT} AND authenticator = 'OTP' AND EXISTS (SELECT FROM used)),
  recorded AS (
    INSERT INTO audit_events (at, event, outcome, code, actor, client_address, domain, account_id, target, request_id, correlation_id, detail) SELECT now()::timestamptz, 'authenticator.verified'::text, 'success'::text, NULL::text, 'pgbench'::text, NULL::text, 'BENCH'::text, ${ACCOUNT}::uuid, ${ACCOUNT}::text::text, NULL::uuid, NULL::text, '{"serial": "00000000-0000-4000-8000-000000000000", "authenticator": "OTP"}'::jsonb WHERE EXISTS (SELECT FROM used))
  SELECT EXISTS (SELECT FROM used) AS won;
`;

/** A right passcode, each for the first time: counted, read, judged, settled and written down. */
export const totpCore: Scenario = {
  name: 'totp-core',
  title: 'a right TOTP passcode, each for the first time, verified in the core without HTTP',
  configuration: BASE_CONFIGURATION,
  setup: (world) => insertTokens(world, FIRST_STEP - 1_000_000),
  contenders: [latchkey, pgbench({ name: 'pgbench', title: 'pgbench, the least two statements', script: LEAST })],
  ratios: [{ title: 'Latchkey to pgbench', of: 'latchkey', to: 'pgbench' }],
};
