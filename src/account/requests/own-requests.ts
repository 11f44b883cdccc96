import { Injectable } from '@nestjs/common';
import { Database } from '../../core/database/database.js';
import { Accounts } from '../../core/directory/accounts.js';
import { OneTimeRequests } from '../../core/requests/one-time-requests.js';
import { type LedgerEntry, RequestLedger } from '../../core/requests/request-ledger.js';
import { personAt } from '../../core/requests/request-sessions.js';
import type { BrowserSession } from '../../sessions/web/browser-sessions.js';
import { tokenEnrolment } from '../../tokens/enrolment/enrolment-link.js';
import { authenticatorFreeze } from '../../tokens/enrolment/freeze.purpose.js';
import { accountSecondFactor } from '../step-up/second-factor.purpose.js';

type SignedIn = Pick<BrowserSession, 'found' | 'client'>;

/**
 * What people do not see here: steps of these pages themselves, and the links by which the owner of an account stops a
 * change that somebody else made, who may well be the one who is signed in.
 */
const UNSEEN: ReadonlySet<string> = new Set([accountSecondFactor.name, authenticatorFreeze.name]);

/** Requests kept of one account at most that a session is looked for in. */
const MANY = 200;

/** One-time requests of every surface that were made for a person. */
@Injectable()
export class OwnRequests {
  constructor(
    private readonly ledger: RequestLedger,
    private readonly requests: OneTimeRequests,
    private readonly accounts: Accounts,
    private readonly database: Database,
  ) {}

  /** What could still be used, newest first. */
  async list(accountId: string): Promise<LedgerEntry[]> {
    return (await this.ledger.outstanding(accountId)).filter(({ purpose }) => !UNSEEN.has(purpose));
  }

  /**
   * Ends one.
   *
   * @param number its record number
   * @returns whether it was still alive; undefined for one that is not this person's, or over, or not to be seen
   */
  async cancel({ found, client }: SignedIn, number: string): Promise<boolean | undefined> {
    const entry = (await this.list(found.account.id)).find((listed) => listed.number === number);
    if (!entry) return undefined;
    return this.database.transaction(async (tx) => {
      await this.accounts.lock(tx, found.account.id);
      return this.requests.cancelOne(tx, entry.id, 'person', personAt({ found }, client));
    });
  }

  /** Ends what was begun in sessions that have ended: nobody goes on with it in the same browser. */
  async cancelThoseOf({ found, client }: SignedIn, sessions: readonly string[]): Promise<void> {
    const purposes = [accountSecondFactor.name, tokenEnrolment.name];
    const filter = { accountId: found.account.id, live: true };
    const begun = await this.ledger.ofPurposes(purposes, filter, { offset: 0, limit: MANY });
    const ended = begun.filter(({ payload }) => sessions.includes(sessionOf(payload) ?? ''));
    if (ended.length === 0) return;
    await this.database.transaction(async (tx) => {
      await this.accounts.lock(tx, found.account.id);
      for (const { id } of ended) await this.requests.cancelOne(tx, id, 'person', personAt({ found }, client));
    });
  }
}

function sessionOf(payload: Readonly<Record<string, unknown>>): string | undefined {
  const { own, session } = payload as { own?: { session: string }; session?: string };
  return own?.session ?? session;
}
