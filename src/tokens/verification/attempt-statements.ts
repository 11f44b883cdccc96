import { AUDIT_COLUMNS } from '../../core/audit/audit.js';
import { AUDIT_TYPES } from './audit-rows.js';
import { attemptsAtOnce } from './growing-delay.js';

/** Whether a token may be used at `now`, over `t` and `a` (authentication methods, section 5, last paragraph). */
export const usableAt = (now: string): string => `a.ended_at IS NULL AND a.status = 'ACTIVE' AND t.status = 'ACTIVE'
  AND (a.starts IS NULL OR a.starts <= ${now}) AND (a.expires IS NULL OR a.expires > ${now})
  AND (a.usage_limit = 0 OR a.usage_count < a.usage_limit)`;

export const USABLE_COLUMNS = `t.id AS token_id, a.id AS assignment_id, t.serial, t.kind, t.product, t.secret_sealed,
  t.secret_digest, t.state, t.counter, t.drift, t.candidate_counter, t.candidate_at,
  array_to_string(t.passcode_history, ',') AS passcode_history,
  a.pin_digest AS assignment_pin_digest, a.slot, a.name`;

/** Whether an administrator has blocked `account` at `now` (manager-json-rpc section 12, `OpenOTP.Block_Start`). */
export const blockedAt = (now: string, account = '$1'): string =>
  `EXISTS (SELECT FROM account_blocks WHERE account_id = ${account} AND (until IS NULL OR until > ${now}))`;

/** Tokens tried for one passcode at most (authentication methods, section 6.1). */
export const MOST_TOKENS = 10;

/**
 * Counts an attempt for which no token is needed, as {@link COUNT_AND_READ} does; no row while the authenticator is
 * locked, or has to wait. Parameters: account, authenticator, now, limit, moment before which a lock is over, whether
 * attempts have to wait after failures.
 */
export const COUNT = `
  INSERT INTO authenticator_counters AS c (account_id, authenticator, failures, last_failed_at)
  SELECT $1::uuid, $2::text, 1, $3::timestamptz WHERE NOT ${blockedAt('$3')}
  ON CONFLICT (account_id, authenticator) DO UPDATE
    SET failures = CASE WHEN c.failures >= $4 THEN 1 ELSE c.failures + 1 END, last_failed_at = $3
    WHERE (c.failures >= $4 AND c.last_failed_at <= $5)
      OR (c.failures < $4 AND (NOT $6::boolean OR ${attemptsAtOnce('c.failures', 'c.last_failed_at', '$3')} > 0))
  RETURNING failures`;

/**
 * A row while an authenticator is locked, or the person blocked. Parameters: account, authenticator, limit, moment before
 * which a lock is over, now.
 */
export const LOCKED = `
  SELECT WHERE ${blockedAt('$5')} OR EXISTS (
    SELECT FROM authenticator_counters
    WHERE account_id = $1 AND authenticator = $2 AND failures >= $3 AND last_failed_at > $4)`;

/**
 * What an attempt could succeed with; nothing is counted. Parameters: account, token or null, now, kinds.
 */
export const USABLE_TOKENS = `
  SELECT ${USABLE_COLUMNS}
  FROM token_assignments a JOIN tokens t ON t.id = a.token_id
  WHERE a.account_id = $1 AND ($2::uuid IS NULL OR t.id = $2) AND t.kind = ANY($4) AND ${usableAt('$3')}
  ORDER BY a.priority DESC, a.last_used_at DESC NULLS LAST, a.id LIMIT ${MOST_TOKENS}`;

/** A usable token by the digest of its secret. Parameters: account, kinds, now, digests. */
export const BY_DIGEST = `
  SELECT ${USABLE_COLUMNS}
  FROM token_assignments a JOIN tokens t ON t.id = a.token_id
  WHERE a.account_id = $1 AND t.kind = ANY($2) AND t.secret_digest = ANY($4) AND ${usableAt('$3')} LIMIT 1`;

/**
 * Takes the count back where one of these digests was a person's once, whatever has become of it. Parameters: account,
 * authenticator, kinds, digests.
 */
export const GIVE_BACK_IF_KNOWN = `
  UPDATE authenticator_counters SET failures = GREATEST(failures - 1, 0)
  WHERE account_id = $1 AND authenticator = $2 AND EXISTS (
    SELECT FROM token_assignments a JOIN tokens t ON t.id = a.token_id
    WHERE a.account_id = $1 AND t.kind = ANY($3) AND t.secret_digest = ANY($4))`;

const FIRST_AUDIT_PLACE = 12;
const AUDIT_PLACES = AUDIT_TYPES.map((type, index) => `$${FIRST_AUDIT_PLACE + index}::${type}`);

/**
 * Writes down an attempt that was right: the challenge and the code are used up, the token advanced, its assignment used
 * once more, the failures forgotten, each only where the one before was written. A rival with the same passcode waits for the token's
 * row, finds its counter advanced and wins nothing (attack classes 21 to 23).
 *
 * Parameters: account, authenticator, now, token, assignment, counter or null, drift or null, digests of codes or null,
 * digest of the passcode for the history or null, length of the history, challenge or null, then the values of the audit
 * row.
 */
export const SETTLE = `
  WITH answered AS (
    UPDATE token_challenges SET consumed_at = $3
    WHERE id = $11::uuid AND account_id = $1 AND consumed_at IS NULL AND starts <= $3 AND expires > $3
    RETURNING id),
  looked_up AS (
    UPDATE token_codes SET used_at = $3
    WHERE token_id = $4 AND digest = ANY($8::text[]) AND used_at IS NULL AND (expires_at IS NULL OR expires_at > $3)
      AND ($11::uuid IS NULL OR EXISTS (SELECT FROM answered))
    RETURNING id),
  advanced AS (
    UPDATE tokens SET counter = COALESCE($6::bigint, counter), drift = COALESCE($7::integer, drift),
      candidate_counter = NULL, candidate_at = NULL, last_used_at = $3,
      passcode_history = CASE WHEN $9::text IS NULL THEN passcode_history
                              ELSE (ARRAY[$9::text] || passcode_history)[1:$10] END
    WHERE id = $4 AND status = 'ACTIVE' AND ($6::bigint IS NULL OR counter IS NULL OR counter < $6)
      AND ($8::text[] IS NULL OR EXISTS (SELECT FROM looked_up))
      AND ($11::uuid IS NULL OR EXISTS (SELECT FROM answered))
    RETURNING id),
  used AS (
    UPDATE token_assignments SET usage_count = usage_count + 1, last_used_at = $3
    WHERE id = $5 AND status = 'ACTIVE' AND ended_at IS NULL AND (usage_limit = 0 OR usage_count < usage_limit)
      AND EXISTS (SELECT FROM advanced)
    RETURNING id),
  forgotten AS (
    UPDATE authenticator_counters SET failures = 0
    WHERE account_id = $1 AND authenticator = $2 AND EXISTS (SELECT FROM used)),
  recorded AS (
    INSERT INTO audit_events (${AUDIT_COLUMNS}) SELECT ${AUDIT_PLACES.join(', ')} WHERE EXISTS (SELECT FROM used))
  SELECT EXISTS (SELECT FROM used) AS won`;

/**
 * Remembers the moving factor of a passcode outside the accepted window and takes the count back, which section 6.4 asks
 * for. Parameters: token, counter, now, account, authenticator.
 */
export const REMEMBER_CANDIDATE = `
  WITH remembered AS (
    UPDATE tokens SET candidate_counter = $2, candidate_at = $3
    WHERE id = $1 AND status = 'ACTIVE' AND (counter IS NULL OR counter < $2::bigint) RETURNING id)
  UPDATE authenticator_counters SET failures = GREATEST(failures - 1, 0)
  WHERE account_id = $4 AND authenticator = $5 AND EXISTS (SELECT FROM remembered)`;
