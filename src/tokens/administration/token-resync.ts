import { Injectable } from '@nestjs/common';
import { Audit } from '../../core/audit/audit.js';
import { KeyRing } from '../../core/crypto/key-ring.js';
import type { PlainSecret } from '../../core/crypto/secret-types.js';
import { Database, rows, type Tx } from '../../core/database/database.js';
import { advanceIfGreater } from '../../core/database/guarded-update.js';
import { Configuration } from '../../core/domains/configuration.js';
import { SERVER_SCOPE } from '../../core/domains/configuration-snapshot.js';
import { DomainError } from '../../core/errors/domain-error.js';
import { Clock } from '../../core/time/clock.js';
import { matchResync } from '../kinds/oath/match-resync.js';
import type { ResyncMatch } from '../oath/otp-match.js';
import { type TokenRules, tokenRules } from '../token-rules.js';
import { TokenStore } from '../token-store.js';
import { Token } from '../token.entity.js';

/** How a resynchronisation ended; `ambiguous` wants one code more, `raced` means that a code was used in the meantime. */
export type ResyncOutcome =
  | { readonly outcome: 'synchronised'; readonly driftSteps: number }
  | { readonly outcome: 'ambiguous' | 'wrong' | 'raced' };

/** Finds a token again that has drifted or was pressed too often (authentication methods, section 6.2). */
@Injectable()
export class TokenResync {
  constructor(
    private readonly database: Database,
    private readonly store: TokenStore,
    private readonly configuration: Configuration,
    private readonly keyRing: KeyRing,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /**
   * @param codes two or three that the token showed one after the other; none of them is good for a log-in afterwards
   * @throws DomainError `token-not-found`; `no-usable-token` when it is neither TOTP nor HOTP, or not active
   */
  async run(serial: string, codes: readonly PlainSecret[]): Promise<ResyncOutcome> {
    const snapshot = await this.configuration.snapshot();
    return this.database.transaction(async (tx) => {
      const token = await this.store.bySerial(tx, serial);
      if (!token) throw new DomainError('token-not-found', { params: { serial } });
      const windows = tokenRules(snapshot, (await domainOf(tx, token.id)) ?? SERVER_SCOPE);
      const match = this.match(token, codes, windows);
      if (match.outcome !== 'accepted') return { outcome: match.outcome };
      const advanced = await advanceIfGreater(
        tx,
        Token,
        { where: `id = :id AND status = 'ACTIVE'`, parameters: { id: token.id } },
        { property: 'counter', value: match.counter },
        { drift: match.driftSteps, candidateCounter: null, candidateAt: null },
      );
      if (!advanced) return { outcome: 'raced' };
      await this.audit.record(tx, {
        event: 'token.resynchronised',
        outcome: 'success',
        actor: 'system',
        detail: { serial, drift: match.driftSteps },
      });
      return { outcome: 'synchronised', driftSteps: match.driftSteps };
    });
  }

  private match(token: Token, codes: readonly PlainSecret[], rules: TokenRules): ResyncMatch {
    if (!['TOTP', 'HOTP'].includes(token.kind) || token.status !== 'ACTIVE' || !token.secretSealed) {
      throw new DomainError('no-usable-token');
    }
    return matchResync({ token }, codes, { rules, keyRing: this.keyRing, at: this.clock.now() });
  }
}

/** The domain of the person who has a token, whose windows apply. */
async function domainOf(tx: Tx, tokenId: string): Promise<string | undefined> {
  const [row] = await rows<{ id: string }>(
    tx,
    `SELECT c.domain_id AS id FROM token_assignments a JOIN accounts c ON c.id = a.account_id
     WHERE a.token_id = $1 AND a.ended_at IS NULL LIMIT 1`,
    [tokenId],
  );
  return row?.id;
}
