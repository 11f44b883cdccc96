// `npm run check`: everything about the sources that needs no test. All checks run, each stops at what it finds, and a
// table says how they ended. Names as arguments run only those: npm run check -- lint types
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt } from './lib/build.mjs';
import { ensureInstalled, seconds } from './lib/install.mjs';
import { CommandError, ROOT, runCommand, runtime, tool } from './lib/project.mjs';
import { runQuietly } from './lib/run.mjs';

/** What to run for each check, and what to do when it finds something. */
const CHECKS = [
  { name: 'types', args: [tool('typescript/bin/tsc'), '-p', '.', '--pretty', 'false'] },
  { name: 'lint', args: [tool('oxlint/bin/oxlint')] },
  { name: 'format', args: [tool('prettier/bin/prettier.cjs'), '--check', '.'], remedy: 'npm run format' },
  {
    name: 'layering',
    args: [
      tool('dependency-cruiser/bin/dependency-cruiser.mjs'),
      '--config',
      '.dependency-cruiser.mjs',
      ...['src', 'migrations', 'test', 'bench'].filter((folder) => existsSync(join(ROOT, folder))),
    ],
  },
  { name: 'lock file', args: ['scripts/check/lock-file.mjs'] },
  { name: 'migrations', args: ['scripts/check/migrations.mjs'], needsBuild: true },
  { name: 'openapi', args: ['scripts/check/openapi.mjs'], needsBuild: true, remedy: 'npm run openapi' },
  { name: 'docs', args: ['scripts/check/configuration-reference.mjs'], needsBuild: true, remedy: 'npm run docs' },
];

await runCommand(async (names) => {
  await ensureInstalled();
  const checks = CHECKS.filter(({ name }) => names.length === 0 || names.includes(name));
  const results = [];
  for (const check of checks) {
    const begun = performance.now();
    const { code, output } = await run(check);
    results.push({ name: check.name, passed: code === 0, seconds: seconds(begun) });
    if (code === 0) continue;
    console.log(`\n--- ${check.name} ---\n${output}`);
    if (check.remedy) console.log(`\nTo put it right: ${check.remedy}`);
  }
  console.log('\nCheck         Result   Seconds');
  for (const result of results) {
    console.log(`${result.name.padEnd(14)}${result.passed ? 'passed' : 'FAILED'}${result.seconds.padStart(10)}`);
  }
  const failed = results.filter(({ passed }) => !passed).length;
  console.log(`\n${results.length - failed} passed, ${failed} failed, 0 skipped`);
  return failed > 0 ? 1 : 0;
});

async function run({ args, needsBuild }) {
  try {
    if (needsBuild) await ensureBuilt();
    return await runQuietly(runtime(), args, { cwd: ROOT });
  } catch (error) {
    if (error instanceof CommandError) return { code: 1, output: error.message };
    throw error;
  }
}
