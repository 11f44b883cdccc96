// `npm run bench`: measures the built server against PostgreSQL itself; see docs/benchmarks.md. Runs on plain Node.js 20.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { CommandError, ROOT, runCommand, runtime, tool } from './lib/project.mjs';
import { runInPlace, runQuietly } from './lib/run.mjs';

const COMPILED = join(ROOT, 'node_modules/.cache/latchkey/bench');

await runCommand(async (args) => {
  await ensureInstalled();
  if (!args.includes('--dist')) await ensureBuilt();
  const { code, output } = await runQuietly(runtime(), [tool('typescript/bin/tsc'), '-p', 'tsconfig.bench.json'], {
    cwd: ROOT,
  });
  if (code !== 0) throw new CommandError(`${output}\n\nThe bench does not compile; see the compiler's words above.`);
  mkdirSync(COMPILED, { recursive: true });
  writeFileSync(join(COMPILED, 'package.json'), '{ "type": "module" }\n');
  return runInPlace(runtime(), ['--enable-source-maps', join(COMPILED, 'bench/main.js'), ...args], { cwd: ROOT });
});
