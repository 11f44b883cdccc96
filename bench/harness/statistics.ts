/** Percentiles of the answer times of one sample, in milliseconds. */
export interface Latencies {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** What several samples of the same thing say: noise is reported, not averaged away. */
export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

/** Undefined when nothing was measured. */
export function spreadOf(values: readonly number[]): Spread | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  const [min] = sorted;
  const max = sorted.at(-1);
  const median = medianOfSorted(sorted);
  return min === undefined || max === undefined || median === undefined ? undefined : { min, median, max };
}

/** The smallest time that `share` of all answers did not exceed (nearest rank). Undefined without answers. */
export function latenciesOf(milliseconds: readonly number[]): Latencies | undefined {
  const sorted = Float64Array.from(milliseconds).toSorted();
  const rank = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  const [p50, p95, p99, max] = [rank(0.5), rank(0.95), rank(0.99), rank(1)];
  if (p50 === undefined || p95 === undefined || p99 === undefined || max === undefined) return undefined;
  return { p50, p95, p99, max };
}

function medianOfSorted(sorted: readonly number[]): number | undefined {
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  return upper === undefined || lower === undefined ? undefined : (lower + upper) / 2;
}
