import { SlapdOtp } from '../harness/slapd-otp.js';
import type { Contender, Sample, Span } from '../harness/scenario.js';
import { latenciesOf } from '../harness/statistics.js';
import type { World } from '../harness/world.js';
import { FreshCodes, PERIOD, seedOf } from './auth-people.js';

/** People in the directory; more than bind within a time step. */
const MOST_PEOPLE = 100_000;

let server: { readonly slapd: SlapdOtp; readonly codes: FreshCodes } | undefined;

async function prepare({ users }: World): Promise<void> {
  const count = Math.min(users, MOST_PEOPLE);
  const seeds = Array.from({ length: count }, (_, index) => seedOf(index + 1));
  server = { slapd: await SlapdOtp.start(seeds, PERIOD), codes: new FreshCodes(count) };
}

async function drive(_world: World, { connections, until }: Span): Promise<Sample> {
  if (!server) throw new Error('the directory was not started');
  const { slapd, codes } = server;
  const times: number[] = [];
  const tally: { wrong: number; firstError: string | undefined } = { wrong: 0, firstError: undefined };
  const opened = await Promise.all(Array.from({ length: connections }, () => slapd.connect()));
  const begun = performance.now();
  const goesOn = () =>
    'seconds' in until ? performance.now() - begun < until.seconds * 1_000 : times.length + tally.wrong < until.amount;
  await Promise.all(
    opened.map(async (connection) => {
      while (goesOn()) {
        const { n, code } = codes.next();
        const asked = performance.now();
        const result = await connection.bind(n, code);
        if (result === 0) times.push(performance.now() - asked);
        else {
          tally.wrong += 1;
          tally.firstError ??= `LDAP result ${result}`;
        }
      }
      connection.close();
    }),
  );
  const seconds = (performance.now() - begun) / 1_000;
  return {
    perSecond: times.length / seconds,
    outcomes: times.length,
    errors: tally.wrong,
    firstError: tally.firstError,
    latencies: latenciesOf(times),
  };
}

/** OpenLDAP's overlay: a bind with password and time-based code, each code once. */
export const slapdOtp: Contender = {
  name: 'slapd',
  title: 'OpenLDAP, overlay otp',
  unit: 'binds',
  prepare,
  drive,
  finish: async () => {
    await server?.slapd.stop();
    server = undefined;
  },
};
