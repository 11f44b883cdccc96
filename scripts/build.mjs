// `npm run build`: compiles the sources into dist. Runs on plain Node.js 20 without dependencies.
import { build } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { runCommand } from './lib/project.mjs';

await runCommand(async () => {
  await ensureInstalled();
  await build();
  return 0;
});
