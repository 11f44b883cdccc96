/** Failures in a row after which nobody has to wait yet. */
const FREE_FAILURES = 2;

/** Seconds; the longest that anybody has to wait. */
const LONGEST_SECONDS = 30;

/**
 * Seconds that have to lie between the last of so many failures in a row and the next attempt: 0, 0, 1, 2, 4 … 30
 * (RFC 4226 section 7.3; authentication methods, section 6.4). Lockout alone lets anybody lock anybody out.
 */
export function delaySeconds(failures: number): number {
  return failures < FREE_FAILURES ? 0 : Math.min(2 ** (failures - FREE_FAILURES), LONGEST_SECONDS);
}

/** Seconds that are left of {@link delaySeconds}. */
export function remainingDelay(failures: number, since: Date, now: Date): number {
  return Math.max(delaySeconds(failures) - (now.getTime() - since.getTime()) / 1_000, 0);
}

/** Attempts that may follow so many failures at once; the one after them has to wait. In SQL. */
export function attemptsAtOnce(failures: string, since: string, now: string): string {
  const delay = `make_interval(secs => LEAST(2 ^ (${failures} - ${FREE_FAILURES}), ${LONGEST_SECONDS}))`;
  return `CASE WHEN ${failures} < ${FREE_FAILURES} THEN ${FREE_FAILURES} - ${failures}
               WHEN ${since} + ${delay} <= ${now} THEN 1 ELSE 0 END`;
}
