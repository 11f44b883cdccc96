import { Injectable } from '@nestjs/common';
import { Database, rows } from '../../core/database/database.js';
import type { TokenKindName } from '../../tokens/token-kinds.js';
import type { AssignmentStatus, TokenStatus } from '../../tokens/token-states.js';

/** A token with its assignment to one person, as far as it decides whether they may use it. */
export interface TokenStanding {
  readonly id: string;
  readonly serial: string;
  readonly kind: TokenKindName;
  readonly product: string;
  readonly status: TokenStatus;
  /** Null when the token is not this person's. */
  readonly assignmentStatus: AssignmentStatus | null;
  readonly inTime: boolean;
  readonly spent: boolean;
  /** Whether the assignment has a PIN. */
  readonly hasPin: boolean;
}

const COLUMNS = `t.id, t.serial, t.kind, t.product, t.status, a.status AS "assignmentStatus",
  (a.starts IS NULL OR a.starts <= $2) AND (a.expires IS NULL OR a.expires > $2) AS "inTime",
  a.usage_limit > 0 AND a.usage_count >= a.usage_limit AS spent, a.pin_digest IS NOT NULL AS "hasPin"`;

const ASSIGNED = `token_assignments a ON a.token_id = t.id AND a.account_id = $1 AND a.ended_at IS NULL`;

/** Reads of tokens by what callers know of them. */
@Injectable()
export class TokenChoiceRepository {
  constructor(private readonly database: Database) {}

  /** The person's tokens, most wanted first (authentication methods, section 2.1). */
  ofAccount(accountId: string, now: Date): Promise<TokenStanding[]> {
    return rows<TokenStanding>(
      this.database.manager,
      `SELECT ${COLUMNS} FROM tokens t JOIN ${ASSIGNED} ORDER BY a.priority DESC, a.created_at, a.id`,
      [accountId, now],
    );
  }

  /** A token, whoever has it. @param named `id` must have the form of one */
  async named(
    accountId: string,
    now: Date,
    { id, serial }: { readonly id: string | undefined; readonly serial: string | undefined },
  ): Promise<TokenStanding | undefined> {
    const [found] = await rows<TokenStanding>(
      this.database.manager,
      `SELECT ${COLUMNS} FROM tokens t LEFT JOIN ${ASSIGNED}
       WHERE ($3::uuid IS NULL OR t.id = $3) AND ($4::text IS NULL OR t.serial = $4) LIMIT 1`,
      [accountId, now, id ?? null, serial ?? null],
    );
    return found;
  }
}
