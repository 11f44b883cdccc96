import type { CpuSeconds } from './cpu.js';
import type { Latencies } from './statistics.js';
import type { World } from './world.js';

/** How long or how much to drive, over how many connections. */
export interface Span {
  readonly connections: number;
  readonly until: { readonly seconds: number } | { readonly amount: number };
}

/** What one stretch of driving gave. */
export interface Sample {
  /** Right outcomes per second; wrong ones do not count. */
  readonly perSecond: number;
  readonly outcomes: number;
  /** Outcomes that were wrong or never came. */
  readonly errors: number;
  /** Of a wrong outcome, to see what went wrong. */
  readonly firstError?: string | undefined;
  /** Of right outcomes only. */
  readonly latencies?: Latencies | undefined;
  /** Processor time by where it went; absent where the system does not tell. */
  readonly cpu?: CpuSeconds | undefined;
  /** What else is worth keeping, e.g. peak memory. */
  readonly further?: Readonly<Record<string, number>>;
}

/** One way of doing a scenario's work that is measured: the product, a yardstick, another product. */
export interface Contender {
  /** Unique in its scenario. */
  readonly name: string;
  readonly title: string;
  /** What is counted per second, e.g. `requests`. */
  readonly unit: string;
  /** Whether the SQL statements of one outcome are counted too. */
  readonly countStatements?: boolean;
  /** Makes ready before the first stretch, in a world that is set up. */
  prepare?(world: World): Promise<void>;
  drive(world: World, span: Span): Promise<Sample>;
  /** Ends what {@link prepare} has started. */
  finish?(): Promise<void>;
  /** How many right outcomes the database holds so far; must grow by at least those that were answered. */
  recorded?(world: World): Promise<number>;
}

/** How many times the throughput of one contender is that of another, in the same run. */
export interface Ratio {
  readonly title: string;
  readonly of: string;
  readonly to: string;
}

/**
 * One question about speed, as a value. A new scenario is a file with one of these, added to the list in
 * `bench/scenarios/all.ts`.
 */
export interface Scenario {
  readonly name: string;
  readonly title: string;
  /** The configuration file that is applied; `${NAME}` as in every such file, see `World` for what there is. */
  readonly configuration: string;
  /** Server processes on the one database; 1 unless said. */
  readonly processes?: number;
  /** Fills the database and brings it to the state in which measuring begins. */
  setup(world: World): Promise<void>;
  /** Measured in turn, in this order, in each run. */
  readonly contenders: readonly Contender[];
  /** Other products; measured beside the contenders with `--peers`. */
  readonly peers?: readonly Contender[];
  readonly ratios: readonly Ratio[];
}
