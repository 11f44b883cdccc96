import { join } from 'node:path';
import { type ProfileSummary, summariseProfile } from './profile-summary.js';
import type { Contender, Sample, Scenario, Span } from './scenario.js';
import { type Census, takeCensus } from './statement-census.js';
import { World } from './world.js';

export interface RunOptions {
  /** Folder of the built product. */
  readonly dist: string;
  /** People to fill the database with. */
  readonly users: number;
  readonly connections: number;
  /** Length of one sample. */
  readonly sample: Span['until'];
  /** Samples of each contender. */
  readonly runs: number;
  /** Whether to measure other products too. */
  readonly peers: boolean;
  /** Folder of another build, to be measured in turn with this one. */
  readonly against?: string | undefined;
  /** Folder for processor profiles; none are made without it. */
  readonly profileFolder?: string | undefined;
}

export interface Measured {
  readonly contender: Contender;
  readonly samples: readonly Sample[];
  /** One after the other, then all at once. */
  readonly censuses: readonly Census[];
  readonly profile?: ProfileSummary | undefined;
}

export interface ScenarioResult {
  readonly scenario: Scenario;
  readonly measured: readonly Measured[];
}

const WARM_UP_SECONDS = 5;

/** Sets a scenario up, measures its contenders in turn, and tears everything down. `say` tells what is going on. */
export async function runScenario(
  scenario: Scenario,
  options: RunOptions,
  say: (text: string) => void,
): Promise<ScenarioResult> {
  say('starting PostgreSQL and the server');
  const world = await World.start({
    ...options,
    configuration: scenario.configuration,
    processes: scenario.processes ?? 1,
    profiled: options.profileFolder !== undefined,
  });
  let other: World | undefined;
  const prepared: Contender[] = [];
  try {
    if (options.against !== undefined) other = await world.facing(options.against);
    const whole = withOthers(scenario, options, other);
    say('filling the database');
    await whole.setup(world);
    for (const contender of whole.contenders) {
      prepared.push(contender);
      await contender.prepare?.(world);
    }
    await world.database.settle();
    const ownProducts = scenario.contenders.filter(({ countStatements }) => countStatements);
    return { scenario: whole, measured: await measure(world, whole, ownProducts, options, say) };
  } finally {
    for (const contender of prepared) await contender.finish?.();
    await other?.stopServers();
    await world.stop();
  }
}

/** The scenario with everything else that was asked for: other products, and the other build. */
function withOthers(scenario: Scenario, { peers, against }: RunOptions, other: World | undefined): Scenario {
  const products = other ? scenario.contenders.filter(({ countStatements }) => countStatements) : [];
  const others = products.map((product) => ({
    ...product,
    name: `${product.name} of ${against}`,
    title: `${product.title} of ${against}`,
    drive: (world: World, span: Span) => product.drive(other ?? world, span),
  }));
  const contenders = [...scenario.contenders, ...others, ...(peers ? (scenario.peers ?? []) : [])];
  const isMeasured = (wanted: string) => contenders.some(({ name }) => name === wanted);
  return {
    ...scenario,
    contenders,
    ratios: [
      ...scenario.ratios.filter(({ of, to }) => isMeasured(of) && isMeasured(to)),
      ...others.map(({ name }, turn) => {
        const of = products[turn]?.name ?? '';
        return { title: `${of} to ${name}`, of, to: name };
      }),
    ],
  };
}

async function measure(
  world: World,
  { name, contenders }: Scenario,
  ownProducts: readonly Contender[],
  options: RunOptions,
  say: (text: string) => void,
): Promise<Measured[]> {
  const { connections, sample, runs, profileFolder } = options;
  const until = 'seconds' in sample ? { seconds: Math.min(sample.seconds, WARM_UP_SECONDS) } : sample;
  const warmUp: Span = { connections, until };
  for (const contender of contenders) await contender.drive(world, warmUp);

  const samples = new Map<Contender, Sample[]>(contenders.map((contender) => [contender, []]));
  for (let run = 1; run <= runs; run++) {
    say(`run ${run} of ${runs}`);
    for (const contender of contenders) {
      samples.get(contender)?.push(await drive(world, contender, { connections, until: sample }));
    }
  }
  const measured: Measured[] = [];
  for (const contender of contenders) {
    const file = profileFolder && join(profileFolder, `${name}-${contender.name}.cpuprofile`);
    measured.push({
      contender,
      samples: samples.get(contender) ?? [],
      censuses: contender.countStatements ? await takeCensuses(world, contender, options, say) : [],
      profile:
        file && ownProducts.includes(contender) ? await takeProfile(world, contender, options, file, say) : undefined,
    });
  }
  return measured;
}

/** A sample, with the answers that the database knows nothing of counted as errors. */
async function drive(world: World, contender: Contender, span: Span): Promise<Sample> {
  const before = await contender.recorded?.(world);
  const sample = await contender.drive(world, span);
  const after = await contender.recorded?.(world);
  const missing = sample.outcomes - ((after ?? 0) - (before ?? 0));
  if (before === undefined || missing <= 0) return sample;
  const firstError = sample.firstError ?? `${missing} answers without a row in the database`;
  return { ...sample, errors: sample.errors + missing, firstError };
}

async function takeCensuses(
  world: World,
  contender: Contender,
  { connections, sample: until }: RunOptions,
  say: (text: string) => void,
): Promise<Census[]> {
  say('counting statements');
  return [
    await takeCensus(world, contender, { connections: 1, until }),
    await takeCensus(world, contender, { connections, until }),
  ];
}

async function takeProfile(
  world: World,
  contender: Contender,
  { connections, sample: until }: RunOptions,
  file: string,
  say: (text: string) => void,
): Promise<ProfileSummary | undefined> {
  const [server] = world.servers;
  if (!server) return undefined;
  say('profiling the server');
  await server.startProfile();
  const { outcomes } = await contender.drive(world, { connections, until });
  await server.stopProfile(file);
  return summariseProfile(file, outcomes);
}
