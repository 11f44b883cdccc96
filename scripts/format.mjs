// `npm run format`: writes every file the way Prettier wants it.
import { ensureInstalled } from './lib/install.mjs';
import { ROOT, runCommand, runtime, tool } from './lib/project.mjs';
import { runInPlace } from './lib/run.mjs';

await runCommand(async () => {
  await ensureInstalled();
  return runInPlace(runtime(), [tool('prettier/bin/prettier.cjs'), '--write', '--log-level=warn', '.'], { cwd: ROOT });
});
