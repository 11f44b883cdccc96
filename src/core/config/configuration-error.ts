/** One thing wrong with the configuration. `where` names a variable or `file:line: key`; the value is never shown. */
export interface ConfigurationProblem {
  readonly where: string;
  readonly problem: string;
}

/** The configuration cannot be used. Carries every problem found, so that one run shows them all. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';

  constructor(readonly problems: readonly ConfigurationProblem[]) {
    super(problems.map(({ where, problem }) => `${where}: ${problem}`).join('\n'));
  }
}
