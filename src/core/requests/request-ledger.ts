import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import type { OneTimeRequest } from './one-time-request.entity.js';
import { OneTimeRequestRepository, type RequestPage, type RequestSelection } from './one-time-request.repository.js';
import type { RequestState } from './request-states.js';

/** One line of the ledger: a request as its person, a help desk or an auditor may see it. Holds no secret. */
export interface LedgerEntry {
  readonly id: string;
  /** Public record number. */
  readonly number: string;
  readonly purpose: string;
  readonly domainId: string;
  /** Absent while no account exists yet. */
  readonly accountId: string | null;
  readonly state: RequestState;
  readonly login: string;
  readonly createdBy: string;
  /** Absent where no person of ours has made it. */
  readonly createdByAccountId: string | null;
  readonly createdAddress: string | null;
  readonly deliveryMethod: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly sentAt: Date | null;
  readonly openedAt: Date | null;
  readonly openedAddress: string | null;
  readonly endedAt: Date | null;
  readonly endReason: string | null;
}

/** A line with what its purpose keeps besides, for the surface that made it; it knows what of that may be shown. */
export interface RequestRecord extends LedgerEntry {
  readonly payload: Readonly<Record<string, unknown>>;
}

/** Which records of some purposes a list shows. */
export type RecordFilter = Omit<RequestSelection, 'purposes'>;

/** Kept requests of one person that a list without pages shows at most. */
const WHOLE: RequestPage = { offset: 0, limit: 1_000 };

/** The one read model of everything outstanding for a person, of every purpose and from every surface. */
@Injectable()
export class RequestLedger {
  constructor(
    private readonly database: Database,
    private readonly requests: OneTimeRequestRepository,
  ) {}

  /** What the person could still use, newest first. */
  outstanding(accountId: string): Promise<LedgerEntry[]> {
    return this.list({ accountId, live: true }, WHOLE);
  }

  /** Everything kept about the person, newest first, the thousand newest at most. */
  everything(accountId: string): Promise<LedgerEntry[]> {
    return this.list({ accountId }, WHOLE);
  }

  /**
   * Records of these purposes, newest first, a page at a time: the collections of iam-rest section 6, and what a person
   * sees of themselves.
   *
   * @param page how many to skip and how many to give
   */
  async ofPurposes(purposes: readonly string[], filter: RecordFilter, page: RequestPage): Promise<RequestRecord[]> {
    const found = await this.requests.select(this.database.manager, { ...filter, purposes }, page);
    return found.map((request) => ({ ...entry(request), payload: request.payload }));
  }

  private async list(selection: RequestSelection, page: RequestPage): Promise<LedgerEntry[]> {
    return (await this.requests.select(this.database.manager, selection, page)).map(entry);
  }
}

function entry(request: OneTimeRequest): LedgerEntry {
  const { id, number, purpose, domainId, accountId, state, login, createdBy, createdByAccountId } = request;
  const { createdAddress, deliveryMethod, createdAt, expiresAt, sentAt, openedAt, openedAddress, endedAt, endReason } =
    request;
  return {
    id,
    number,
    purpose,
    domainId,
    accountId,
    state,
    login,
    createdBy,
    createdByAccountId,
    createdAddress,
    deliveryMethod,
    createdAt,
    expiresAt,
    sentAt,
    openedAt,
    openedAddress,
    endedAt,
    endReason,
  };
}
