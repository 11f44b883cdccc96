import { describeAttributes } from './attributes.js';
import { describeGroups } from './groups.js';
import { describeList } from './list.js';
import { describeMail } from './mail.js';
import { describePasswordExpiry } from './password-expiry.js';
import { describePasswords } from './passwords.js';
import { describePeople } from './people.js';
import type { TheWorld } from './port-world.js';
import { describeRegistry } from './registry.js';
import { describeSearch } from './search.js';

/** What is true of every directory. */
export function describeDirectoryPort(world: TheWorld): void {
  describePeople(world);
  describePasswords(world);
  describeAttributes(world);
  describeGroups(world);
  describeSearch(world);
  describeMail(world);
  describeRegistry(world);
  describeList(world);
  describePasswordExpiry(world);
}
