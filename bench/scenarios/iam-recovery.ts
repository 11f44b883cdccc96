import { setTimeout as delay } from 'node:timers/promises';
import { Connection } from '../harness/lean-load.js';
import type { Contender, Sample, Scenario, Span } from '../harness/scenario.js';
import { latenciesOf, spreadOf } from '../harness/statistics.js';
import type { World } from '../harness/world.js';
import { DOMAIN, insertPeople, PUBLIC_URL } from './people.js';

/** No spacing, and no limit on letters; nothing listens where letters are to go, so that they stay in the queue. */
const CONFIGURATION = `
publicUrl: ${PUBLIC_URL}
defaultDomain: ${DOMAIN}
server:
  settings: { pwd_reset_rate_sec: 0 }
mail:
  profiles:
    - { name: relay, url: "smtp://127.0.0.1:9" }
  accounts:
    - { name: system, profile: relay, address: no-reply@bench.example.test, isSystem: true }
domains:
  - name: ${DOMAIN}
    settings: { link_sends_per_person_per_hour: 10000 }
`;

const ANSWER = '{"error_code":0,"result":true,"result_msg":"Check your email box for password reset URL"}';

/** Both kinds of keys, of the same length. */
const PREFIX = { known: 'person', unknown: 'nobody' } as const;
type Kind = keyof typeof PREFIX;

/** Milliseconds between two looks whether the work that calls have left is done. */
const LOOK_MS = 5;

/** Measures one kind after the other, in calls of `connections` at once, each kind as often the first as the second. */
class Rounds {
  private turn = 0;
  private readonly bursts: Record<Kind, number[]> = { known: [], unknown: [] };
  private readonly times: Record<Kind, number[]> = { known: [], unknown: [] };
  private readonly wrong: Record<Kind, string[]> = { known: [], unknown: [] };

  private constructor(
    private readonly world: World,
    private readonly connections: readonly Connection[],
  ) {}

  static async measure(world: World, { connections, until }: Span): Promise<Record<Kind, Sample>> {
    const url = world.servers[0]?.url ?? '';
    const open = await Promise.all(Array.from({ length: connections }, () => Connection.open(url)));
    const rounds = new Rounds(world, open);
    const begun = performance.now();
    const goesOn = (): boolean =>
      'seconds' in until ? performance.now() - begun < until.seconds * 1_000 : rounds.times.known.length < until.amount;
    for (let round = 0; round < 2 || goesOn(); round++) {
      const order: readonly Kind[] = round % 2 === 0 ? ['known', 'unknown'] : ['unknown', 'known'];
      for (const kind of order) await rounds.burst(kind);
    }
    for (const connection of open) connection.close();
    return { known: rounds.sample('known'), unknown: rounds.sample('unknown') };
  }

  private async burst(kind: Kind): Promise<void> {
    const begun = performance.now();
    const answers = await Promise.all(
      this.connections.map(async (connection) => {
        this.turn = (this.turn % this.world.users) + 1;
        const asked = performance.now();
        const { body } = await connection.post(
          '/rest/v1/iam/pwd_reset_requests',
          { 'content-type': 'application/json' },
          `{"key":"${PREFIX[kind]}-${this.turn}","domain":"${DOMAIN}"}`,
        );
        this.times[kind].push(performance.now() - asked);
        return body;
      }),
    );
    this.bursts[kind].push(performance.now() - begun);
    this.wrong[kind].push(...answers.filter((body) => body !== ANSWER));
    await settled(this.world);
  }

  private sample(kind: Kind): Sample {
    const typical = spreadOf(this.bursts[kind])?.median ?? Infinity;
    return {
      perSecond: (this.connections.length / typical) * 1_000,
      outcomes: this.times[kind].length - this.wrong[kind].length,
      errors: this.wrong[kind].length,
      firstError: this.wrong[kind][0],
      latencies: latenciesOf(this.times[kind]),
    };
  }
}

/** Waits for the searches that calls have left, so that those of one kind do not weigh on the other. */
async function settled({ database }: World): Promise<void> {
  for (;;) {
    const [row] = await database.query<{ open: boolean }>('SELECT EXISTS (SELECT FROM orders) AS open');
    if (row?.open !== true) return;
    await delay(LOOK_MS);
  }
}

/** What the rounds of a world gave for unknown keys, for the contender that comes after the known ones. */
const unknowns = new WeakMap<World, Sample>();

const known: Contender = {
  name: 'known',
  title: 'a login that somebody has',
  unit: 'requests',
  drive: async (world, span) => {
    const samples = await Rounds.measure(world, span);
    unknowns.set(world, samples.unknown);
    return samples.known;
  },
};

const unknown: Contender = {
  name: 'unknown',
  title: 'a login that nobody has, in the same rounds',
  unit: 'requests',
  drive: async (world, span) => unknowns.get(world) ?? (await Rounds.measure(world, span)).unknown,
};

/**
 * Whether the answer's time tells who exists: requests a second by the median of calls at once, and their ratio, which
 * should be 0.95 to 1.05.
 */
export const iamRecovery: Scenario = {
  name: 'iam-recovery',
  title: 'POST /rest/v1/iam/pwd_reset_requests for keys that are known and unknown, without spacing',
  configuration: CONFIGURATION,
  setup: async (world) => {
    await insertPeople(world);
    await world.database.settle();
  },
  contenders: [known, unknown],
  ratios: [{ title: 'known to unknown', of: 'known', to: 'unknown' }],
};
