import { Injectable } from '@nestjs/common';
import { Audit } from '../../core/audit/audit.js';
import type { Tx } from '../../core/database/database.js';
import { consumeIfUnused } from '../../core/database/guarded-update.js';
import { Accounts } from '../../core/directory/accounts.js';
import { Clock } from '../../core/time/clock.js';
import { AuthRefusal } from '../../surfaces/auth-envelope/auth-refusal.js';
import { AuthenticatorNotices } from '../../tokens/enrolment/authenticator-notices.js';
import { Token } from '../../tokens/token.entity.js';
import type { AttemptContext } from '../../tokens/verification/attempts.js';
import type { TokenTarget } from './token-target.js';

/** What is known of the device that a token goes to. */
export interface DownloadDevice {
  readonly model?: string;
  readonly type?: string;
  readonly id?: string;
}

/** On no device yet, and the person's still: somebody may take it from them while its code is looked at. */
const FREE = `confined_at IS NULL AND status = 'ACTIVE' AND EXISTS (
  SELECT FROM token_assignments a
  WHERE a.id = :assignmentId AND a.ended_at IS NULL AND a.status IN ('ACTIVE', 'INACTIVE'))`;

/** Ties tokens to the device that they were put on (authentication methods, section 4.13). */
@Injectable()
export class TokenConfinement {
  constructor(
    private readonly accounts: Accounts,
    private readonly notices: AuthenticatorNotices,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /**
   * Of any number of rivals one confines the token. The person is told.
   *
   * @param key whether the key is handed out
   * @throws AuthRefusal 353 when it was put on a device already, switched off, or taken from the person
   */
  async confine(
    tx: Tx,
    { found, held }: TokenTarget,
    context: AttemptContext,
    { device, key }: { readonly device: DownloadDevice; readonly key: boolean },
  ): Promise<void> {
    await this.accounts.lock(tx, found.account.id);
    const { id, kind, serial } = held.token;
    const confined = await consumeIfUnused(
      tx,
      Token,
      { where: `id = :id AND ${FREE}`, parameters: { id, assignmentId: held.assignment.id } },
      { confinedAt: this.clock.now() },
    );
    if (!confined) throw new AuthRefusal(353);
    await this.audit.record(tx, {
      ...context,
      event: 'token.downloaded',
      outcome: 'success',
      accountId: found.account.id,
      detail: {
        ...context.detail,
        kind,
        serial,
        key,
        ...(device.model !== undefined && { model: device.model }),
        ...(device.type !== undefined && { type: device.type }),
        ...(device.id !== undefined && { device: device.id }),
      },
    });
    await this.notices.send(tx, 'added', { found, requestId: undefined, context }, held.assignment, held.token);
  }
}
