import { AUDIT_COLUMNS } from '../../core/audit/audit.js';

const FIRST_AUDIT_PLACE = 11;
const AUDIT_TYPES: Readonly<Record<string, string>> = {
  at: 'timestamptz',
  account_id: 'uuid',
  request_id: 'uuid',
  detail: 'jsonb',
};
const AUDIT = AUDIT_COLUMNS.split(', ').map(
  (column, index) => `$${FIRST_AUDIT_PLACE + index}::${AUDIT_TYPES[column] ?? 'text'}`,
);
const further = (index: number): string => `$${FIRST_AUDIT_PLACE + AUDIT.length + index}`;

/** Further parameters: id, id of the session that it takes the place of or null, agent, application. */
export const OPENED = `
  replaced AS (DELETE FROM logon_sessions WHERE id = ${further(1)}::uuid),
  changed AS (
    INSERT INTO logon_sessions (id, secret_digest, agent, application_id, account_id, credential_generation,
      passed_steps, shown, completed_at, created_at, idle_until, expires_at)
    SELECT ${further(0)}::uuid, $6, ${further(2)}::text, ${further(3)}::text, $1, $2, ARRAY[$4::text], ARRAY[$5::text],
      CASE WHEN $9::boolean THEN $3::timestamptz END, $3, $7, $8 FROM account
    RETURNING id)`;

/** Further parameters: id, the steps passed before, since when the step was under way. */
export const PASSED = `
  changed AS (
    UPDATE logon_sessions s SET passed_steps = s.passed_steps || $4::text, shown = s.shown || $5::text, attempts = 0,
      secret_digest = CASE WHEN $9::boolean THEN $6 ELSE s.secret_digest END,
      idle_until = $7, expires_at = CASE WHEN $9 THEN $8::timestamptz ELSE s.expires_at END,
      completed_at = CASE WHEN $9 THEN $3::timestamptz END
    FROM account
    WHERE s.id = ${further(0)}::uuid AND s.account_id = account.id AND s.credential_generation = $2
      AND s.passed_steps = ${further(1)}::text[] AND s.completed_at IS NULL
      AND s.idle_until > ${further(2)}::timestamptz AND s.expires_at > ${further(2)}::timestamptz
    RETURNING s.id)`;

/**
 * What a whole logon brings with it (authentication methods, section 6.4): the moment of the last logon, and the failures
 * of every authenticator are forgotten, where the logon is good for that, but for those that are locked: a lock ends with
 * its time, or whoever guesses at one authenticator would be given new tries by each logon with another.
 */
export const COMPLETED = `,
  logged AS (
    UPDATE accounts SET first_logon_at = coalesce(first_logon_at, $3), last_logon_at = $3
    WHERE id = $1 AND EXISTS (SELECT FROM changed)),
  forgotten AS (
    UPDATE authenticator_counters SET failures = 0
    WHERE account_id = $1 AND failures > 0 AND failures < $10::integer AND EXISTS (SELECT FROM changed))`;

/**
 * One statement for a step that was passed, with all that follows from it. It stands on the account's row, which it locks:
 * a change of password at the same moment comes before it, and ends it, or after it (attack class 17).
 *
 * Parameters: account, generation of its credentials, now, step, authenticator, digest of a new cookie, idle until,
 * expires, whether the logon is complete, failures below which they are forgotten, the values of the audit row, and
 * those of the change.
 */
export function settling(change: string, completion: string): string {
  return `
  WITH account AS (
    SELECT id FROM accounts WHERE id = $1 AND credential_generation = $2::integer AND state = 'active' FOR UPDATE),
  ${change}${completion},
  recorded AS (
    INSERT INTO audit_events (${AUDIT_COLUMNS}) SELECT ${AUDIT.join(', ')} WHERE EXISTS (SELECT FROM changed))
  SELECT EXISTS (SELECT FROM changed) AS won${completion === '' ? ', $10::integer AS unused' : ''}`;
}
