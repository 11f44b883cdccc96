import { Injectable } from '@nestjs/common';
import { Audit } from '../../../core/audit/audit.js';
import { KeyRing } from '../../../core/crypto/key-ring.js';
import type { PlainSecret, Sealed } from '../../../core/crypto/secret-types.js';
import { rows, type Tx } from '../../../core/database/database.js';
import { Clock } from '../../../core/time/clock.js';
import type { EnrolmentHolder } from '../../enrolment/enrolment-holder.js';
import { TOKEN_SECRET } from '../../token-secrets.js';
import type { IssuedAppKey } from './app-keys.js';

/** Seconds for which a password that was made in one call can be fetched by another. */
const HANDOVER_SECONDS = 3_600;

/**
 * Application passwords made by one call and fetched by the next (manager-json-rpc section 12, `OpenOTP.AppKey_Register`
 * and `_Fetch`): sealed until they are fetched, once, within an hour. What is left then is the digest.
 */
@Injectable()
export class AppKeyHandover {
  constructor(
    private readonly keyRing: KeyRing,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Keeps a password that was just made, in the transaction that makes it. */
  async keep(tx: Tx, { password, assignmentId }: IssuedAppKey): Promise<void> {
    await rows(
      tx,
      `UPDATE tokens SET secret_sealed = $2 WHERE id = (SELECT token_id FROM token_assignments WHERE id = $1)
       RETURNING id`,
      [assignmentId, this.keyRing.seal(password, TOKEN_SECRET)],
    );
  }

  /** The passwords that nobody has fetched yet, by assignment; of any number of rivals one gets them. */
  async take(tx: Tx, { found, requestId, context }: EnrolmentHolder): Promise<ReadonlyMap<string, PlainSecret>> {
    const taken = await rows<{ id: string; secret: Sealed; serial: string; created_at: Date }>(
      tx,
      `WITH kept AS (
         SELECT t.id AS token_id, a.id, t.serial, t.secret_sealed AS secret, a.created_at
         FROM tokens t JOIN token_assignments a ON a.token_id = t.id
         WHERE a.account_id = $1 AND a.ended_at IS NULL AND t.kind = 'AppKey' AND t.secret_sealed IS NOT NULL
         FOR UPDATE OF t
       ), emptied AS (UPDATE tokens SET secret_sealed = NULL FROM kept WHERE tokens.id = kept.token_id)
       SELECT id, serial, secret, created_at FROM kept ORDER BY created_at`,
      [found.account.id],
    );
    const shown = taken.filter(({ created_at: made }) => made > this.clock.in(-HANDOVER_SECONDS));
    for (const { serial } of shown) {
      await this.audit.record(tx, {
        ...context,
        event: 'app-key.shown',
        outcome: 'success',
        accountId: found.account.id,
        requestId,
        detail: { serial },
      });
    }
    return new Map(shown.map(({ id, secret }) => [id, this.keyRing.open(secret, TOKEN_SECRET)]));
  }

  /** Forgets passwords that nobody has fetched within the hour, some at a time. @returns how many there were */
  async forget(tx: Tx, batch: number): Promise<number> {
    const gone = await rows(
      tx,
      `UPDATE tokens SET secret_sealed = NULL WHERE id = ANY (ARRAY(
         SELECT id FROM tokens WHERE kind = 'AppKey' AND secret_sealed IS NOT NULL AND created_at <= $1
         LIMIT $2 FOR UPDATE SKIP LOCKED
       )) RETURNING id`,
      [this.clock.in(-HANDOVER_SECONDS), batch],
    );
    return gone.length;
  }
}
