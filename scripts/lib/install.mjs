// Runs on plain Node.js 20 without dependencies.
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { CommandError, outerPath, ROOT } from './project.mjs';
import { runQuietly } from './run.mjs';

/**
 * Makes `node_modules` what package-lock.json says, when it is not.
 *
 * @throws CommandError with npm's own words when that fails
 */
export async function ensureInstalled() {
  if (isInstalled()) return;
  const begun = performance.now();
  console.log('Installing the packages of package-lock.json (about a minute) ...');
  // npm must not run on the Node.js that it is about to replace, so our own folder is taken out of PATH.
  const env = { ...process.env, PATH: outerPath().join(delimiter), SCARF_ANALYTICS: 'false' };
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const { code, output } = await runQuietly('npm', args, { cwd: ROOT, env, shell: process.platform === 'win32' }).catch(
    (error) => {
      throw new CommandError(`npm could not be started: ${error.message}`);
    },
  );
  if (code !== 0) throw new CommandError(`${output}\n\nnpm ci failed (exit code ${code}); see its words above.`);
  console.log(`Installed in ${seconds(begun)} s.`);
}

export function seconds(begun) {
  return ((performance.now() - begun) / 1000).toFixed(1);
}

/** Compares what npm noted down as installed with what is asked for; optional packages belong to other machines. */
function isInstalled() {
  const notes = join(ROOT, 'node_modules/.package-lock.json');
  if (!existsSync(notes)) return false;
  const installed = packagesOf(notes);
  const wanted = Object.entries(packagesOf(join(ROOT, 'package-lock.json')));
  return wanted.every(
    ([path, { version, optional, peer }]) =>
      path === '' || installed[path]?.version === version || (!(path in installed) && (optional || peer)),
  );
}

function packagesOf(lockfile) {
  try {
    return JSON.parse(readFileSync(lockfile, 'utf8')).packages ?? {};
  } catch (error) {
    throw new CommandError(`${lockfile} cannot be read: ${error.message}`);
  }
}
