import { expect, it } from 'vitest';
import { assignedValidity, type Validity, validityIn, validityState } from './validity.js';

const [FROM, TO] = [new Date('2026-01-01T00:00:00Z'), new Date('2031-01-01T00:00:00Z')];

it.each<[Validity, object]>([
  [{}, {}],
  [{ notBefore: FROM }, { starts: FROM }],
  [{ notAfter: TO }, { expires: TO }],
  [
    { notBefore: FROM, notAfter: TO },
    { starts: FROM, expires: TO },
  ],
])('a token keeps its dates in its state, and gives them to its holder: %o', (validity, assigned) => {
  const stored = JSON.parse(JSON.stringify(validityState(validity))) as Record<string, unknown>;
  expect(validityIn(stored)).toEqual(validity);
  expect(assignedValidity(validityIn(stored))).toEqual(assigned);
});
