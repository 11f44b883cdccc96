import { Injectable } from '@nestjs/common';
import { rows, type Tx } from '../../core/database/database.js';
import { Clock } from '../../core/time/clock.js';
import { STANDING } from '../../tokens/second-factor.js';
import { AUTHENTICATOR_OF, type CountedFor, TOKEN_KINDS, type TokenKindName } from '../../tokens/token-kinds.js';
import type { TokenRules } from '../../tokens/token-rules.js';
import { usableAt } from '../../tokens/verification/attempt-statements.js';

/** What a person can prove themselves with at this moment. */
export interface UsableCredentials {
  readonly kinds: ReadonlySet<TokenKindName>;
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
    const found = await rows<{ kinds: TokenKindName[]; locked: CountedFor[] }>(
      tx,
      `SELECT ARRAY(SELECT DISTINCT t.kind FROM token_assignments a JOIN tokens t ON t.id = a.token_id
                    WHERE a.account_id = $1 AND ${usableAt('$2')}) AS kinds,
              ARRAY(SELECT authenticator FROM authenticator_counters
                    WHERE account_id = $1 AND failures >= $3 AND last_failed_at > $4) AS locked`,
      [accountId, this.clock.now(), maxFailures, lockSeconds === undefined ? NEVER : this.clock.in(-lockSeconds)],
    );
    return { kinds: new Set(found[0]?.kinds), locked: new Set(found[0]?.locked) };
  }
}
