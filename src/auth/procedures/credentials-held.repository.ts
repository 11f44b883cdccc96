import { Injectable } from '@nestjs/common';
import { rows, type Tx } from '../../core/database/database.js';
import { Clock } from '../../core/time/clock.js';
import { STANDING } from '../../tokens/second-factor.js';
import { AUTHENTICATOR_OF, type CountedFor, TOKEN_KINDS, type TokenKindName } from '../../tokens/token-kinds.js';
import type { TokenRules } from '../../tokens/token-rules.js';
import { usableAt } from '../../tokens/verification/attempt-statements.js';

/** A token as far as it decides where it is of use. */
export interface TokenSort {
  readonly kind: TokenKindName;
  /** How a list of one-time passwords is asked, see `LIST_ORDERS`; null for everything else. */
  readonly order: string | null;
}

/** What a person can prove themselves with at this moment. */
export interface UsableCredentials {
  /** Each sort once. */
  readonly tokens: readonly TokenSort[];
  /** Whether the person has a T-Pass, usable or not; passcodes are sent to who has none as well. */
  readonly tPass: boolean;
  /** Authenticators that are locked after wrong attempts. */
  readonly locked: ReadonlySet<CountedFor>;
}

/** Kinds that make somebody a person who has a token: second factors but for emergency codes, which stand in for them. */
const TOKENS = TOKEN_KINDS.filter((kind) => kind !== 'EmergencyCode' && STANDING[AUTHENTICATOR_OF[kind]].secondFactor);

const NEVER = new Date(0);

/** What people have to prove themselves with, for the steps that they are asked and shown. */
@Injectable()
export class CredentialsHeld {
  constructor(private readonly clock: Clock) {}

  /**
   * Whether the person has a token, usable now or not: one that was locked, switched off or has expired must not turn a
   * logon into one without a second factor. One that was never proved or activated does not count.
   */
  async hasToken(tx: Tx, accountId: string): Promise<boolean> {
    const found = await rows(
      tx,
      `SELECT 1 FROM token_assignments a JOIN tokens t ON t.id = a.token_id
       WHERE a.account_id = $1 AND a.ended_at IS NULL AND a.status <> 'INACTIVE' AND t.kind = ANY($2) LIMIT 1`,
      [accountId, TOKENS],
    );
    return found.length > 0;
  }

  async usable(tx: Tx, accountId: string, { maxFailures, lockSeconds }: TokenRules): Promise<UsableCredentials> {
    const found = await rows<{ tokens: TokenSort[] | null; tPass: boolean; locked: CountedFor[] }>(
      tx,
      `SELECT (SELECT jsonb_agg(DISTINCT jsonb_build_object('kind', t.kind, 'order', t.state->>'order'))
               FROM token_assignments a JOIN tokens t ON t.id = a.token_id
               WHERE a.account_id = $1 AND ${usableAt('$2')}) AS tokens,
              EXISTS(SELECT FROM token_assignments a JOIN tokens t ON t.id = a.token_id
                     WHERE a.account_id = $1 AND a.ended_at IS NULL AND t.kind = 'T-Pass') AS "tPass",
              ARRAY(SELECT authenticator FROM authenticator_counters
                    WHERE account_id = $1 AND failures >= $3 AND last_failed_at > $4) AS locked`,
      [accountId, this.clock.now(), maxFailures, lockSeconds === undefined ? NEVER : this.clock.in(-lockSeconds)],
    );
    const { tokens = [], tPass = false, locked = [] } = found[0] ?? {};
    return { tokens: tokens ?? [], tPass, locked: new Set(locked) };
  }
}
