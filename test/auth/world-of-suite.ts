import { afterAll, afterEach, beforeAll } from 'vitest';
import { realPart } from '../support/real-parts.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { AuthWorld, type WorldParts } from './auth-world.js';

/** A world for the suite on PostgreSQL where it is present, as new for each test. */
export function worldOfSuite(parts: WorldParts = {}): () => AuthWorld {
  let database: TestDatabase | undefined;
  let world: AuthWorld | undefined;
  beforeAll(async () => {
    database = await createTestDatabase(realPart('postgresql').present ? 'postgresql' : 'embedded');
    world = await AuthWorld.start(database, parts);
  });
  afterEach(() => world?.reset());
  afterAll(async () => {
    await world?.stop();
    await database?.stop();
  });
  return () => {
    if (!world) throw new Error('the world exists inside tests and hooks only');
    return world;
  };
}
