import type { PasswordHasher } from '../../crypto/password-hasher.js';
import type { Database } from '../../database/database.js';
import type { Configuration } from '../../domains/configuration.js';
import type { Throttle } from '../../throttle/throttle.js';
import type { Clock } from '../../time/clock.js';
import type { BuiltinPersonRepository } from './builtin-person.repository.js';

/** What the directories of all built-in domains share. */
export interface BuiltinDirectoryParts {
  readonly database: Database;
  readonly people: BuiltinPersonRepository;
  readonly hasher: PasswordHasher;
  readonly configuration: Configuration;
  readonly throttle: Throttle;
  readonly clock: Clock;
}
