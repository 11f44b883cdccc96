// The lock file must suit every platform: npm ci refuses one that leaves out another machine's optional packages, which
// happens when a registry lacks them on the day the file is written.
import { readFileSync } from 'node:fs';

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));

/** Where Node.js would find `name` from the package at `path`: beside it, or in any folder above. */
function isLocked(path, name) {
  for (let from = path; ; from = from.slice(0, Math.max(0, from.lastIndexOf('node_modules/') - 1))) {
    if (`${from ? `${from}/` : ''}node_modules/${name}` in packages) return true;
    if (from === '') return false;
  }
}

const missing = Object.entries(packages).flatMap(([path, { dependencies, optionalDependencies }]) =>
  Object.keys({ ...dependencies, ...optionalDependencies })
    .filter((name) => !isLocked(path, name))
    .map((name) => `${path || 'package.json'} needs ${name}, which package-lock.json does not hold`),
);

if (missing.length > 0) console.error(missing.join('\n'));
process.exitCode = missing.length > 0 ? 1 : 0;
