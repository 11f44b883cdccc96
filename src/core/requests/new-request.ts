import type { KeyedDigest } from '../crypto/secret-types.js';
import type { Account } from '../directory/account.entity.js';
import type { Domain } from '../domains/domain.entity.js';
import type { Clock } from '../time/clock.js';
import type { DeliveryMethod, OneTimeRequest } from './one-time-request.entity.js';
import type { RequestPurpose } from './request-purpose.js';

/** Who asked for a request. */
export interface RequestCreator {
  /** `DOMAIN\login` of an administrator, or `anonymous`. */
  readonly label: string;
  readonly accountId: string | null;
  readonly address: string | null;
  /** Identifier of the HTTP request. */
  readonly correlationId?: string | undefined;
}

/** A PIN for the person, bound to the request (user-requests section 3, *PIN flow*). */
export interface NewPin {
  readonly digits: number;
  /** Seconds; no longer than the request itself. */
  readonly validSeconds: number;
  /** Wrong tries after which the request is locked. */
  readonly attemptLimit: number;
}

export interface NewRequest {
  readonly purpose: RequestPurpose;
  /** Its record number, where it does not take the next one. */
  readonly number?: string;
  readonly domain: Domain;
  /** The account, locked in the transaction (`Accounts.lock`); null while none exists yet. */
  readonly account: Account | null;
  readonly login: string;
  /** DN of the person for the audit; the login unless it is known. */
  readonly target?: string | undefined;
  /** What the directory says of the person's password now (`Person.passwordChangedAt`). */
  readonly passwordChangedAt?: Date | undefined;
  readonly creator: RequestCreator;
  /** Older ones that it leaves alone, whatever its purpose supersedes: those that an administrator asked for. */
  readonly spares?: 'administrators';
  /** Seconds for which its secrets work. */
  readonly validSeconds: number;
  readonly deliveryMethod: DeliveryMethod;
  readonly secondFactor?: boolean;
  readonly comments?: string | undefined;
  readonly payload?: Record<string, unknown>;
  /**
   * A code for the caller: one that opens the request, or one that is only a receipt (user-requests section 3, "the
   * anonymous trap").
   */
  readonly receipt?: 'opens' | 'only-a-receipt';
  readonly pin?: NewPin;
}

/** Digests of the secrets that were made for a request. */
export interface NewDigests {
  readonly link: KeyedDigest;
  readonly receipt?: KeyedDigest | undefined;
  readonly pin?: KeyedDigest | undefined;
}

/** A row without what the database gives it. */
export type NewRow = Omit<OneTimeRequest, 'number'> & { readonly number?: string };

/** The row of a request that was just asked for; one that nobody delivers is `sent` from the start. */
export function newRow(id: string, request: NewRequest, digests: NewDigests, clock: Clock): NewRow {
  const { purpose, account, creator, pin } = request;
  const delivered = request.deliveryMethod === 'NONE';
  const now = clock.now();
  return {
    id,
    ...(request.number !== undefined && { number: request.number }),
    purpose: purpose.name,
    state: delivered ? 'sent' : 'created',
    domainId: request.domain.id,
    accountId: account?.id ?? null,
    login: request.login,
    linkDigest: digests.link,
    receiptDigest: digests.receipt ?? null,
    receiptOpens: request.receipt === 'opens',
    keepsCodes: purpose.tellsEnd ?? false,
    outlivesCredentials: purpose.outlivesCredentials ?? false,
    pinDigest: digests.pin ?? null,
    pinExpiresAt: pin ? clock.in(Math.min(pin.validSeconds, request.validSeconds)) : null,
    pinAttempts: 0,
    pinAttemptLimit: pin?.attemptLimit ?? null,
    attempts: 0,
    attemptLimit: purpose.attemptLimit,
    deliveryMethod: request.deliveryMethod,
    secondFactor: request.secondFactor ?? false,
    requiredSteps: [],
    passedSteps: [],
    comments: request.comments ?? null,
    payload: request.payload ?? {},
    credentialGeneration: account?.credentialGeneration ?? 0,
    passwordChangedAt: request.passwordChangedAt ?? null,
    createdBy: creator.label,
    createdByAccountId: creator.accountId,
    createdAddress: creator.address,
    createdAt: now,
    expiresAt: clock.in(request.validSeconds),
    sentAt: delivered ? now : null,
    openedAt: null,
    openedAddress: null,
    pageSessionDigest: null,
    pageSessionSeenAt: null,
    claimedAt: null,
    endedAt: null,
    endReason: null,
  };
}
