import { type PreparedStatement, preparedStatement } from '../../core/database/prepared-statements.js';
import { RowParameters } from '../../core/database/row-parameters.js';
import { blockedAt, MOST_TOKENS, USABLE_COLUMNS, usableAt } from './attempt-statements.js';
import type { AttemptStart } from './attempt-shapes.js';
import { attemptsAtOnce } from './growing-delay.js';

/** Before every moment that can be stored; a lock is never older. */
const NEVER = new Date(0);

/** Attempts that differ in nothing; counted one by one, looked up once. */
export interface CountedRow {
  readonly start: AttemptStart;
  readonly attempts: number;
}

export const COUNTED_ROWS = new RowParameters<CountedRow>([
  ['account_id', 'uuid', ({ start }) => start.accountId],
  ['authenticator', 'text', ({ start }) => start.authenticator],
  ['now', 'timestamptz', ({ start }) => start.now],
  ['kinds', 'text', ({ start }) => start.kinds.join(',')],
  ['token_id', 'uuid', ({ start }) => start.tokenId],
  ['serial', 'text', ({ start }) => start.serial],
  ['attempts', 'integer', ({ attempts }) => attempts],
  ['most', 'integer', ({ start }) => start.limit],
  ['unlocked_before', 'timestamptz', ({ start }) => start.unlockedBefore ?? NEVER],
  ['pin_wanted', 'boolean', ({ start }) => start.pinWanted ?? true],
  ['growing', 'boolean', ({ start }) => start.growingDelay ?? false],
]);

/** What is told of each usable token: {@link USABLE_COLUMNS} by their names. */
const READ_COLUMNS = `usable.token_id, usable.assignment_id, usable.serial, usable.kind, usable.product,
  usable.secret_sealed, usable.secret_digest, usable.state, usable.counter, usable.drift, usable.candidate_counter,
  usable.candidate_at, usable.passcode_history, usable.assignment_pin_digest, usable.slot, usable.name`;

const countAndRead = (whenHeld: 'SKIP LOCKED' | ''): PreparedStatement =>
  preparedStatement(`
  WITH asked AS MATERIALIZED (SELECT * FROM ${COUNTED_ROWS.from('asked')}),
  usable AS MATERIALIZED (
    SELECT asked.place, token.* FROM asked CROSS JOIN LATERAL (
      SELECT ${USABLE_COLUMNS}, a.priority, a.last_used_at
      FROM token_assignments a JOIN tokens t ON t.id = a.token_id
      WHERE a.account_id = asked.account_id AND t.kind = ANY(string_to_array(asked.kinds, ','))
        AND (asked.token_id IS NULL OR t.id = asked.token_id) AND (asked.serial IS NULL OR t.serial = asked.serial)
        AND ${usableAt('asked.now')}
      ORDER BY a.priority DESC, a.last_used_at DESC NULLS LAST, a.id LIMIT ${MOST_TOKENS}) token),
  open AS MATERIALIZED (
    SELECT asked.* FROM asked
    WHERE EXISTS (SELECT FROM usable WHERE usable.place = asked.place)
      AND NOT ${blockedAt('asked.now', 'asked.account_id')}),
  held AS MATERIALIZED (
    SELECT open.place, c.last_failed_at AS since,
      CASE WHEN c.failures >= open.most AND c.last_failed_at <= open.unlocked_before THEN 0 ELSE c.failures END AS failures
    FROM open JOIN authenticator_counters c ON c.account_id = open.account_id AND c.authenticator = open.authenticator
    FOR NO KEY UPDATE OF c ${whenHeld}),
  allowed AS MATERIALIZED (
    SELECT held.*, GREATEST(0, LEAST(open.attempts, open.most - held.failures, CASE WHEN open.growing
      THEN ${attemptsAtOnce('held.failures', 'held.since', 'open.now')} END)) AS attempts
    FROM held JOIN open ON open.place = held.place),
  raised AS (
    UPDATE authenticator_counters c SET failures = allowed.failures + allowed.attempts, last_failed_at = open.now
    FROM open JOIN allowed ON allowed.place = open.place
    WHERE c.account_id = open.account_id AND c.authenticator = open.authenticator AND allowed.attempts > 0),
  begun AS (
    INSERT INTO authenticator_counters AS c (account_id, authenticator, failures, last_failed_at)
    SELECT account_id, authenticator, LEAST(attempts, most, CASE WHEN growing
      THEN ${attemptsAtOnce('0', 'now', 'now')} END), now
    FROM open WHERE NOT EXISTS (
      SELECT FROM authenticator_counters known
      WHERE known.account_id = open.account_id AND known.authenticator = open.authenticator)
    ORDER BY account_id, authenticator
    ON CONFLICT (account_id, authenticator) DO NOTHING
    RETURNING account_id, authenticator, failures)
  SELECT usable.place, ${READ_COLUMNS}, pin.token_id AS pin_token_id, pin.digest AS pin_digest, open.place IS NULL AS blocked,
    COALESCE(allowed.attempts, begun.failures) AS counted, allowed.failures AS before, allowed.since
  FROM usable JOIN asked ON asked.place = usable.place
  LEFT JOIN open ON open.place = usable.place
  LEFT JOIN allowed ON allowed.place = usable.place
  LEFT JOIN begun ON begun.account_id = open.account_id AND begun.authenticator = open.authenticator
  LEFT JOIN LATERAL (
    SELECT t.id AS token_id, t.secret_digest AS digest FROM token_assignments a JOIN tokens t ON t.id = a.token_id
    WHERE asked.pin_wanted AND a.account_id = asked.account_id AND t.kind = 'PINCode' AND ${usableAt('asked.now')} LIMIT 1) pin ON true
  ORDER BY usable.place, usable.priority DESC, usable.last_used_at DESC NULLS LAST, usable.assignment_id`);

/**
 * Counts attempts and reads what each may succeed with, of {@link COUNTED_ROWS}; each account with each authenticator once.
 * Without a usable token nothing is counted and there is no row; a locked authenticator, one that has to wait and one of
 * a blocked person are not counted any further. `counted` says how many of the attempts were, `before` and `since` how
 * many failures there were and when the last one was.
 *
 * An authenticator whose counter somebody else holds is left out (`counted` is null), so that nobody waits for another's
 * and two processes never wait for each other; {@link COUNT_AND_READ_WAITING} is for those.
 */
export const COUNT_AND_READ = countAndRead('SKIP LOCKED');

/**
 * As {@link COUNT_AND_READ} for one row, but waits for who holds its counter. `counted` is null only when somebody else
 * has made the counter meanwhile: ask again.
 */
export const COUNT_AND_READ_WAITING = countAndRead('');
