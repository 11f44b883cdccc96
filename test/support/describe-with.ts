import { describe, expect, it } from 'vitest';
import { realPart, type RealPartName, realPartsRequired } from './real-parts.js';

/**
 * A `describe` for tests that need real parts. Where one is missing its tests are skipped with the reason in the title,
 * or replaced by one that fails when parts are required.
 */
export function describeWith(parts: RealPartName | readonly RealPartName[], title: string, tests: () => void): void {
  const reasons = [parts].flat().flatMap((name) => {
    const part = realPart(name);
    return part.present ? [] : [part.reason];
  });
  if (reasons.length === 0) {
    describe(title, tests);
  } else if (realPartsRequired()) {
    describe(title, () => {
      it('has the real parts it needs', () => {
        expect.fail(reasons.join('; '));
      });
    });
  } else {
    describe.skip(`${title} (skipped: ${reasons.join('; ')})`, tests);
  }
}
