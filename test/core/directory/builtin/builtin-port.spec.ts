import { afterAll, beforeAll, describe } from 'vitest';
import { builtinWorld } from '../../../support/directory-worlds.js';
import { type Services, startServices } from '../../../support/services.js';
import { eachDatabase } from '../../../support/test-database.js';
import { describeDirectoryPort } from '../port/index.js';
import type { PortWorld } from '../port/port-world.js';

describe('the built-in directory as a directory', () => {
  eachDatabase((database) => {
    let services: Services;
    let world: PortWorld;

    beforeAll(async () => {
      services = await startServices(database());
      world = await builtinWorld(services, await services.domain({ name: 'ACME' }));
    });

    afterAll(async () => {
      await services.close();
    });

    describeDirectoryPort(() => world);
  });
});
