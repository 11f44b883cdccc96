import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { World } from './world.js';

/** Loads a module of the product as it was built, so that what is measured is what is shipped. */
export async function built<Module>({ dist }: World, path: string): Promise<Module> {
  return (await import(pathToFileURL(join(dist, 'src', path)).href)) as Module;
}
