import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { postgresBinaries } from '../../test/support/real-parts.js';
import { removeTemporaryFolder, temporaryFolder } from '../../test/support/temporary-folder.js';
import { cpuBetween } from './cpu.js';
import type { Contender, Sample } from './scenario.js';
import type { World } from './world.js';

/** Clients of the yardstick: enough to fill a small machine, few enough not to queue up. */
const CLIENTS = 16;
const THREADS = 2;

/** What PostgreSQL alone does with the statements in `script`, each run of it being one outcome. */
export function pgbench(yardstick: {
  readonly name: string;
  readonly title: string;
  /** A pgbench script, or what makes one; `:users` is the number of people, further variables come from `variables`. */
  readonly script: string | ((world: World) => Promise<string>);
  variables?(world: World): Promise<Readonly<Record<string, string>>>;
}): Contender {
  return {
    name: yardstick.name,
    title: yardstick.title,
    unit: 'transactions',
    drive: async (world, { until }) => {
      const length =
        'seconds' in until
          ? `--time=${Math.max(1, Math.round(until.seconds))}`
          : `--transactions=${Math.ceil(until.amount / CLIENTS)}`;
      const variables = { users: String(world.users), ...(await yardstick.variables?.(world)) };
      const { script } = yardstick;
      const text = typeof script === 'string' ? script : await script(world);
      const before = world.cpu();
      const output = await runPgbench(world, text, variables, length);
      return { ...readOutput(output), cpu: cpuBetween(before, world.cpu()) };
    },
  };
}

async function runPgbench(
  { database }: World,
  script: string,
  variables: Readonly<Record<string, string>>,
  length: string,
): Promise<string> {
  const folder = temporaryFolder('pgbench');
  const file = join(folder, 'script.sql');
  writeFileSync(file, script);
  try {
    const { stdout } = await promisify(execFile)(
      join(postgresBinaries() ?? '', 'pgbench'),
      [
        '--host=127.0.0.1',
        `--port=${database.port}`,
        `--username=${database.owner}`,
        '--no-vacuum',
        '--protocol=prepared',
        `--client=${CLIENTS}`,
        `--jobs=${THREADS}`,
        length,
        ...Object.entries(variables).map(([name, value]) => `--define=${name}=${value}`),
        `--file=${file}`,
        database.name,
      ],
      { maxBuffer: 16 * 1024 * 1024 },
    );
    return stdout;
  } catch (error) {
    throw new Error(`pgbench failed:\n${(error as { stderr?: string }).stderr ?? ''}`, { cause: error });
  } finally {
    removeTemporaryFolder(folder);
  }
}

/** Reads what pgbench prints at its end. @throws Error when it is not there */
export function readOutput(output: string): Sample {
  const perSecond = numberAfter(output, /^tps = ([\d.]+)/m);
  const outcomes = numberAfter(output, /^number of transactions actually processed: (\d+)/m);
  if (perSecond === undefined || outcomes === undefined) throw new Error(`pgbench said:\n${output}`);
  return { perSecond, outcomes, errors: numberAfter(output, /^number of failed transactions: (\d+)/m) ?? 0 };
}

function numberAfter(text: string, pattern: RegExp): number | undefined {
  const [, digits] = pattern.exec(text) ?? [];
  return digits === undefined ? undefined : Number(digits);
}
