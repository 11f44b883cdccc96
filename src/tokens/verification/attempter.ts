import type { FoundPerson } from '../../core/directory/people.js';
import type { TokenRules } from '../token-rules.js';
import type { AttemptContext } from './attempts.js';

/** Who presents something: the person whose account is charged, in the domain whose rules hold. */
export interface Attempter {
  readonly found: Pick<FoundPerson, 'account' | 'domain'>;
  /** For the audit. */
  readonly context: AttemptContext;
  /** The rules in force for them, where they are known; those of the domain otherwise. */
  readonly rules?: TokenRules | undefined;
}
