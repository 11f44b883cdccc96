import { AUDIT_COLUMNS } from '../../core/audit/audit.js';
import { preparedStatement } from '../../core/database/prepared-statements.js';
import { RowParameters } from '../../core/database/row-parameters.js';
import type { AttemptSuccess } from './attempt-shapes.js';
import { auditColumns, AUDIT_NAMES } from './audit-rows.js';

export const SETTLED_ROWS = new RowParameters<AttemptSuccess>([
  ['account_id', 'uuid', ({ start }) => start.accountId],
  ['authenticator', 'text', ({ start }) => start.authenticator],
  ['now', 'timestamptz', ({ start }) => start.now],
  ['token_id', 'uuid', ({ token }) => token.tokenId],
  ['assignment_id', 'uuid', ({ token }) => token.assignmentId],
  ['counter', 'bigint', ({ advance }) => advance.counter],
  ['drift', 'integer', ({ advance }) => advance.drift],
  ['passcode', 'text', ({ passcode }) => passcode],
  ['history', 'integer', ({ history }) => history],
  ...auditColumns<AttemptSuccess>(({ audit }) => audit),
]);

/**
 * As `SETTLE`, for many attempts at once that answered no challenge and used up no code ({@link SETTLED_ROWS}), each
 * token once. A row for each that was decided, with its `place` from 1.
 *
 * A token that somebody else holds is left out, so that nobody waits for another's and two processes never wait for each
 * other; `SETTLE` is for those.
 */
export const SETTLE_TOGETHER = preparedStatement(`
  WITH asked AS MATERIALIZED (SELECT * FROM ${SETTLED_ROWS.from('asked')}),
  held AS MATERIALIZED (
    SELECT asked.place FROM asked JOIN tokens t ON t.id = asked.token_id FOR NO KEY UPDATE OF t SKIP LOCKED),
  advanced AS (
    UPDATE tokens t SET counter = COALESCE(asked.counter, t.counter), drift = COALESCE(asked.drift, t.drift),
      candidate_counter = NULL, candidate_at = NULL, last_used_at = asked.now,
      passcode_history = CASE WHEN asked.passcode IS NULL THEN t.passcode_history
                              ELSE (ARRAY[asked.passcode] || t.passcode_history)[1:asked.history] END
    FROM asked JOIN held ON held.place = asked.place
    WHERE t.id = asked.token_id AND t.status = 'ACTIVE'
      AND (asked.counter IS NULL OR t.counter IS NULL OR t.counter < asked.counter)
    RETURNING asked.place),
  used AS (
    UPDATE token_assignments a SET usage_count = a.usage_count + 1, last_used_at = asked.now
    FROM asked JOIN advanced ON advanced.place = asked.place
    WHERE a.id = asked.assignment_id AND a.status = 'ACTIVE' AND a.ended_at IS NULL
      AND (a.usage_limit = 0 OR a.usage_count < a.usage_limit)
    RETURNING asked.place),
  forgotten AS (
    UPDATE authenticator_counters c SET failures = 0
    FROM asked JOIN used ON used.place = asked.place
    WHERE c.account_id = asked.account_id AND c.authenticator = asked.authenticator),
  recorded AS (
    INSERT INTO audit_events (${AUDIT_COLUMNS})
    SELECT ${AUDIT_NAMES.join(', ')} FROM asked JOIN used ON used.place = asked.place)
  SELECT held.place, used.place IS NOT NULL AS won FROM held LEFT JOIN used ON used.place = held.place`);
