import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import type { OneTimeRequest } from './one-time-request.entity.js';
import { OneTimeRequestRepository } from './one-time-request.repository.js';
import type { RequestState } from './request-states.js';

/** One line of the ledger: a request as its person, a help desk or an auditor may see it. Holds no secret. */
export interface LedgerEntry {
  readonly id: string;
  /** Public record number. */
  readonly number: string;
  readonly purpose: string;
  readonly state: RequestState;
  readonly login: string;
  readonly createdBy: string;
  readonly createdAddress: string | null;
  readonly deliveryMethod: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly openedAt: Date | null;
  readonly openedAddress: string | null;
  readonly endedAt: Date | null;
  readonly endReason: string | null;
}

/** The one read model of everything outstanding for a person, of every purpose and from every surface. */
@Injectable()
export class RequestLedger {
  constructor(
    private readonly database: Database,
    private readonly requests: OneTimeRequestRepository,
  ) {}

  /** What the person could still use, newest first. */
  async outstanding(accountId: string): Promise<LedgerEntry[]> {
    return (await this.requests.ofAccount(this.database.manager, accountId, 'live')).map(entry);
  }

  /** Everything kept about the person, newest first. */
  async everything(accountId: string): Promise<LedgerEntry[]> {
    return (await this.requests.ofAccount(this.database.manager, accountId, 'all')).map(entry);
  }
}

function entry(request: OneTimeRequest): LedgerEntry {
  const { id, number, purpose, state, login, createdBy, createdAddress, deliveryMethod } = request;
  const { createdAt, expiresAt, openedAt, openedAddress, endedAt, endReason } = request;
  return {
    id,
    number,
    purpose,
    state,
    login,
    createdBy,
    createdAddress,
    deliveryMethod,
    createdAt,
    expiresAt,
    openedAt,
    openedAddress,
    endedAt,
    endReason,
  };
}
