import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ENVIRONMENT_VARIABLES } from './environment-variables.js';

it('the reference names exactly the variables that are read', () => {
  const reader = readFileSync(new URL('../../core/config/read-environment.ts', import.meta.url), 'utf8');
  const read = new Set([...reader.matchAll(/'((?:LATCHKEY_|DATABASE_)[A-Z_]+|PORT|HOST)'/g)].map(([, name]) => name));
  expect(ENVIRONMENT_VARIABLES.map(({ name }) => name).toSorted()).toEqual(
    [...read].toSorted((a = '', b = '') => (a < b ? -1 : 1)),
  );
});
