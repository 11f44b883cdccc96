import type { CombinationSize } from '../../core/database/combined-calls.js';

/** See the measurements in docs/benchmarks.md. */
export const COMBINED: CombinationSize = { atOnce: 2, most: 128 };
