import { afterAll, beforeAll } from 'vitest';
import { realPart } from '../../support/real-parts.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';

/**
 * A database for the suite: PostgreSQL where it is present, else the embedded one. What differs between the two is
 * covered where both are asked for; here the contract is the matter, and every row of it would be proved twice.
 */
export function databaseOfSuite(): () => TestDatabase {
  let current: TestDatabase | undefined;
  beforeAll(async () => {
    current = await createTestDatabase(realPart('postgresql').present ? 'postgresql' : 'embedded');
  });
  afterAll(() => current?.stop());
  return () => {
    if (!current) throw new Error('the database exists inside tests and hooks only');
    return current;
  };
}
