import type { Circumstances } from './circumstances.js';
import type { ProfileSummary } from './profile-summary.js';
import type { Measured, ScenarioResult } from './run-scenario.js';
import type { Ratio, Sample } from './scenario.js';
import type { Census } from './statement-census.js';
import { type Spread, spreadOf } from './statistics.js';
import { table } from './table.js';

/** A scenario's figures as they are printed. */
export function reportOf(result: ScenarioResult): string {
  const { scenario, measured } = result;
  const censused = measured.filter(({ censuses }) => censuses.length > 0);
  return [
    `\n${scenario.name}: ${scenario.title}\n`,
    throughput(measured),
    ratios(result),
    ...measured.map(({ contender, samples }) => further(contender.title, samples)),
    ...censused.map(({ censuses }) => costs(censuses)),
    ...censused.map(({ contender, samples }) => cpu(contender.title, samples)),
    ...measured.flatMap(({ contender, samples }) => complaints(contender.title, samples)),
    ...measured.flatMap(({ profile }) => (profile ? [profileReport(profile)] : [])),
  ]
    .filter(Boolean)
    .join('\n');
}

export function circumstancesReport(circumstances: Circumstances): string {
  const { commit, changed, cores, processor, memoryGiB, node, postgresql, autocannon, diskSyncMs } = circumstances;
  return [
    `commit ${commit.slice(0, 12)}${changed ? ' with changes' : ''}`,
    `${cores} cores (${processor}), ${memoryGiB} GiB, disk confirms a page in ${diskSyncMs.toFixed(2)} ms`,
    `Node.js ${node}, PostgreSQL ${postgresql}, autocannon ${autocannon}`,
  ].join('\n');
}

/** Of one figure over all samples; the ratio of the same run, because noise hits neighbours alike. */
export function ratioOf(measured: readonly Measured[], { of, to }: Ratio): Spread | undefined {
  const [above, below] = [of, to].map((name) => measured.find(({ contender }) => contender.name === name)?.samples);
  return spreadOf(
    (above ?? []).flatMap(({ perSecond }, run) => {
      const other = below?.[run]?.perSecond;
      return other ? [perSecond / other] : [];
    }),
  );
}

function throughput(measured: readonly Measured[]): string {
  const head = ['', 'per second', 'min', 'max', 'p50 ms', 'p95 ms', 'p99 ms', 'errors'];
  return table([
    head,
    ...measured.map(({ contender, samples }) => {
      const rate = spreadOf(samples.map(({ perSecond }) => perSecond));
      return [
        `${contender.title} (${contender.unit})`,
        ...[rate?.median, rate?.min, rate?.max].map((value) => number(value, 0)),
        ...(['p50', 'p95', 'p99'] as const).map((name) => number(medianLatency(samples, name), 1)),
        String(samples.reduce((sum, { errors }) => sum + errors, 0)),
      ];
    }),
  ]);
}

function ratios({ scenario, measured }: ScenarioResult): string {
  return scenario.ratios
    .map((ratio) => {
      const spread = ratioOf(measured, ratio);
      const [min, median, max] = [spread?.min, spread?.median, spread?.max].map((value) => number(value, 3));
      return `${ratio.title}: ${median} (${min} to ${max})`;
    })
    .join('\n');
}

/** The medians of what else was measured. */
function further(title: string, samples: readonly Sample[]): string {
  const names = new Set(samples.flatMap((sample) => Object.keys(sample.further ?? {})));
  return [...names]
    .map((name) => {
      const spread = spreadOf(samples.flatMap(({ further }) => further?.[name] ?? []));
      return `${title}, ${name}: ${number(spread?.median, 1)} (${number(spread?.min, 1)} to ${number(spread?.max, 1)})`;
    })
    .join('\n');
}

function costs(censuses: readonly Census[]): string {
  const lines = censuses.map(({ connections, statements, transactions, syncs, walBytes }) => [
    howMany(connections),
    number(statements, 1),
    number(transactions, 1),
    number(syncs, 2),
    number(walBytes, 0),
  ]);
  return [
    table([['\nCost of one request', 'statements', 'transactions', 'disk syncs', 'WAL bytes'], ...lines]),
    ...censuses.filter(({ list }) => list.length > 0).map(statements),
  ].join('\n');
}

function statements({ connections, list }: Census): string {
  return table([
    [`\nStatements, ${howMany(connections)}`, 'a request', 'plan ms', 'execution ms'],
    ...list.map(({ sql, perOutcome, planMs, meanMs }) => [
      sql.replace(/\s+/g, ' ').slice(0, 90),
      number(perOutcome, 2),
      number(planMs, 3),
      number(meanMs, 3),
    ]),
  ]);
}

function howMany(connections: number): string {
  return connections === 1 ? 'one after the other' : `over ${connections} connections`;
}

function cpu(title: string, samples: readonly Sample[]): string {
  const each = (part: 'server' | 'database' | 'client') =>
    spreadOf(samples.flatMap(({ cpu, outcomes }) => (cpu && outcomes > 0 ? [(cpu[part] / outcomes) * 1_000] : [])))
      ?.median;
  const [server, database, client] = [each('server'), each('database'), each('client')];
  if (server === undefined) return '';
  return `\nProcessor time of one request of ${title}: server ${number(server, 2)} ms, database ${number(database, 2)} ms, load generator ${number(client, 2)} ms`;
}

function complaints(title: string, samples: readonly Sample[]): string[] {
  const [first] = samples.flatMap(({ firstError }) => firstError ?? []);
  return first === undefined ? [] : [`\n${title} went wrong, for instance: ${first}`];
}

function profileReport({ file, microsecondsPerOutcome, byOrigin, byFunction }: ProfileSummary): string {
  const lines = (parts: ProfileSummary['byOrigin']) =>
    parts.slice(0, 25).map(({ name, share }) => [name, `${number(share * 100, 1)} %`]);
  return [
    `\nThe server's main thread works ${number(microsecondsPerOutcome, 0)} µs for a request; profile: ${file}`,
    table([['By package or folder', 'share'], ...lines(byOrigin)]),
    table([['\nBy function, itself', 'share'], ...lines(byFunction)]),
  ].join('\n');
}

function medianLatency(samples: readonly Sample[], name: 'p50' | 'p95' | 'p99'): number | undefined {
  return spreadOf(samples.flatMap(({ latencies }) => (latencies ? [latencies[name]] : [])))?.median;
}

function number(value: number | undefined, digits: number): string {
  return value === undefined ? '-' : value.toFixed(digits);
}
