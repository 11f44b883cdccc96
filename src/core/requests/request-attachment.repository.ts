import { Injectable } from '@nestjs/common';
import type { KeyedDigest } from '../crypto/secret-types.js';
import { rows, type Tx } from '../database/database.js';
import { consumeIfUnused, hydrate } from '../database/guarded-update.js';
import { OneTimeRequest } from './one-time-request.entity.js';
import { UNOPENED_STATES } from './request-states.js';

/** What a request of nobody gets of the person whose it turns out to be. */
type Attached = Pick<
  OneTimeRequest,
  'domainId' | 'accountId' | 'login' | 'pinDigest' | 'credentialGeneration' | 'passwordChangedAt'
>;

/** Statements that give a request to somebody, and take it from them again. */
@Injectable()
export class RequestAttachmentRepository {
  /** Gives a live request of nobody to an account; of several at once, one does. */
  attach(tx: Tx, id: string, attached: Attached, now: Date): Promise<OneTimeRequest | undefined> {
    const nobodys = {
      where: 'id = :id AND account_id IS NULL AND state IN (:...unopened) AND expires_at > :now AND end_reason IS NULL',
      parameters: { id, unopened: UNOPENED_STATES, now },
    };
    return consumeIfUnused(tx, OneTimeRequest, nobodys, attached);
  }

  /** Makes live requests of an account that strangers asked for nobody's again, with a PIN nobody knows. */
  async detach(tx: Tx, accountId: string, purpose: string, pinDigest: KeyedDigest): Promise<OneTimeRequest[]> {
    const detached = await rows<Record<string, unknown>>(
      tx,
      `UPDATE one_time_requests SET account_id = NULL, pin_digest = $3
       WHERE account_id = $1 AND purpose = $2 AND state = ANY($4)
         AND created_by_account_id IS NULL AND NOT receipt_opens AND receipt_digest IS NOT NULL AND pin_digest IS NOT NULL
         AND claimed_at IS NULL
       RETURNING *`,
      [accountId, purpose, pinDigest, UNOPENED_STATES],
    );
    return detached.map((row) => hydrate(tx, OneTimeRequest, row));
  }
}
