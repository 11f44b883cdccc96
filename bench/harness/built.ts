import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { World } from './world.js';

const load = createRequire(import.meta.url);

/**
 * Loads a module of the product as it was built, so that what is measured is what is shipped. By `require`, which loads
 * ES modules too and which no test runner puts its own transformation in the way of.
 */
export function built({ dist }: World, path: string): unknown {
  return load(join(dist, 'src', path));
}
