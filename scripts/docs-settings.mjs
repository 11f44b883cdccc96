// `npm run docs`: writes docs/configuration.md from the declarations in the code.
import { ensureBuilt } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { ROOT, runCommand, runtime } from './lib/project.mjs';
import { runInPlace } from './lib/run.mjs';

await runCommand(async () => {
  await ensureInstalled();
  await ensureBuilt();
  return runInPlace(runtime(), ['scripts/check/configuration-reference.mjs', '--write'], { cwd: ROOT });
});
