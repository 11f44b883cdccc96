import { describe } from 'vitest';
import { eachDatabase, type TestDatabase } from './test-database.js';

/**
 * Runs the same tests on both databases with a pool of one connection and with one of twenty: one shows who asks for a
 * second connection inside a transaction (attack class 69), twenty shows who relies on there being no other.
 */
export function eachPool(tests: (database: () => TestDatabase) => void): void {
  for (const poolSize of [1, 20]) {
    describe(`with a pool of ${poolSize}`, () => eachDatabase(tests, { poolSize }));
  }
}
