import { Injectable } from '@nestjs/common';
import type { KeyedDigest } from '../core/crypto/secret-types.js';
import { rows, type Tx } from '../core/database/database.js';
import { hydrate } from '../core/database/guarded-update.js';
import { SqlParameters } from '../core/database/sql-parameters.js';
import { Session, type SessionEnd, type SessionProof } from './session.entity.js';

type Row = Record<string, unknown>;

/** A session that nobody and nothing has ended: its account active and its password the same. */
const STANDING = `session.ended_at IS NULL AND session.expires_at > $1
  AND account.state = 'active' AND account.credential_generation = session.credential_generation`;

/** A session that can be used now: it stands, and was used not long ago. */
const LIVE = `${STANDING} AND session.idle_until > $1`;

const PROVED_AT: Readonly<Record<SessionProof, string>> = {
  password: 'password_proved_at',
  'second-factor': 'factor_proved_at',
};

/** Named queries over sessions. */
@Injectable()
export class SessionRepository {
  /**
   * Writes a new session down, ends those beyond `most` of its account, those not used for longest first, and notes the
   * log-on. The account's row was locked by a statement before, or this one would not see a rival's session.
   */
  async begin(tx: Tx, session: Session, most: number): Promise<void> {
    const parameters = new SqlParameters();
    // Numbered first, as the condition has it.
    const now = parameters.add(session.createdAt);
    const id = parameters.add(session.accountId);
    const older = parameters.add(most - 1);
    const { columns } = tx.dataSource.getMetadata(Session);
    const values = parameters.list(columns.map<unknown>((column) => column.getEntityValue(session)));
    await rows(
      tx,
      `WITH begun AS (
         INSERT INTO sessions (${columns.map(({ databaseName }) => databaseName).join(', ')}) VALUES (${values})
       ), superseded AS (
         UPDATE sessions SET ended_at = ${now}, end_reason = 'superseded' WHERE id IN (
           SELECT session.id FROM sessions session JOIN accounts account ON account.id = session.account_id
           WHERE session.account_id = ${id} AND ${LIVE}
           ORDER BY session.last_used_at DESC, session.created_at DESC, session.id OFFSET ${older})
       )
       UPDATE accounts SET first_logon_at = coalesce(first_logon_at, ${now}), last_logon_at = ${now} WHERE id = ${id}`,
      parameters.values,
    );
  }

  /** The session with one of these digests, and whether it can be used now. Reads only. */
  async bySecret(
    tx: Tx,
    digests: readonly KeyedDigest[],
    now: Date,
  ): Promise<{ session: Session; live: boolean } | undefined> {
    const [row] = await rows<Row & { live: boolean }>(
      tx,
      `SELECT session.*, ${LIVE} AS live FROM sessions session JOIN accounts account ON account.id = session.account_id
       WHERE session.secret_digest = ANY($2)`,
      [now, digests],
    );
    return row && { session: hydrate(tx, Session, row), live: row.live };
  }

  /** Sessions of an account that can be used now, the one used last first. */
  async ofAccount(tx: Tx, accountId: string, now: Date): Promise<Session[]> {
    const found = await rows<Row>(
      tx,
      `SELECT session.* FROM sessions session JOIN accounts account ON account.id = session.account_id
       WHERE session.account_id = $2 AND ${LIVE} ORDER BY session.last_used_at DESC, session.id`,
      [now, accountId],
    );
    return found.map((row) => hydrate(tx, Session, row));
  }

  /** Moves the end of a session on that was not used since `before`; undefined when it was, or has ended. */
  async touch(tx: Tx, id: string, times: { now: Date; before: Date; idleUntil: Date }): Promise<Session | undefined> {
    const [row] = await rows<Row>(
      tx,
      `UPDATE sessions SET last_used_at = $2, idle_until = $3
       WHERE id = $1 AND last_used_at <= $4 AND ended_at IS NULL AND idle_until > $2 AND expires_at > $2 RETURNING *`,
      [id, times.now, times.idleUntil, times.before],
    );
    return row && hydrate(tx, Session, row);
  }

  /** Writes down that the person of a session has proved something in it. */
  async prove(tx: Tx, id: string, proof: SessionProof, now: Date): Promise<void> {
    await rows(tx, `UPDATE sessions SET ${PROVED_AT[proof]} = $2 WHERE id = $1 AND ended_at IS NULL`, [id, now]);
  }

  /** When the last session of an account began before another one of it did; as far as sessions are kept. */
  async begunBefore(tx: Tx, { accountId, id, createdAt }: Session): Promise<Date | undefined> {
    const [row] = await rows<{ at: Date | null }>(
      tx,
      'SELECT max(created_at) AS at FROM sessions WHERE account_id = $1 AND id <> $2 AND created_at <= $3',
      [accountId, id, createdAt],
    );
    return row?.at ?? undefined;
  }

  /** Ends one session of an account; whether it had not ended before. */
  async end(tx: Tx, accountId: string, id: string, reason: SessionEnd, now: Date): Promise<boolean> {
    const ended = await rows(
      tx,
      `UPDATE sessions SET ended_at = $3, end_reason = $4
       WHERE id = $2 AND account_id = $1 AND ended_at IS NULL RETURNING id`,
      [accountId, id, now, reason],
    );
    return ended.length > 0;
  }

  /** Ends the sessions of an account but for one; returns how many. */
  async endAll(tx: Tx, accountId: string, except: string | null, reason: SessionEnd, now: Date): Promise<number> {
    const ended = await rows(
      tx,
      `UPDATE sessions SET ended_at = $3, end_reason = $4
       WHERE account_id = $1 AND ($2::uuid IS NULL OR id <> $2) AND ended_at IS NULL RETURNING id`,
      [accountId, except, now, reason],
    );
    return ended.length;
  }

  /**
   * Gives a session that can be used the credential generation that its account has after the next change of password;
   * whether it could be used.
   */
  async carryOver(
    tx: Tx,
    { id, credentialGeneration }: Pick<Session, 'id' | 'credentialGeneration'>,
    now: Date,
  ): Promise<boolean> {
    const carried = await rows(
      tx,
      `UPDATE sessions session SET credential_generation = account.credential_generation + 1
       FROM accounts account WHERE account.id = session.account_id AND session.id = $2
         AND session.credential_generation = $3 AND ${LIVE} RETURNING session.id`,
      [now, id, credentialGeneration],
    );
    return carried.length > 0;
  }

  /** Whether a session has not come to its end; it cannot be ended before the transaction is over. */
  async stands(tx: Tx, id: string, now: Date): Promise<boolean> {
    const found = await rows(
      tx,
      `SELECT session.id FROM sessions session JOIN accounts account ON account.id = session.account_id
       WHERE session.id = $2 AND ${STANDING} FOR SHARE OF session`,
      [now, id],
    );
    return found.length > 0;
  }

  /** Deletes sessions that were over before this moment, a batch at a time; returns how many. */
  async purge(tx: Tx, before: Date, batch: number): Promise<number> {
    const gone = await rows(
      tx,
      `DELETE FROM sessions WHERE id IN (
         SELECT id FROM sessions WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED
       ) RETURNING id`,
      [before, batch],
    );
    return gone.length;
  }
}
