import { Injectable } from '@nestjs/common';
import { Audit } from '../../../core/audit/audit.js';
import type { Tx } from '../../../core/database/database.js';
import type { FoundPerson } from '../../../core/directory/people.js';
import { Configuration } from '../../../core/domains/configuration.js';
import { DirectEnrolment } from '../../enrolment/direct-enrolment.js';
import type { EnrolmentHolder } from '../../enrolment/enrolment-holder.js';
import type { AssignmentStatus } from '../../token-states.js';
import { type HeldToken, TokenStore } from '../../token-store.js';
import { type ListEntry, listState, type ListState } from './otp-list-codes.js';
import { otpListLowCount } from './otp-list-settings.js';
import { OtpListRepository } from './otp-list.repository.js';
import { OtpListSeeds } from './otp-list-seeds.js';

/** How a person's list stands, without its codes. */
export interface ListSummary extends ListState {
  readonly tokenId: string;
  readonly assignmentId: string;
  readonly serial: string;
  readonly status: AssignmentStatus;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  /** The highest number that was used in order, 0 at the beginning; what `OpenOTP.List_State` answers. */
  readonly offset: number;
  /** Codes that may still be used; in order, those that were skipped may not. */
  readonly left: number;
  /** Number that is asked next; undefined when the list is used up. */
  readonly next: number | undefined;
  /** Time for a new list (setting `otp_list_low_count`). */
  readonly low: boolean;
}

/** The list of a person: how far it is used up, its codes once more for printing, its end. */
@Injectable()
export class OtpLists {
  constructor(
    private readonly store: TokenStore,
    private readonly repository: OtpListRepository,
    private readonly seeds: OtpListSeeds,
    private readonly direct: DirectEnrolment,
    private readonly configuration: Configuration,
    private readonly audit: Audit,
  ) {}

  /** Undefined when the person has no list. */
  async summary(tx: Tx, found: Pick<FoundPerson, 'account' | 'domain'>): Promise<ListSummary | undefined> {
    const held = await this.held(tx, found.account.id);
    if (!held) return undefined;
    const threshold = (await this.configuration.snapshotWithin(tx)).setting(otpListLowCount, found.domain.id);
    const state = listState(held.token.state);
    const { used, next } = await this.repository.use(tx, held.token.id);
    const offset = Number(held.token.counter ?? 0);
    const left = state.size - (state.order === 'IN_ORDER' ? offset : used.size);
    return {
      ...state,
      tokenId: held.token.id,
      assignmentId: held.assignment.id,
      serial: held.token.serial,
      status: held.assignment.status,
      createdAt: held.assignment.createdAt,
      lastUsedAt: held.token.lastUsedAt,
      offset: state.order === 'IN_ORDER' ? offset : Math.max(0, ...used),
      left,
      next: left === 0 ? undefined : state.order === 'IN_ORDER' ? offset + 1 : next,
      low: left <= threshold && threshold > 0,
    };
  }

  /** The lines of a list, for its print view; the caller has made it a moment ago. */
  async entries(tx: Tx, { token }: HeldToken): Promise<ListEntry[]> {
    const { used } = await this.repository.use(tx, token.id);
    return this.seeds.codes(token).map((code, index) => ({ number: index + 1, code, used: used.has(index + 1) }));
  }

  /**
   * The lines of the person's list once more (manager-json-rpc section 12, `OpenOTP.List_Fetch`), written down in the
   * audit. Undefined when there is none.
   */
  async fetch(tx: Tx, { found, context, requestId }: EnrolmentHolder): Promise<ListEntry[] | undefined> {
    const held = await this.held(tx, found.account.id);
    if (!held) return undefined;
    await this.audit.record(tx, {
      ...context,
      event: 'otp-list.shown',
      outcome: 'success',
      accountId: found.account.id,
      requestId,
      detail: { serial: held.token.serial },
    });
    return this.entries(tx, held);
  }

  /** @returns false when the person has none */
  async remove(tx: Tx, holder: EnrolmentHolder): Promise<boolean> {
    return (await this.direct.removeAll(tx, holder, 'OTPList')) > 0;
  }

  private async held(tx: Tx, accountId: string): Promise<HeldToken | undefined> {
    const [held] = await this.store.ofAccount(tx, accountId, ['OTPList']);
    return held;
  }
}
