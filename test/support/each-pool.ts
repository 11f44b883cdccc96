import { describe } from 'vitest';
import { describeOnPostgres, type TestDatabase } from './test-database.js';

/**
 * Runs the same tests on PostgreSQL with a pool of one connection and with one of twenty: one shows who asks for a second
 * connection inside a transaction (attack class 69), twenty shows who relies on there being no other. The embedded
 * database has one session whatever the pool and would show neither; it runs the tests of the surfaces (`eachDatabase`).
 */
export function eachPool(tests: (database: () => TestDatabase) => void): void {
  describe('with a pool of 1', () => describeOnPostgres('on PostgreSQL', tests, { poolSize: 1 }));
  describe('with a pool of 20', () => describeOnPostgres('on PostgreSQL', tests, { poolSize: 20 }));
}
