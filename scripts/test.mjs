// `npm test`: installs when needed, then runs all tests. Runs on plain Node.js 20 without dependencies.
//
//   npm test -- --require-real-parts      a real part that is missing fails its tests instead of skipping them
//   npm test -- test/core some words      anything else is passed on to vitest
//
// The last line says `N passed, N failed, N skipped`, also when vitest itself falls over.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureInstalled } from './lib/install.mjs';
import { ROOT, runCommand, runtime, tool } from './lib/project.mjs';
import { runInPlace } from './lib/run.mjs';

const REQUIRE_REAL_PARTS = '--require-real-parts';

await runCommand(async (args) => {
  await ensureInstalled();
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-tests-'));
  try {
    const countsFile = join(folder, 'counts.json');
    const exitCode = await runVitest(args, countsFile);
    const counts = readCounts(countsFile);
    // A run that ended badly without a failed test was cut short.
    if (exitCode !== 0 && counts.failed === 0) counts.failed = 1;
    console.log(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
    return counts.failed > 0 ? 1 : 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

function runVitest(args, countsFile) {
  const env = { ...process.env, LATCHKEY_TEST_COUNTS: countsFile };
  if (args.includes(REQUIRE_REAL_PARTS)) env.LATCHKEY_REQUIRE_REAL_PARTS = '1';
  const passedOn = args.filter((arg) => arg !== REQUIRE_REAL_PARTS);
  const reporters = ['--reporter=default', '--reporter=./test/support/stage-reporter.ts'];
  return runInPlace(runtime(), [tool('vitest/vitest.mjs'), 'run', ...reporters, ...passedOn], { cwd: ROOT, env });
}

function readCounts(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}
