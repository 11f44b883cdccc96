// Runs on plain Node.js 20 without dependencies.
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { seconds } from './install.mjs';
import { CommandError, ROOT, runtime, tool } from './project.mjs';
import { runQuietly } from './run.mjs';

const SOURCES = ['src', 'migrations'];
const SETTINGS = ['package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json'];
const DIST = join(ROOT, 'dist');

/** Name of the note in `dist` that says what it was built from. */
const FINGERPRINT = '.fingerprint';

/**
 * Builds `dist` when it was not built from the sources as they are now. Reading all sources takes milliseconds, asking
 * the compiler takes seconds, and a second start must be quick.
 *
 * @throws CommandError with the compiler's own words when the sources do not compile
 */
export async function ensureBuilt() {
  const wanted = fingerprint();
  if (wanted !== builtFrom()) await build(wanted);
}

/** Builds `dist` anew; swapped in as a whole, so that nothing of an older build remains in it. */
export async function build(wanted = fingerprint()) {
  const begun = performance.now();
  console.log('Building ...');
  const fresh = join(ROOT, 'node_modules', `.dist-${process.pid}`);
  const args = [tool('typescript/bin/tsc'), '-p', 'tsconfig.build.json', '--outDir', fresh, '--incremental', 'false'];
  try {
    const { code, output } = await runQuietly(runtime(), [...args, '--tsBuildInfoFile', 'null'], { cwd: ROOT });
    if (code !== 0) throw new CommandError(`${output}\n\nThe sources do not compile; see the compiler's words above.`);
    copyAssets(fresh);
    writeFileSync(join(fresh, FINGERPRINT), wanted);
    rmSync(DIST, { recursive: true, force: true });
    renameSync(fresh, DIST);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  console.log(`Built in ${seconds(begun)} s.`);
}

function builtFrom() {
  const note = join(DIST, FINGERPRINT);
  return existsSync(note) ? readFileSync(note, 'utf8') : undefined;
}

function fingerprint() {
  const hash = createHash('sha256');
  const files = [...SETTINGS, ...SOURCES.flatMap(filesBelow).filter((path) => !isTest(path))];
  for (const path of files)
    hash
      .update(path)
      .update('\0')
      .update(readFileSync(join(ROOT, path)))
      .update('\0');
  return hash.digest('hex');
}

/** Style sheets, texts and scripts for browsers travel beside the compiled code. */
function copyAssets(target) {
  for (const path of SOURCES.flatMap(filesBelow)) {
    if (!/\.tsx?$/.test(path)) cpSync(join(ROOT, path), join(target, path));
  }
}

function filesBelow(folder) {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(ROOT, join(entry.parentPath ?? entry.path, entry.name)))
    .toSorted();
}

function isTest(path) {
  return /\.spec\.tsx?$/.test(path);
}
