import { Injectable } from '@nestjs/common';
import type { KeyedDigest, Sealed } from '../../core/crypto/secret-types.js';
import { Database, rows, type Tx } from '../../core/database/database.js';
import type { TokenAdvance } from '../token-kind.js';
import type { CountedFor, TokenKindName } from '../token-kinds.js';
import type { UsableToken } from '../usable-token.js';
import {
  BY_DIGEST,
  COUNT,
  COUNT_AND_READ,
  GIVE_BACK_IF_KNOWN,
  LOCKED,
  REMEMBER_CANDIDATE,
  SETTLE,
  USABLE_TOKENS,
} from './attempt-statements.js';

/** Before every moment that can be stored; a lock is never older. */
const NEVER = new Date(0);

/** What is counted, and how far. */
export interface CountedAuthenticator {
  readonly accountId: string;
  readonly authenticator: CountedFor;
  readonly now: Date;
  /** Attempts that are examined in a row. */
  readonly limit: number;
  /** A lock that began before this moment is over; undefined = a lock has no end. */
  readonly unlockedBefore: Date | undefined;
}

/** An attempt about to be made at tokens. */
export interface AttemptStart extends CountedAuthenticator {
  readonly kinds: readonly TokenKindName[];
  /** The one token that is meant; all that are usable when absent. */
  readonly tokenId: string | undefined;
  /** The serial number that it must have; any when absent. */
  readonly serial?: string | undefined;
}

export interface CountedAttempt {
  /** Most wanted first; empty when nothing is usable, and then nothing was counted. */
  readonly tokens: readonly UsableToken[];
  /** The authenticator is locked: the attempt was not counted and must not be examined. */
  readonly locked: boolean;
  /** The person's PIN code, where there is one. */
  readonly pin: { readonly tokenId: string; readonly digest: KeyedDigest } | undefined;
}

/** What is written down when an attempt was right. */
export interface AttemptSuccess {
  readonly start: AttemptStart;
  readonly token: UsableToken;
  readonly advance: TokenAdvance;
  /** Digests of which one must be found unused among the token's codes. */
  readonly lookUp: readonly KeyedDigest[] | undefined;
  /** Digest of the passcode for the history; undefined where the kind has none. */
  readonly passcode: KeyedDigest | undefined;
  /** Entries of the history that are kept. */
  readonly history: number;
  /** The challenge that was answered; it must be open still, and is used up. */
  readonly challengeId: string | undefined;
  /** Values of the audit row, see `Audit.values`. */
  readonly audit: readonly unknown[];
}

interface Row extends UsableRow {
  readonly failures: number | null;
  readonly pin_token_id: string | null;
  readonly pin_digest: KeyedDigest | null;
}

interface UsableRow {
  readonly token_id: string;
  readonly assignment_id: string;
  readonly serial: string;
  readonly kind: TokenKindName;
  readonly product: string;
  readonly secret_sealed: Sealed | null;
  readonly secret_digest: KeyedDigest | null;
  readonly state: Record<string, unknown>;
  readonly counter: string | null;
  readonly drift: number;
  readonly candidate_counter: string | null;
  readonly candidate_at: Date | null;
  readonly passcode_history: KeyedDigest[];
  readonly assignment_pin_digest: KeyedDigest | null;
  readonly slot: string | null;
  readonly name: string | null;
}

/** The two statements of a verification (design, invariant 12). Each is committed by itself. */
@Injectable()
export class AttemptRepository {
  constructor(private readonly database: Database) {}

  /** Counts the attempt, and reads what it may succeed with. */
  async begin(start: AttemptStart): Promise<CountedAttempt> {
    const found = await rows<Row>(this.database.manager, COUNT_AND_READ, [
      start.accountId,
      start.authenticator,
      start.now,
      start.kinds,
      start.tokenId ?? null,
      start.limit,
      start.unlockedBefore ?? NEVER,
      start.serial ?? null,
    ]);
    const [first] = found;
    const pin = first?.pin_token_id && first.pin_digest && { tokenId: first.pin_token_id, digest: first.pin_digest };
    return { tokens: found.map(usable), locked: first?.failures === null, pin: pin || undefined };
  }

  /** The tokens that an attempt could succeed with, most wanted first; nothing is counted. */
  async usable({
    accountId,
    kinds,
    tokenId,
    now,
  }: Pick<AttemptStart, 'accountId' | 'kinds' | 'tokenId' | 'now'>): Promise<UsableToken[]> {
    const found = await rows<UsableRow>(this.database.manager, USABLE_TOKENS, [accountId, tokenId ?? null, now, kinds]);
    return found.map(usable);
  }

  /** Counts an attempt for which no token is needed. @returns false while the authenticator is locked */
  async count(counted: CountedAuthenticator): Promise<boolean> {
    const { accountId, authenticator, now, limit, unlockedBefore = NEVER } = counted;
    const found = await rows(this.database.manager, COUNT, [accountId, authenticator, now, limit, unlockedBefore]);
    return found.length > 0;
  }

  /** Whether an attempt would find the authenticator locked; nothing is counted. */
  async locked(counted: CountedAuthenticator): Promise<boolean> {
    const { accountId, authenticator, now, limit, unlockedBefore = NEVER } = counted;
    const found = await rows(this.database.manager, LOCKED, [accountId, authenticator, limit, unlockedBefore, now]);
    return found.length > 0;
  }

  /** Forgets the failures: an attempt without a token was right. */
  async forgetFailures(tx: Tx, { accountId, authenticator }: CountedAuthenticator): Promise<void> {
    await rows(tx, 'UPDATE authenticator_counters SET failures = 0 WHERE account_id = $1 AND authenticator = $2', [
      accountId,
      authenticator,
    ]);
  }

  /** The usable token of a counted attempt that holds one of these digests. */
  async byDigest(start: AttemptStart, digests: readonly KeyedDigest[]): Promise<UsableToken | undefined> {
    const [row] = await rows<UsableRow>(this.database.manager, BY_DIGEST, [
      start.accountId,
      start.kinds,
      start.now,
      digests,
    ]);
    return row && usable(row);
  }

  /** Takes the count back where what was shown is a secret of this person that does not work any more. */
  async giveBackIfKnown(start: AttemptStart, digests: readonly KeyedDigest[]): Promise<void> {
    const { accountId, authenticator, kinds } = start;
    await rows(this.database.manager, GIVE_BACK_IF_KNOWN, [accountId, authenticator, kinds, digests]);
  }

  /** @returns whether the attempt counts as right: false when another one with the same passcode was first */
  async settle({ start, token, advance, ...success }: AttemptSuccess): Promise<boolean> {
    const [outcome] = await rows<{ won: boolean }>(this.database.manager, SETTLE, [
      start.accountId,
      start.authenticator,
      start.now,
      token.tokenId,
      token.assignmentId,
      advance.counter ?? null,
      advance.drift ?? null,
      success.lookUp ?? null,
      success.passcode ?? null,
      success.history,
      success.challengeId ?? null,
      ...success.audit,
    ]);
    return outcome?.won === true;
  }

  /** Remembers a moving factor outside the accepted window (section 6.2); the attempt is not counted. */
  async rememberCandidate(start: AttemptStart, token: UsableToken, counter: number): Promise<void> {
    const { accountId, authenticator, now } = start;
    await rows(this.database.manager, REMEMBER_CANDIDATE, [token.tokenId, counter, now, accountId, authenticator]);
  }

  /** Any other passcode forgets the candidate. */
  async forgetCandidate(token: UsableToken): Promise<void> {
    await rows(this.database.manager, 'UPDATE tokens SET candidate_counter = NULL, candidate_at = NULL WHERE id = $1', [
      token.tokenId,
    ]);
  }
}

function usable(row: UsableRow): UsableToken {
  return {
    tokenId: row.token_id,
    assignmentId: row.assignment_id,
    serial: row.serial,
    kind: row.kind,
    product: row.product,
    secretSealed: row.secret_sealed,
    secretDigest: row.secret_digest,
    state: row.state,
    counter: row.counter === null ? null : Number(row.counter),
    drift: row.drift,
    candidateCounter: row.candidate_counter === null ? null : Number(row.candidate_counter),
    candidateAt: row.candidate_at,
    passcodeHistory: row.passcode_history,
    pinDigest: row.assignment_pin_digest,
    slot: row.slot,
    name: row.name,
  };
}
