import { randomUUID } from 'node:crypto';
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
}

export interface NewRequest {
  readonly purpose: RequestPurpose;
  readonly domain: Domain;
  /** The account, locked in the transaction (`Accounts.lock`); null while none exists yet. */
  readonly account: Account | null;
  readonly login: string;
  /** What the directory says of the person's password now (`Person.passwordChangedAt`). */
  readonly passwordChangedAt?: Date | undefined;
  readonly creator: RequestCreator;
  /** Seconds for which its secrets work. */
  readonly validSeconds: number;
  readonly deliveryMethod: DeliveryMethod;
  readonly secondFactor?: boolean;
  readonly comments?: string | undefined;
  readonly payload?: Record<string, unknown>;
}

/** The row of a request that was just asked for. */
export function newRow(request: NewRequest, linkDigest: KeyedDigest, clock: Clock): Omit<OneTimeRequest, 'number'> {
  const { purpose, account, creator } = request;
  return {
    id: randomUUID(),
    purpose: purpose.name,
    state: 'created',
    domainId: request.domain.id,
    accountId: account?.id ?? null,
    login: request.login,
    linkDigest,
    receiptDigest: null,
    pinDigest: null,
    receiptOpens: false,
    pinExpiresAt: null,
    pinAttempts: 0,
    pinAttemptLimit: null,
    attempts: 0,
    attemptLimit: purpose.attemptLimit,
    deliveryMethod: request.deliveryMethod,
    secondFactor: request.secondFactor ?? false,
    comments: request.comments ?? null,
    payload: request.payload ?? {},
    credentialGeneration: account?.credentialGeneration ?? 0,
    passwordChangedAt: request.passwordChangedAt ?? null,
    createdBy: creator.label,
    createdByAccountId: creator.accountId,
    createdAddress: creator.address,
    createdAt: clock.now(),
    expiresAt: clock.in(request.validSeconds),
    sentAt: null,
    openedAt: null,
    openedAddress: null,
    pageSessionDigest: null,
    pageSessionSeenAt: null,
    claimedAt: null,
    endedAt: null,
    endReason: null,
  };
}
