// `npm run build`: compiles the sources into dist; with --if-needed only when they changed. Runs on plain Node.js 20.
import { build, ensureBuilt } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { runCommand } from './lib/project.mjs';

await runCommand(async (args) => {
  await ensureInstalled();
  await (args.includes('--if-needed') ? ensureBuilt() : build());
  return 0;
});
