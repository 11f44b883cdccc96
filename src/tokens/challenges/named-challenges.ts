import { Injectable } from '@nestjs/common';
import { Database, rows } from '../../core/database/database.js';
import { hydrate } from '../../core/database/guarded-update.js';
import { Clock } from '../../core/time/clock.js';
import { TokenChallenge } from '../token-challenge.entity.js';
import type { ChallengePurpose } from './challenge-purpose.js';

/** Which open challenge is meant, in the words of whoever answers. */
export interface ChallengeName {
  readonly accountId: string;
  /** Who answers; somebody else's challenge is not found. */
  readonly boundTo: string;
  readonly purposes: readonly ChallengePurpose[];
  /** The code as it was shown, the id or the reference; the newest one when absent. */
  readonly name: string | undefined;
}

const ID_PREFIX = '#i#_ChallengeCode_';

/** Id of a challenge on the wire (authentication methods, section 4.17). */
export function challengeId({ number }: Pick<TokenChallenge, 'number'>): string {
  return `${ID_PREFIX}${number}`;
}

/** Finds open challenges by what `credential.cc` may be: the code, the id or the reference (section 4.9). */
@Injectable()
export class NamedChallenges {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Proves nothing about what happens next; undefined when there is none that may be answered. */
  async open({ accountId, boundTo, purposes, name }: ChallengeName): Promise<TokenChallenge | undefined> {
    if (name !== undefined && (name.includes('\0') || !name.isWellFormed())) return undefined;
    const { manager } = this.database;
    const [row] = await rows<Record<string, unknown>>(
      manager,
      `SELECT * FROM token_challenges
       WHERE account_id = $1 AND bound_to = $2 AND purpose = ANY($3)
         AND consumed_at IS NULL AND starts <= $4 AND expires > $4
         AND ($5::text IS NULL OR code = $5 OR id::text = lower($5) OR $6 || number = $5)
       ORDER BY starts DESC, number DESC LIMIT 1`,
      [accountId, boundTo, purposes, this.clock.now(), name ?? null, ID_PREFIX],
    );
    return row && hydrate(manager, TokenChallenge, row);
  }
}
