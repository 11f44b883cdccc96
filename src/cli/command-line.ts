import type { Environment } from '../core/config/environment.js';
import { readEnvironment } from '../core/config/read-environment.js';

/** What a command was called with. */
export class CommandLine {
  constructor(
    /** The process environment. */
    readonly variables: Readonly<Record<string, string | undefined>>,
  ) {}

  /** @throws ConfigurationError naming every variable that is missing or unusable */
  environment(): Environment {
    return readEnvironment(this.variables);
  }
}
