import { Injectable } from '@nestjs/common';
import type { KeyedDigest } from '../../core/crypto/secret-types.js';
import { Database, rows } from '../../core/database/database.js';
import { hydrate } from '../../core/database/guarded-update.js';
import type { AuthenticatorCode } from '../applications/application.js';
import { LogonSession } from './logon-session.entity.js';
import { COMPLETED, OPENED, PASSED, settling } from './logon-statements.js';

/** The session that a cookie means, for one agent. */
export interface SessionKey {
  /** Of the cookie, under each key of the ring. */
  readonly digests: readonly KeyedDigest[];
  readonly agent: string;
}

/** A step that was passed, and what it makes of the session. */
export interface PassedStep {
  readonly accountId: string;
  /** The account's as it was when the credential was presented. */
  readonly credentialGeneration: number;
  readonly stepId: string;
  readonly method: AuthenticatorCode;
  /** Of a new cookie, for a session that begins or is complete. */
  readonly digest: KeyedDigest;
  readonly at: Date;
  readonly idleUntil: Date;
  readonly expiresAt: Date;
  /** Whether it was the last one. */
  readonly completes: boolean;
  /** What is forgotten of other authenticators with the last step: fewer failures than this; 0 = nothing. */
  readonly forgivenBelow: number;
  /** Values of the audit row, see `Audit.values`. */
  readonly audit: readonly unknown[];
}

/** The rows of logon sessions. Each change is one guarded statement (design, invariant 1). */
@Injectable()
export class LogonSessionRepository {
  constructor(private readonly database: Database) {}

  /**
   * Counts an attempt in a session with steps left, committed before a credential is looked at. @returns undefined when
   * there is no such session, or no attempt left in it
   */
  async count({ digests, agent }: SessionKey, now: Date, limit: number): Promise<LogonSession | undefined> {
    return this.one(
      `UPDATE logon_sessions SET attempts = attempts + 1
       WHERE secret_digest = ANY($1) AND agent = $2 AND account_id IS NOT NULL AND completed_at IS NULL
         AND idle_until > $3 AND expires_at > $3 AND attempts < $4 RETURNING *`,
      [digests, agent, now, limit],
    );
  }

  async find({ digests, agent }: SessionKey): Promise<LogonSession | undefined> {
    return this.one('SELECT * FROM logon_sessions WHERE secret_digest = ANY($1) AND agent = $2', [digests, agent]);
  }

  /** Begins a session with its first step, in place of an earlier one. @returns whether it could */
  open(
    passed: PassedStep,
    session: {
      readonly id: string;
      readonly agent: string;
      readonly applicationId: string;
      readonly replaces: string | null;
    },
  ): Promise<boolean> {
    const { id, agent, applicationId, replaces } = session;
    return this.settle(OPENED, passed, [id, replaces, agent, applicationId]);
  }

  /**
   * Takes a session one step on: of any number of rivals who saw it as it was, one.
   *
   * @param since when the credential was presented; the session may run out while a person decides
   */
  advance(passed: PassedStep, { id, passedSteps }: LogonSession, since: Date): Promise<boolean> {
    return this.settle(PASSED, passed, [id, passedSteps, since]);
  }

  /** Ends a session. @returns its id, undefined when this agent has none */
  async end({ digests, agent }: SessionKey): Promise<string | undefined> {
    const [gone] = await rows<{ id: string }>(
      this.database.manager,
      'DELETE FROM logon_sessions WHERE secret_digest = ANY($1) AND agent = $2 RETURNING id',
      [digests, agent],
    );
    return gone?.id;
  }

  /** Empties a session: its cookie stays good for another logon. @returns its id, undefined when this agent has none */
  async reset({ digests, agent }: SessionKey): Promise<string | undefined> {
    const [left] = await rows<{ id: string }>(
      this.database.manager,
      `UPDATE logon_sessions SET application_id = NULL, account_id = NULL, credential_generation = NULL,
         passed_steps = '{}', shown = '{}', attempts = 0, completed_at = NULL
       WHERE secret_digest = ANY($1) AND agent = $2 RETURNING id`,
      [digests, agent],
    );
    return left?.id;
  }

  /** Deletes sessions that ended before a moment, some at a time. @returns how many there were */
  async purge(endedBefore: Date, batch: number): Promise<number> {
    const gone = await this.database.query(
      `DELETE FROM logon_sessions WHERE id = ANY (ARRAY(
         SELECT id FROM logon_sessions WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED
       )) RETURNING id`,
      [endedBefore, batch],
    );
    return gone.length;
  }

  private async settle(change: string, passed: PassedStep, further: readonly unknown[]): Promise<boolean> {
    const [outcome] = await rows<{ won: boolean }>(
      this.database.manager,
      settling(change, passed.completes ? COMPLETED : ''),
      [
        passed.accountId,
        passed.credentialGeneration,
        passed.at,
        passed.stepId,
        passed.method,
        passed.digest,
        passed.idleUntil,
        passed.expiresAt,
        passed.completes,
        passed.forgivenBelow,
        ...passed.audit,
        ...further,
      ],
    );
    return outcome?.won === true;
  }

  private async one(sql: string, parameters: unknown[]): Promise<LogonSession | undefined> {
    const { manager } = this.database;
    const [row] = await rows<Record<string, unknown>>(manager, sql, parameters);
    return row && hydrate(manager, LogonSession, row);
  }
}
