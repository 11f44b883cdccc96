import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const NAME = 'latchkey';

/** The version of this server, as the nearest package file of its name says; undefined where that was taken away. */
export function serverVersion(): string | undefined {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    const found = versionIn(folder);
    if (found !== undefined || folder === dirname(folder)) return found;
  }
}

function versionIn(folder: string): string | undefined {
  try {
    const file = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
      name?: unknown;
      version?: unknown;
    };
    return file.name === NAME && typeof file.version === 'string' ? file.version : undefined;
  } catch {
    return undefined;
  }
}
