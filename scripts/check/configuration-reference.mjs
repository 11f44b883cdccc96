// Drift of docs/configuration.md: it must be what the declarations in the code say. With --write it becomes that.
import 'reflect-metadata';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { configurationReference } from '../../dist/src/cli/reference/configuration-reference.js';

const FILE = 'docs/configuration.md';

const wanted = configurationReference();
if (process.argv.includes('--write')) {
  mkdirSync(dirname(FILE), { recursive: true });
  writeFileSync(FILE, wanted);
} else {
  const present = existsSync(FILE) ? readFileSync(FILE, 'utf8') : '';
  if (present !== wanted) {
    const lines = wanted.split('\n');
    const line = lines.findIndex((text, index) => text !== present.split('\n')[index]);
    console.error(`${FILE} is not what the code declares, beginning at line ${line + 1}: ${lines[line] ?? '(end)'}`);
    process.exitCode = 1;
  }
}
// Whatever the declarations were loaded with may hold connections or timers.
process.exit();
