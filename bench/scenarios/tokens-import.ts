import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createWriteStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { cpuBetween } from '../harness/cpu.js';
import type { Contender, Sample, Scenario } from '../harness/scenario.js';
import type { World } from '../harness/world.js';
import { BASE_CONFIGURATION } from './people.js';

/** For each person of the world: 100,000 unless said otherwise. */
const TOKENS_EACH = 10;
const SEED_BYTES = 20;

/** Loaded into the command (node --import): says how much memory it took at most, in kibibytes. */
const TELL_MEMORY = `
  import { writeFileSync } from 'node:fs';
  process.on('exit', () => writeFileSync(process.env.BENCH_MEMORY_FILE, String(process.resourceUsage().maxRSS)));`;

/** As many as the product writes with one statement. */
const BATCH = 500;

const rowsOf = ({ users }: World) => users * TOKENS_EACH;

/** Writes OATH CSV. */
async function writeFile(path: string, count: number): Promise<void> {
  function* rows(): Generator<string> {
    yield 'serial,secret hex,type,digits,period\n';
    for (let i = 0; i < count; i++) yield `B${i},${randomBytes(SEED_BYTES).toString('hex')},TOTP,6,30\n`;
  }
  await pipeline(Readable.from(rows()), createWriteStream(path));
}

async function stored({ database }: World): Promise<number> {
  const [row] = await database.query<{ count: number }>('SELECT count(*)::int AS count FROM tokens');
  return row?.count ?? 0;
}

/** Times `work` on an empty table, and takes as right what is stored afterwards. */
async function measured(world: World, work: () => Promise<Sample['further']>): Promise<Sample> {
  await world.database.query('TRUNCATE tokens CASCADE');
  const before = world.cpu();
  const begun = performance.now();
  const further = await work();
  const seconds = (performance.now() - begun) / 1_000;
  const cpu = cpuBetween(before, world.cpu());
  const outcomes = await stored(world);
  return {
    perSecond: outcomes / seconds,
    outcomes,
    errors: rowsOf(world) - outcomes,
    cpu,
    ...(further && { further }),
  };
}

/** `latchkey tokens import`, as an operator calls it: the start of the process counts. */
const latchkey: Contender = {
  name: 'latchkey',
  title: 'latchkey tokens import',
  unit: 'tokens',
  prepare: (world) => writeFile(join(world.folder, 'tokens.csv'), rowsOf(world)),
  drive: (world) =>
    measured(world, async () => {
      const memory = join(world.folder, 'memory');
      await promisify(execFile)(
        process.execPath,
        [
          '--import',
          `data:text/javascript,${encodeURIComponent(TELL_MEMORY)}`,
          join(world.dist, 'src/cli.js'),
          'tokens',
          'import',
          join(world.folder, 'tokens.csv'),
        ],
        { env: { ...world.environment, BENCH_MEMORY_FILE: memory } },
      );
      return { 'peak memory, MiB': Number(readFileSync(memory, 'utf8')) / 1_024 };
    }),
};

/** The same rows in the same number of statements and commits, made up by PostgreSQL itself. */
const postgresql: Contender = {
  name: 'postgresql',
  title: 'PostgreSQL, rows of its own',
  unit: 'tokens',
  drive: (world) =>
    measured(world, async () => {
      for (let first = 0; first < rowsOf(world); first += BATCH) {
        await world.database.query(
          `INSERT INTO tokens (id, serial, kind, product, secret_sealed, state, created_at)
           SELECT gen_random_uuid(), 'B' || n, 'TOTP', 'LK/TOTP', 'bench.' || repeat(md5(n::text), 3),
             '{"hash": "SHA1", "digits": 6, "period": 30}', now()
           FROM generate_series($1::int, $2::int) AS n`,
          [first, Math.min(first + BATCH, rowsOf(world)) - 1],
        );
      }
      return undefined;
    }),
};

/** A fleet of hardware tokens, read from one file. */
export const tokensImport: Scenario = {
  name: 'tokens-import',
  title: 'tokens of one OATH CSV file, ten for each person, into an empty store',
  configuration: BASE_CONFIGURATION,
  setup: () => Promise.resolve(),
  contenders: [latchkey, postgresql],
  ratios: [{ title: 'Latchkey to PostgreSQL', of: 'latchkey', to: 'postgresql' }],
};
