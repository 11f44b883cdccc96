import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity.js';
import { RandomSource } from '../core/crypto/random-source.js';
import type { KeyedDigest, Sealed } from '../core/crypto/secret-types.js';
import { rows, sqlState, type Tx } from '../core/database/database.js';
import { consumeIfUnused, hydrate } from '../core/database/guarded-update.js';
import { DomainError } from '../core/errors/domain-error.js';
import { Clock } from '../core/time/clock.js';
import { hasOwnSerial, newSerial } from './serial-number.js';
import { TokenAssignment } from './token-assignment.entity.js';
import type { TokenKindName } from './token-kinds.js';
import type { AssignmentStatus, TokenStatus } from './token-states.js';
import { Token } from './token.entity.js';

const UNIQUE_VIOLATION = '23505';

/** A token to be stored; secrets are sealed or digested already. */
export interface NewToken {
  /** Chosen beforehand where a digest is bound to it. */
  readonly id?: string;
  /** Made up when absent. */
  readonly serial?: string;
  readonly kind: TokenKindName;
  readonly product: string;
  readonly secretSealed?: Sealed;
  readonly secretDigest?: KeyedDigest;
  readonly state?: Readonly<Record<string, unknown>>;
  readonly counter?: number;
  readonly description?: string;
}

/** A token to be put into somebody's hands. */
export interface NewAssignment {
  readonly tokenId: string;
  readonly accountId: string;
  readonly status: AssignmentStatus;
  readonly slot?: string;
  readonly name?: string;
  readonly usageLimit?: number;
  readonly starts?: Date;
  readonly expires?: Date;
  readonly priority?: number;
  readonly requestId?: string;
}

/** A token together with the assignment through which a person has it. */
export interface HeldToken {
  readonly token: Token;
  readonly assignment: TokenAssignment;
}

/** Why an assignment ends. */
export type EndReason = 'replaced' | 'removed' | 'abandoned' | 'unassigned' | 'account-closed';

/** Creates tokens, puts them into hands and slots, and takes them back. Whoever changes slots locks the account first. */
@Injectable()
export class TokenStore {
  constructor(
    private readonly clock: Clock,
    private readonly random: RandomSource,
  ) {}

  /** @throws DomainError `serial-taken` */
  async create(tx: Tx, token: NewToken): Promise<Token> {
    const now = this.clock.now();
    const serial = token.serial ?? newSerial(this.random, token.kind);
    const [row] = await rows<Record<string, unknown>>(
      tx,
      `INSERT INTO tokens (id, serial, kind, product, secret_sealed, secret_digest, state, counter, description, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (serial) DO NOTHING RETURNING *`,
      [
        token.id ?? randomUUID(),
        serial,
        token.kind,
        token.product,
        token.secretSealed ?? null,
        token.secretDigest ?? null,
        JSON.stringify(token.state ?? {}),
        token.counter ?? null,
        token.description ?? null,
        now,
      ],
    );
    if (!row) throw new DomainError('serial-taken', { params: { serial } });
    return hydrate(tx, Token, row);
  }

  /** @throws DomainError `slot-taken` when an assignment that has not ended fills the slot */
  async assign(tx: Tx, assignment: NewAssignment): Promise<TokenAssignment> {
    const now = this.clock.now();
    const made = tx.create(TokenAssignment, { id: randomUUID(), createdAt: now, updatedAt: now, ...assignment });
    await tx.insert(TokenAssignment, made as QueryDeepPartialEntity<TokenAssignment>).catch(refuseTakenSlot);
    return tx.findOneByOrFail(TokenAssignment, { id: made.id });
  }

  /**
   * Makes a proved assignment usable and puts it into `slot`, whose occupant `replaces`, as the person was shown it,
   * ends in the same moment.
   *
   * @throws DomainError `slot-taken` when something else fills the slot by now; `challenge-not-valid` when the
   *   assignment is not waiting for its proof any more
   */
  async fill(tx: Tx, id: string, slot: string, replaces: string | undefined): Promise<TokenAssignment> {
    if (replaces !== undefined) await this.end(tx, replaces, 'replaced');
    const filled = await consumeIfUnused(
      tx,
      TokenAssignment,
      { where: `id = :id AND status = 'INACTIVE' AND ended_at IS NULL`, parameters: { id } },
      { status: 'ACTIVE', slot, updatedAt: this.clock.now() },
    ).catch(refuseTakenSlot);
    if (!filled) throw new DomainError('challenge-not-valid');
    return filled;
  }

  /** Ends an assignment; undefined when it has ended already. The token stays for the record. */
  end(tx: Tx, id: string, reason: EndReason): Promise<TokenAssignment | undefined> {
    const now = this.clock.now();
    return consumeIfUnused(
      tx,
      TokenAssignment,
      { where: 'id = :id AND ended_at IS NULL', parameters: { id } },
      { endedAt: now, updatedAt: now, endReason: reason },
    );
  }

  /** Ends an assignment that was never proved; one that was proved a moment ago is left alone. */
  async abandon(tx: Tx, id: string): Promise<void> {
    const now = this.clock.now();
    await consumeIfUnused(
      tx,
      TokenAssignment,
      { where: `id = :id AND status = 'INACTIVE' AND slot IS NULL AND ended_at IS NULL`, parameters: { id } },
      { endedAt: now, updatedAt: now, endReason: 'abandoned' satisfies EndReason },
    );
  }

  /** Changes the status of an assignment that has not ended; undefined when it has this status already. */
  setAssignmentStatus(tx: Tx, id: string, status: AssignmentStatus): Promise<TokenAssignment | undefined> {
    return consumeIfUnused(
      tx,
      TokenAssignment,
      { where: 'id = :id AND ended_at IS NULL AND status <> :status', parameters: { id, status } },
      { status, updatedAt: this.clock.now() },
    );
  }

  /** Changes the status of a token; undefined when it has this status already, or is `DECEASED`. */
  setStatus(tx: Tx, id: string, status: TokenStatus): Promise<Token | undefined> {
    return consumeIfUnused(
      tx,
      Token,
      { where: `id = :id AND status NOT IN (:status, 'DECEASED')`, parameters: { id, status } },
      { status },
    );
  }

  bySerial(tx: Tx, serial: string): Promise<Token | null> {
    return tx.findOneBy(Token, { serial });
  }

  /** Tokens in a person's hands that they have proved, in the order of their slots; of some kinds, or all. */
  async ofAccount(tx: Tx, accountId: string, kinds?: readonly TokenKindName[]): Promise<HeldToken[]> {
    const assignments = await tx
      .createQueryBuilder(TokenAssignment, 'assignment')
      .where(`assignment.account_id = :accountId AND assignment.ended_at IS NULL AND assignment.slot IS NOT NULL`, {
        accountId,
      })
      .orderBy('assignment.slot')
      .getMany();
    return (await this.withTokens(tx, assignments)).filter(({ token }) => !kinds || kinds.includes(token.kind));
  }

  /**
   * Everything that a person was given: what is in a slot, whatever its status, and tokens that came with a serial number
   * and are set aside for them. Not what they are enrolling and have not proved. The oldest first.
   */
  async assignedTo(tx: Tx, accountId: string): Promise<HeldToken[]> {
    const assignments = await tx
      .createQueryBuilder(TokenAssignment, 'assignment')
      .where(`assignment.account_id = :accountId AND assignment.ended_at IS NULL AND assignment.request_id IS NULL`, {
        accountId,
      })
      .orWhere(`assignment.account_id = :accountId AND assignment.ended_at IS NULL AND assignment.slot IS NOT NULL`)
      .orderBy('assignment.created_at')
      .addOrderBy('assignment.id')
      .getMany();
    const held = await this.withTokens(tx, assignments);
    return held.filter(({ token, assignment }) => assignment.slot !== null || hasOwnSerial(token));
  }

  /** What a request's holder is enrolling and has not proved yet, newest first. */
  async pendingOf(tx: Tx, requestId: string): Promise<HeldToken[]> {
    const assignments = await tx
      .createQueryBuilder(TokenAssignment, 'assignment')
      .where(`assignment.request_id = :requestId AND assignment.status = 'INACTIVE' AND assignment.ended_at IS NULL`, {
        requestId,
      })
      .orderBy('assignment.created_at', 'DESC')
      .getMany();
    return this.withTokens(tx, assignments);
  }

  private async withTokens(tx: Tx, assignments: readonly TokenAssignment[]): Promise<HeldToken[]> {
    if (assignments.length === 0) return [];
    const tokens = await tx
      .createQueryBuilder(Token, 'token')
      .whereInIds(assignments.map(({ tokenId }) => tokenId))
      .getMany();
    const byId = new Map(tokens.map((token) => [token.id, token]));
    return assignments.flatMap((assignment) => {
      const token = byId.get(assignment.tokenId);
      return token ? [{ token, assignment }] : [];
    });
  }
}

/** The oldest first. */
export function byAge(one: HeldToken, other: HeldToken): number {
  return one.assignment.createdAt.getTime() - other.assignment.createdAt.getTime();
}

function refuseTakenSlot(error: unknown): never {
  throw sqlState(error) === UNIQUE_VIOLATION ? new DomainError('slot-taken', { cause: error }) : error;
}
