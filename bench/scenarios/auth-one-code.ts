import { Connection } from '../harness/lean-load.js';
import type { HttpCalls, HttpRequest } from '../harness/http-load.js';
import type { Contender, Sample, Scenario, Span } from '../harness/scenario.js';
import { latenciesOf } from '../harness/statistics.js';
import type { World } from '../harness/world.js';
import { AUTH_CONFIGURATION, FreshCodes, insertPeopleWithTokens, peopleOf } from './auth-people.js';
import { callsWith, recorded, verifyCalls } from './auth-verify.js';

/** Requests at the same moment, each over a connection of its own. */
const RIVALS = 200;

/** What rivals may be told beside the one success: used already, or too many at once (authentication methods, section 3). */
const LOST = /^\{"error":(?:302|203|3)[,}]/;

/** What each rival sends in a round. */
type Round = (calls: HttpCalls) => HttpRequest[];

/** Whoever is attacked is locked afterwards, so that each round needs somebody else, who is asked for nothing more. */
const attacked = new WeakMap<World['database'], FreshCodes>();

async function attackCalls(world: World): Promise<HttpCalls> {
  const fresh = attacked.get(world.database) ?? new FreshCodes(peopleOf(world), peopleOf(world));
  attacked.set(world.database, fresh);
  return callsWith(world, fresh);
}

const sameForAll: Round = (calls) => Array<HttpRequest>(RIVALS).fill(calls.next());
const ownForEach: Round = (calls) => Array.from({ length: RIVALS }, () => calls.next());

/** Rounds in which as many requests as there are rivals are sent at once, and then waited for. */
async function rounds(
  world: World,
  { until }: Span,
  calls: HttpCalls,
  { round, successes }: { readonly round: Round; readonly successes: number },
): Promise<Sample> {
  const connections = await Promise.all(
    Array.from({ length: RIVALS }, (_, turn) => Connection.open(world.servers[turn % world.servers.length]?.url ?? '')),
  );
  const times: number[] = [];
  let [right, errors, firstError] = [0, 0, undefined as string | undefined];
  const begun = performance.now();
  const goesOn = () =>
    'seconds' in until ? performance.now() - begun < until.seconds * 1_000 : right + errors < until.amount;
  while (goesOn()) {
    const bodies = await Promise.all(
      round(calls).map(async ({ path, headers, body }, turn) => {
        const connection = connections[turn];
        if (!connection) throw new Error('fewer connections than rivals');
        const asked = performance.now();
        const answer = await connection.post(path, headers, body);
        times.push(performance.now() - asked);
        return answer.body;
      }),
    );
    const won = bodies.filter((body) => calls.isRight(body)).length;
    const strange = bodies.find((body) => !calls.isRight(body) && !LOST.test(body));
    if (won === successes && strange === undefined) right += won;
    else {
      errors += 1;
      firstError ??= strange ?? `${won} successes`;
    }
  }
  const seconds = (performance.now() - begun) / 1_000;
  for (const connection of connections) connection.close();
  return { perSecond: times.length / seconds, outcomes: right, errors, firstError, latencies: latenciesOf(times) };
}

const oneCode: Contender = {
  name: 'one code',
  title: `${RIVALS} at once with one code`,
  unit: 'requests',
  recorded,
  drive: async (world, span) => rounds(world, span, await attackCalls(world), { round: sameForAll, successes: 1 }),
};

const ownCodes: Contender = {
  name: 'own codes',
  title: `${RIVALS} at once, each with their own`,
  unit: 'requests',
  recorded,
  drive: async (world, span) => rounds(world, span, await verifyCalls(world), { round: ownForEach, successes: RIVALS }),
};

/** Contention at one row: one success a round, or it is an error. */
export const authOneCode: Scenario = {
  name: 'auth-one-code',
  title: `POST /auth/verify, ${RIVALS} parallel requests with one and the same code: one success`,
  configuration: AUTH_CONFIGURATION,
  setup: (world) => insertPeopleWithTokens(world, 2 * peopleOf(world)),
  contenders: [oneCode, ownCodes],
  ratios: [{ title: 'one code to own codes', of: 'one code', to: 'own codes' }],
};
