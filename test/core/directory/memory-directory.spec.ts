import { describe } from 'vitest';
import { memoryWorld } from '../../support/directory-worlds.js';
import { describeDirectoryPort } from './port/index.js';

describe('the directory in memory that services are tested on', () => {
  const world = memoryWorld();

  describeDirectoryPort(() => world);
});
