import { parseArgs } from 'node:util';

export interface Options {
  /** Names of scenarios; all of them when empty. */
  readonly scenarios: readonly string[];
  readonly seconds: number;
  readonly runs: number;
  readonly connections: number;
  readonly users: number;
  readonly peers: boolean;
  readonly profile: boolean;
  readonly dist: string;
  readonly against: string | undefined;
}

/** The command line cannot be carried out; the message says why. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const HELP = `Usage: npm run bench -- [options]

  --scenario NAME   measure only this one; may be given several times
  --seconds N       length of one sample (5)
  --runs N          samples of each contender (5)
  --connections N   connections of the load (32)
  --users N         people in the database (10000)
  --peers           measure other products beside ours, where a scenario names some
  --profile         also make a processor profile of the server
  --dist FOLDER     the build to measure (dist)
  --against FOLDER  another build, measured in turn with this one
  --help            this text

Scenarios:`;

export function usage(scenarios: readonly { name: string; title: string }[]): string {
  return [HELP, ...scenarios.map(({ name, title }) => `  ${name.padEnd(16)}  ${title}`)].join('\n');
}

/** @returns undefined when only help is asked for. @throws UsageError */
export function readOptions(args: readonly string[], known: readonly string[]): Options | undefined {
  const values = parse(args);
  if (values.help) return undefined;
  const scenarios = values.scenario ?? [];
  const unknown = scenarios.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new UsageError(`There is no scenario "${unknown}".`);
  return {
    scenarios,
    seconds: positive('seconds', values.seconds, 5),
    runs: positive('runs', values.runs, 5),
    connections: positive('connections', values.connections, 32),
    users: positive('users', values.users, 10_000),
    peers: values.peers ?? false,
    profile: values.profile ?? false,
    dist: values.dist ?? 'dist',
    against: values.against,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        scenario: { type: 'string', multiple: true },
        seconds: { type: 'string' },
        runs: { type: 'string' },
        connections: { type: 'string' },
        users: { type: 'string' },
        peers: { type: 'boolean' },
        profile: { type: 'boolean' },
        dist: { type: 'string' },
        against: { type: 'string' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function positive(name: string, text: string | undefined, fallback: number): number {
  if (text === undefined) return fallback;
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < 1) throw new UsageError(`--${name} must be a whole number of 1 or more.`);
  return number;
}
