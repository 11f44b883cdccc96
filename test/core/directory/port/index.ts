import { describeAttributes } from './attributes.js';
import { describeGroups } from './groups.js';
import type { TheWorld } from './port-world.js';
import { describeSearch } from './search.js';

/** What is true of every directory. */
export function describeDirectoryPort(world: TheWorld): void {
  describeAttributes(world);
  describeGroups(world);
  describeSearch(world);
}
