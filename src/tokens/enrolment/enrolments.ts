import { Injectable } from '@nestjs/common';
import { Audit } from '../../core/audit/audit.js';
import { Database, rows, type Tx } from '../../core/database/database.js';
import { hydrate } from '../../core/database/guarded-update.js';
import { isUuid } from '../../core/database/uuid.js';
import { Accounts } from '../../core/directory/accounts.js';
import { DomainError, type DomainErrorCode } from '../../core/errors/domain-error.js';
import { RequestAttempts } from '../../core/requests/request-attempts.js';
import { builtInProduct } from '../products.js';
import { SLOT_FAMILIES } from '../slots.js';
import { TokenAssignment } from '../token-assignment.entity.js';
import type { TokenAdvance } from '../token-kind.js';
import { AUTHENTICATOR_OF } from '../token-kinds.js';
import { TokenPlaces } from '../token-places.js';
import type { HeldToken, NewAssignment, NewToken } from '../token-store.js';
import { TokenStore } from '../token-store.js';
import { Token } from '../token.entity.js';
import { AuthenticatorNotices } from './authenticator-notices.js';
import type { EnrolmentHolder } from './enrolment-holder.js';

/** Proofs that are looked at for one pending authenticator; then a new one has to be begun. */
const PROOF_LIMIT = 10;

/** What is enrolled; serial and product are made up where it has none. */
export type NewPending = Omit<NewToken, 'product'> &
  Partial<Pick<NewToken, 'product'>> &
  Pick<NewAssignment, 'name' | 'usageLimit' | 'expires'>;

/** Where a proved authenticator goes. */
export interface Placement {
  readonly slot: string;
  /** The assignment that fills the slot now, as the person was shown it; it ends in the same moment. */
  readonly replaces?: string | undefined;
  /** Moving factor that the proof has used. */
  readonly advance?: TokenAdvance;
}

/**
 * Enrolling in two steps: what is begun is not usable, and what was proved is usable at once. Nobody is locked out by
 * an authenticator that never worked, and the old one works until the new one does.
 */
@Injectable()
export class Enrolments {
  constructor(
    private readonly store: TokenStore,
    private readonly accounts: Accounts,
    private readonly notices: AuthenticatorNotices,
    private readonly audit: Audit,
    private readonly database: Database,
    private readonly requestAttempts: RequestAttempts,
    private readonly places: TokenPlaces,
  ) {}

  /**
   * Begins an authenticator that has to be proved. What the same request has begun of this kind before is abandoned.
   *
   * @throws DomainError `serial-taken`
   */
  async begin(tx: Tx, holder: EnrolmentHolder, pending: NewPending): Promise<HeldToken> {
    const { found, requestId } = holder;
    if (requestId !== undefined) {
      for (const older of await this.store.pendingOf(tx, requestId)) {
        if (older.token.kind === pending.kind) await this.store.abandon(tx, older.assignment.id);
      }
    }
    const { name, usageLimit, expires, ...token } = pending;
    const created = await this.store.create(tx, {
      product: builtInProduct(pending.kind).code,
      ...token,
    });
    const assignment = await this.store.assign(tx, {
      tokenId: created.id,
      accountId: found.account.id,
      status: 'INACTIVE',
      ...(name !== undefined && { name }),
      ...(usageLimit !== undefined && { usageLimit }),
      ...(expires !== undefined && { expires }),
      ...(requestId !== undefined && { requestId }),
    });
    return { token: created, assignment };
  }

  /** What this holder has begun and not proved; undefined when it is gone, proved, or somebody else's. */
  async pending(tx: Tx, { found, requestId }: EnrolmentHolder, assignmentId: string): Promise<HeldToken | undefined> {
    if (!isUuid(assignmentId)) return undefined;
    const [row] = await rows<Record<string, unknown>>(
      tx,
      `SELECT * FROM token_assignments WHERE id = $1 AND account_id = $2 AND request_id IS NOT DISTINCT FROM $3
         AND status = 'INACTIVE' AND ended_at IS NULL`,
      [assignmentId, found.account.id, requestId ?? null],
    );
    return row && this.held(tx, row);
  }

  /**
   * Counts a proof before it is looked at (invariant 2), committed by itself.
   *
   * @throws DomainError `challenge-not-valid` when there is nothing to prove any more; `too-many-attempts` after ten
   */
  async countProof(holder: EnrolmentHolder, assignmentId: string): Promise<HeldToken> {
    if (!isUuid(assignmentId)) throw new DomainError('challenge-not-valid');
    const { found, requestId } = holder;
    const { manager } = this.database;
    const [row] = await rows<Record<string, unknown>>(
      manager,
      `UPDATE token_assignments SET activation_attempts = activation_attempts + 1
       WHERE id = $1 AND account_id = $2 AND request_id IS NOT DISTINCT FROM $3 AND status = 'INACTIVE'
         AND ended_at IS NULL AND activation_attempts <= $4 RETURNING *`,
      [assignmentId, found.account.id, requestId ?? null, PROOF_LIMIT],
    );
    if (!row) throw new DomainError('challenge-not-valid');
    const held = await this.held(manager, row);
    if (held.assignment.activationAttempts <= PROOF_LIMIT) return held;
    await this.store.abandon(manager, assignmentId);
    await this.refuseProof(holder, held.token, 'too-many-attempts');
    throw new DomainError('too-many-attempts', { params: { retryAfter: 0 } });
  }

  /** Writes down that a first code was not right, committed by itself; gives the refusal for the caller to throw. */
  async refuseProof(
    { found, requestId, context }: EnrolmentHolder,
    { kind, serial }: Partial<Pick<Token, 'kind'>> & Pick<Token, 'serial'>,
    code: DomainErrorCode,
  ): Promise<DomainError> {
    await this.audit.record(this.database.manager, {
      ...context,
      event: 'authenticator.refused',
      outcome: 'refused',
      code,
      accountId: found.account.id,
      requestId,
      detail: { ...(kind && { authenticator: AUTHENTICATOR_OF[kind] }), serial, reason: 'registration' },
    });
    return new DomainError(code);
  }

  /**
   * Makes a proved authenticator usable. In the transaction that completes the request, so that one link makes one
   * authenticator (attack class 7); the account is locked in it, the audit and the notice to the person are written.
   *
   * @throws DomainError `slot-taken`, also for more than a policy allows; `challenge-not-valid`, also for the slot of another kind; nothing is changed then
   */
  async finish(
    tx: Tx,
    holder: EnrolmentHolder,
    { token, assignment }: HeldToken,
    { slot, replaces, advance }: Placement,
  ): Promise<TokenAssignment> {
    // What is pending may be shown to the page of another kind.
    if (!slot.startsWith(SLOT_FAMILIES[token.kind])) throw new DomainError('challenge-not-valid');
    await this.accounts.lock(tx, holder.found.account.id);
    const placed = await this.store.fill(tx, assignment.id, slot, replaces);
    const filled = await this.places.limit(tx, holder.found, { token, assignment: placed });
    if (advance) {
      await tx.update(
        Token,
        { id: token.id },
        {
          lastUsedAt: placed.updatedAt,
          ...(advance.counter !== undefined && { counter: String(advance.counter) }),
          ...(advance.drift !== undefined && { drift: advance.drift }),
        },
      );
    }
    await this.audit.record(tx, {
      ...holder.context,
      event: replaces === undefined ? 'authenticator.added' : 'authenticator.replaced',
      outcome: 'success',
      accountId: holder.found.account.id,
      requestId: holder.requestId,
      detail: { kind: token.kind, serial: token.serial, slot },
    });
    await this.notices.send(tx, 'added', holder, filled, token);
    return filled;
  }

  /**
   * Takes an authenticator away for good.
   *
   * @returns false when it has ended already
   */
  async remove(tx: Tx, holder: EnrolmentHolder, { token, assignment }: HeldToken): Promise<boolean> {
    await this.accounts.lock(tx, holder.found.account.id);
    const ended = await this.store.end(tx, assignment.id, 'removed');
    if (!ended) return false;
    await this.audit.record(tx, {
      ...holder.context,
      event: 'authenticator.removed',
      outcome: 'success',
      accountId: holder.found.account.id,
      requestId: holder.requestId,
      detail: { kind: token.kind, serial: token.serial, slot: ended.slot },
    });
    await this.requestAttempts.forgetStep(tx, holder.found.account.id, 'second-factor');
    await this.notices.send(tx, 'removed', holder, ended, token);
    return true;
  }

  private async held(tx: Tx, row: Record<string, unknown>): Promise<HeldToken> {
    const assignment = hydrate(tx, TokenAssignment, row);
    return { assignment, token: await tx.findOneByOrFail(Token, { id: assignment.tokenId }) };
  }
}
