/** Milliseconds from 1601, where Windows counts from, to 1970. */
const EPOCH_MS = 11_644_473_600_000n;
const TICKS_PER_MS = 10_000n;
const TICKS_PER_SECOND = 10_000_000n;
/** Both mean "never" in accountExpires and in intervals. */
const NEVER = 0x7fff_ffff_ffff_ffffn;

/** A whole number of 64 bits as the directory writes it; undefined for anything else. */
export function largeInteger(text: string | undefined): bigint | undefined {
  return text !== undefined && /^-?\d{1,19}$/.test(text) ? BigInt(text) : undefined;
}

/** A point in time in 100 ns since 1601; undefined for "never" and "not set". */
export function fileTime(text: string | undefined): Date | undefined {
  const ticks = largeInteger(text);
  if (ticks === undefined || ticks <= 0n || ticks >= NEVER) return undefined;
  const time = new Date(Number(ticks / TICKS_PER_MS - EPOCH_MS));
  return Number.isNaN(time.getTime()) ? undefined : time;
}

/** An interval in negative 100 ns as seconds; 0 for "none" and for "for ever", undefined when not set. */
export function intervalSeconds(text: string | undefined): number | undefined {
  const ticks = largeInteger(text);
  if (ticks === undefined) return undefined;
  return ticks >= 0n || ticks <= -NEVER ? 0 : Number(-ticks / TICKS_PER_SECOND);
}
