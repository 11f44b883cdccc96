import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { equalSecrets } from '../../core/crypto/equal-secrets.js';
import { KeyRing } from '../../core/crypto/key-ring.js';
import { plainSecret, type PlainSecret } from '../../core/crypto/secret-types.js';
import { Database, rows, type Tx } from '../../core/database/database.js';
import { hydrate } from '../../core/database/guarded-update.js';
import { Clock } from '../../core/time/clock.js';
import { ActivationCode, activationDigestPurpose, type ActivationPurpose } from './activation-code.entity.js';
import type { ActivationCodeRules } from './activation-rules.js';
import { acHash, codeText } from './code-text.js';

/** Whose code, and what it is for. */
export interface CodeTarget {
  readonly assignmentId: string;
  readonly purpose: ActivationPurpose;
}

/** A code in plain, for the message or the administrator that it is told to. */
export interface IssuedCode {
  readonly code: PlainSecret;
  readonly expiresAt: Date | null;
}

/** A code that the person is to be sent. */
export interface UnsentCode extends CodeTarget {
  readonly id: string;
  readonly accountId: string;
}

/** An attempt at a code, counted already. */
export interface CountedCode {
  readonly id: string;
  readonly right: boolean;
}

/** Codes are made from a digest of their row's id, so purposes keep them apart from the digest that is stored. */
const CODE = 'activation-code';

/**
 * Activation and authorisation codes (authentication methods, section 6.9): one at a time for an assignment, counted
 * before it is looked at, used once.
 */
@Injectable()
export class ActivationCodes {
  constructor(
    private readonly database: Database,
    private readonly keyRing: KeyRing,
    private readonly clock: Clock,
  ) {}

  /**
   * The code that works now, with its deadline and its attempts as they are; a new one when there is none, or the rules
   * ask for another form. The account is locked in `tx`.
   */
  async issue(tx: Tx, target: CodeTarget, rules: ActivationCodeRules): Promise<IssuedCode> {
    const current = await this.current(tx, target);
    const known = current && this.textOf(current, rules);
    if (current && known !== undefined) return { code: known, expiresAt: current.expiresAt };
    return this.replace(tx, target, rules);
  }

  /**
   * Makes a new code; the one before is dead.
   *
   * @param toBeSent whether the person is to be sent it when this is committed, see `ActivationDispatch`
   */
  async replace(
    tx: Tx,
    { assignmentId, purpose }: CodeTarget,
    rules: ActivationCodeRules,
    toBeSent = false,
  ): Promise<IssuedCode> {
    const id = randomUUID();
    const code = codeText(this.keyRing.digest(plainSecret(id), CODE), rules);
    const expiresAt = rules.lifetimeSeconds === undefined ? null : this.clock.in(rules.lifetimeSeconds);
    await rows(
      tx,
      `INSERT INTO activation_codes (id, assignment_id, purpose, digest, attempt_limit, created_at, expires_at, to_be_sent)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
       ON CONFLICT (assignment_id, purpose) DO UPDATE SET id = excluded.id, digest = excluded.digest, attempts = 0,
         attempt_limit = excluded.attempt_limit, created_at = excluded.created_at, expires_at = excluded.expires_at,
         to_be_sent = excluded.to_be_sent`,
      [
        id,
        assignmentId,
        purpose,
        this.keyRing.digest(acHash(code), activationDigestPurpose(id)),
        rules.maxAttempts,
        this.clock.now(),
        expiresAt,
        toBeSent,
      ],
    );
    return { code, expiresAt };
  }

  /** Whether there is a code that may be tried. */
  async isOpen(target: CodeTarget): Promise<boolean> {
    return (await this.current(this.database.manager, target)) !== undefined;
  }

  /**
   * Counts an attempt, committed by itself, and looks at the hash then (design, invariant 2). Not inside a transaction.
   *
   * @returns undefined when there is no code that may be tried: none was made, or it is too old, or all attempts are used
   */
  async attempt({ assignmentId, purpose }: CodeTarget, hash: PlainSecret): Promise<CountedCode | undefined> {
    const [counted] = await this.database.query<Pick<ActivationCode, 'id' | 'digest'>>(
      `UPDATE activation_codes SET attempts = attempts + 1
       WHERE assignment_id = $1 AND purpose = $2 AND attempts < attempt_limit AND (expires_at IS NULL OR expires_at > $3)
       RETURNING id, digest`,
      [assignmentId, purpose, this.clock.now()],
    );
    if (!counted) return undefined;
    const right = this.keyRing
      .digests(hash, activationDigestPurpose(counted.id))
      .map((digest) => equalSecrets(digest, counted.digest))
      .includes(true);
    return { id: counted.id, right };
  }

  /** Uses a code up. @returns false when somebody else did, or another one was made meanwhile */
  async consume(tx: Tx, id: string): Promise<boolean> {
    const used = await rows(
      tx,
      'DELETE FROM activation_codes WHERE id = $1 AND (expires_at IS NULL OR expires_at > $2) RETURNING id',
      [id, this.clock.now()],
    );
    return used.length === 1;
  }

  /** Codes that are to be sent, the oldest first. */
  unsent(batch: number): Promise<UnsentCode[]> {
    return this.database.query<UnsentCode>(
      `SELECT c.id, c.assignment_id AS "assignmentId", c.purpose, a.account_id AS "accountId"
       FROM activation_codes c JOIN token_assignments a ON a.id = c.assignment_id
       WHERE c.to_be_sent AND a.ended_at IS NULL ORDER BY c.created_at LIMIT $1`,
      [batch],
    );
  }

  /** Takes it upon the caller to send a code. @returns false when somebody else does, or did */
  async claim(tx: Tx, id: string): Promise<boolean> {
    const claimed = await rows(
      tx,
      'UPDATE activation_codes SET to_be_sent = false WHERE id = $1 AND to_be_sent RETURNING id',
      [id],
    );
    return claimed.length === 1;
  }

  /** Deletes a batch of codes whose time is over since `before`, and of assignments that have ended. */
  async purge(before: Date, batch: number): Promise<number> {
    const gone = await this.database.query(
      `DELETE FROM activation_codes WHERE id = ANY (ARRAY(
         SELECT c.id FROM activation_codes c LEFT JOIN token_assignments a ON a.id = c.assignment_id
         WHERE c.expires_at <= $1 OR a.id IS NULL OR a.ended_at <= $1
         LIMIT $2 FOR UPDATE OF c SKIP LOCKED
       )) RETURNING id`,
      [before, batch],
    );
    return gone.length;
  }

  private async current(tx: Tx, { assignmentId, purpose }: CodeTarget): Promise<ActivationCode | undefined> {
    const [row] = await rows<Record<string, unknown>>(
      tx,
      `SELECT * FROM activation_codes WHERE assignment_id = $1 AND purpose = $2 AND attempts < attempt_limit
         AND (expires_at IS NULL OR expires_at > $3)`,
      [assignmentId, purpose, this.clock.now()],
    );
    return row && hydrate(tx, ActivationCode, row);
  }

  /** The code of a row, found again by the digest of its hash; undefined when the rules or the keys have changed. */
  private textOf({ id, digest }: ActivationCode, rules: ActivationCodeRules): PlainSecret | undefined {
    return this.keyRing
      .digests(plainSecret(id), CODE)
      .map((source) => codeText(source, rules))
      .find((code) => this.keyRing.digests(acHash(code), activationDigestPurpose(id)).includes(digest));
  }
}
