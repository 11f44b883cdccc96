// `npm start`: installs and builds when needed, then serves. Runs on plain Node.js 20 without dependencies.
import { ensureBuilt } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { ROOT, runCommand, runtime } from './lib/project.mjs';
import { runInPlace } from './lib/run.mjs';

await runCommand(async (args) => {
  await ensureInstalled();
  await ensureBuilt();
  return runInPlace(runtime(), ['--enable-source-maps', 'dist/src/main.js', ...args], { cwd: ROOT });
});
