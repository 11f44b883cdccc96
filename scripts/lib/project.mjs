// Runs on plain Node.js 20 without dependencies: on a fresh clone nothing is installed yet.
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Ends the command with a text for people instead of a stack trace. */
export class CommandError extends Error {
  name = 'CommandError';

  constructor(message, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Runs `main` and turns a {@link CommandError} into its text and exit code. */
export async function runCommand(main) {
  try {
    process.exitCode = await main(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    console.error(error.message);
    process.exitCode = error.exitCode;
  }
}

/**
 * The Node.js that the project runs on: the npm package `node`, or our own where that could not be installed.
 *
 * @throws CommandError when there is none that is new enough
 */
export function runtime() {
  const folder = join(ROOT, 'node_modules/node/bin');
  const installed = ['node', 'node.exe'].map((name) => join(folder, name)).find((path) => existsSync(path));
  if (installed) return installed;
  const oldest = oldestNode();
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return process.execPath;
  throw new CommandError(
    `The npm package "node" has no runtime for this machine, and Node.js ${process.versions.node} is too old: ` +
      `install Node.js ${oldest.join('.')} or newer.`,
  );
}

/** Major and minor version that package.json asks for. */
function oldestNode() {
  const { engines } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  return engines.node.match(/\d+/g).map(Number);
}

/** The path of a script that a package brings, to be run by {@link runtime}. */
export function tool(path) {
  return join(ROOT, 'node_modules', path);
}

/** The folders of PATH outside this project: programs that stay while `node_modules` is being replaced. */
export function outerPath() {
  const own = join(ROOT, 'node_modules') + sep;
  return (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => folder && !`${resolve(folder)}${sep}`.startsWith(own));
}
