import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { KeyRing } from '../core/crypto/key-ring.js';
import { RandomSource } from '../core/crypto/random-source.js';
import { plainSecret, type PlainSecret } from '../core/crypto/secret-types.js';
import { Database, type Tx } from '../core/database/database.js';
import type { Account } from '../core/directory/account.entity.js';
import { Accounts } from '../core/directory/accounts.js';
import type { Directory } from '../core/directory/directory.js';
import { Configuration } from '../core/domains/configuration.js';
import { DomainError } from '../core/errors/domain-error.js';
import { SECRET_SHAPES } from '../core/requests/secret-shapes.js';
import { Clock } from '../core/time/clock.js';
import {
  Session,
  SESSION_SECRET,
  type SessionBeginning,
  type SessionEnd,
  type SessionKind,
  type SessionProof,
} from './session.entity.js';
import { SessionRepository } from './session.repository.js';
import { sessionLimits } from './session-settings.js';

/** Who logs in, and from where. */
export interface NewSession {
  readonly account: Account;
  readonly begunBy: SessionBeginning;
  readonly kind: SessionKind;
  readonly clientAddress: string;
  /** What the client calls itself (`User-Agent`). */
  readonly clientName?: string | undefined;
}

/** A session just begun, with its secret, which nothing can tell again. */
export interface OpenedSession {
  readonly session: Session;
  readonly secret: PlainSecret;
}

/** A session that can be used. */
export interface UsedSession {
  readonly session: Session;
  /** Whether its end was moved on by this use; not at each, because that is a durable write. */
  readonly prolonged: boolean;
}

/** Seconds between two uses that move the end of a session on. */
const TOUCH_SECONDS = 60;
const LONGEST_NAME = 300;

/** The shape of each kind's secret; a UUID where the contract shows one (iam-rest section 2). */
const SHAPES = {
  cookie: SECRET_SHAPES.base64url,
  bearer: SECRET_SHAPES.uuid,
} as const satisfies Record<SessionKind, unknown>;

/**
 * Sessions of people who logged in. What is stored of a secret is its keyed digest; a session dies with the password that
 * it was begun with, with its account, after a while without use, and at its absolute end.
 */
@Injectable()
export class Sessions {
  constructor(
    private readonly database: Database,
    private readonly repository: SessionRepository,
    private readonly accounts: Accounts,
    private readonly configuration: Configuration,
    private readonly keyRing: KeyRing,
    private readonly random: RandomSource,
    private readonly clock: Clock,
  ) {}

  /**
   * Begins a session and ends those beyond `sessions_per_person`.
   *
   * @returns undefined when the password was changed or the account closed since the caller looked
   */
  open(wanted: NewSession): Promise<OpenedSession | undefined> {
    return this.database.transaction(async (tx) =>
      this.openIn(tx, await this.accounts.lock(tx, wanted.account.id), wanted),
    );
  }

  /** As {@link open}, in the transaction of what lets the person in, which has locked the account. */
  async openIn(
    tx: Tx,
    locked: Account,
    { account, begunBy, kind, clientAddress, clientName }: NewSession,
  ): Promise<OpenedSession | undefined> {
    const same = locked.credentialGeneration === account.credentialGeneration && locked.state === 'active';
    if (!same) return undefined;
    const { idle, whole, perPerson } = sessionLimits(await this.configuration.snapshotWithin(tx));
    const secret = SHAPES[kind].make(this.random);
    const now = this.clock.now();
    const session = Object.assign(new Session(), {
      id: randomUUID(),
      secretDigest: this.keyRing.digest(secret, SESSION_SECRET),
      kind,
      accountId: account.id,
      domainId: account.domainId,
      credentialGeneration: account.credentialGeneration,
      begunBy,
      passwordProvedAt: begunBy === 'password' ? now : null,
      factorProvedAt: null,
      clientAddress,
      clientName: clientName?.toWellFormed().replaceAll('\0', '').slice(0, LONGEST_NAME) ?? null,
      createdAt: now,
      lastUsedAt: now,
      idleUntil: this.clock.in(Math.min(idle, whole)),
      expiresAt: this.clock.in(whole),
      endedAt: null,
      endReason: null,
    });
    await this.repository.begin(tx, session, perPerson);
    return { session, secret };
  }

  /**
   * The session with this secret, kept alive by this use; `dead` for one that was there and is over, `unknown` for a
   * secret that was never given out.
   */
  async use(secret: string, kind: SessionKind): Promise<UsedSession | 'dead' | 'unknown'> {
    const { pattern, canonical } = SHAPES[kind];
    if (!pattern.test(secret)) return 'unknown';
    const digests = this.keyRing.digests(plainSecret(canonical(secret)), SESSION_SECRET);
    const now = this.clock.now();
    const found = await this.repository.bySecret(this.database.manager, digests, now);
    if (!found || found.session.kind !== kind) return 'unknown';
    if (!found.live) return 'dead';
    const { session } = found;
    const { idle } = sessionLimits(await this.configuration.snapshot());
    const idleUntil = new Date(Math.min(this.clock.in(idle).getTime(), session.expiresAt.getTime()));
    const before = this.clock.in(-Math.min(TOUCH_SECONDS, idle / 2));
    const touched =
      session.lastUsedAt <= before
        ? await this.repository.touch(this.database.manager, session.id, { now, before, idleUntil })
        : undefined;
    return { session: touched ?? session, prolonged: touched !== undefined };
  }

  /** Sessions of an account that can be used now, the one used last first. */
  list(accountId: string): Promise<Session[]> {
    return this.repository.ofAccount(this.database.manager, accountId, this.clock.now());
  }

  /** Writes down that the person of a session has proved something in it, at this moment. */
  prove({ id }: Pick<Session, 'id'>, proof: SessionProof): Promise<void> {
    return this.repository.prove(this.database.manager, id, proof, this.clock.now());
  }

  /** When the person logged in the time before, as far as that is known. */
  previous(session: Session): Promise<Date | undefined> {
    return this.repository.begunBefore(this.database.manager, session);
  }

  /** Ends one session of an account; whether it had not ended before. */
  end({ accountId, id }: Pick<Session, 'accountId' | 'id'>, reason: SessionEnd = 'ended'): Promise<boolean> {
    return this.repository.end(this.database.manager, accountId, id, reason, this.clock.now());
  }

  /** Ends all sessions of a session's account but for itself; returns how many. */
  endOthers({ accountId, id }: Pick<Session, 'accountId' | 'id'>): Promise<number> {
    return this.repository.endAll(this.database.manager, accountId, id, 'ended', this.clock.now());
  }

  /** Ends every session of an account; returns how many. */
  endAll(tx: Tx, accountId: string, reason: SessionEnd): Promise<number> {
    return this.repository.endAll(tx, accountId, null, reason, this.clock.now());
  }

  /**
   * Lets a session outlive the change of password that this transaction is about to write down, for people who change
   * their own; the others of the account die of it. The account's row is locked.
   *
   * @param session as it was when the old password was looked at
   * @param directory the person's; a remote one holds the new password by then, and nothing is taken back
   * @throws DomainError `credentials-missing` when the session was ended or carried over since, e.g. by another change with
   *   the same old password (attack class 11): it is not brought back
   */
  async carryOver(
    tx: Tx,
    session: Pick<Session, 'id' | 'credentialGeneration'>,
    { kind }: Pick<Directory, 'kind'>,
  ): Promise<void> {
    const carried = await this.repository.carryOver(tx, session, this.clock.now());
    if (!carried && kind === 'builtin') throw new DomainError('credentials-missing');
  }

  /**
   * Whether nothing has ended a session, for what was begun in it; use moves nothing on. Whoever ends it waits until the
   * transaction is over.
   */
  stands(tx: Tx, { id }: Pick<Session, 'id'>): Promise<boolean> {
    return this.repository.stands(tx, id, this.clock.now());
  }
}
