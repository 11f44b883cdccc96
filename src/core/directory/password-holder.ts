import type { Domain } from '../domains/domain.entity.js';
import type { Person } from './directory.js';

/**
 * Whose password it is, for counting attempts at it: the same for all names of a person (attack class 28), and for all
 * domains that show the same directory.
 */
export function passwordHolder({ directory }: Domain, { key }: Person): string {
  return `${directory} ${key}`;
}
