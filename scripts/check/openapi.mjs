// Drift of openapi.json: it must be what the declarations in the code say. With --write it becomes that.
import 'reflect-metadata';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createOpenApiDocument } from '../../dist/src/openapi.js';

const FILE = 'openapi.json';

/** Keys in alphabetical order, so that the order in which modules load makes no difference. */
function ordered(value) {
  if (Array.isArray(value)) return value.map(ordered);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.keys(value)
      .toSorted()
      .map((key) => [key, ordered(value[key])]),
  );
}

/** The lines in which two texts begin to differ. */
function firstDifference(a, b) {
  const [left, right] = [a.split('\n'), b.split('\n')];
  const line = left.findIndex((text, index) => text !== right[index]);
  return `line ${line + 1}:\n- ${left[line] ?? '(end)'}\n+ ${right[line] ?? '(end)'}`;
}

const wanted = `${JSON.stringify(ordered(await createOpenApiDocument()), null, 2)}\n`;
if (process.argv.includes('--write')) {
  writeFileSync(FILE, wanted);
} else {
  const present = existsSync(FILE) ? readFileSync(FILE, 'utf8') : '';
  if (present !== wanted) {
    console.error(`${FILE} is not what the code declares, beginning at ${firstDifference(present, wanted)}`);
    process.exitCode = 1;
  }
}
// Whatever the document was made from may hold connections or timers.
process.exit();
