import { Injectable } from '@nestjs/common';
import { Configuration } from '../../core/domains/configuration.js';
import { RequestLedger, type RequestRecord } from '../../core/requests/request-ledger.js';
import { type MessageStatus, MessageLedger } from '../../delivery/message-ledger.js';
import type { RestRow } from '../../surfaces/iam-rest/list-rows.js';
import { Database } from '../../core/database/database.js';
import { accountRecovery, invitation, selfRegistration } from '../links/link-purposes.js';
import { restDate } from '../sessions/session-view.js';

/** The collections of iam-rest section 6. */
export const RECORD_CLASSES = ['PwdResetRequests', 'SelfRegisterRequests', 'Invites'] as const;
export type RecordClass = (typeof RECORD_CLASSES)[number];

const PURPOSES: Readonly<Record<RecordClass, string>> = {
  PwdResetRequests: accountRecovery.name,
  SelfRegisterRequests: selfRegistration.name,
  Invites: invitation.name,
};

/** Live records that are read at most. */
const MOST = 10_000;

/**
 * Records of requests that are alive (iam-rest section 6), newest first. They show a record number where the vendor shows the
 * id, which is the secret itself, and no `url`.
 */
@Injectable()
export class RecordsService {
  constructor(
    private readonly ledger: RequestLedger,
    private readonly messages: MessageLedger,
    private readonly configuration: Configuration,
    private readonly database: Database,
  ) {}

  async list(kind: RecordClass): Promise<RestRow[]> {
    const found = await this.ledger.ofPurposes([PURPOSES[kind]], { live: true }, { offset: 0, limit: MOST });
    const letters = await this.messages.forRequests(found.map(({ id }) => id));
    const byRequest = new Map(letters.map((letter) => [letter.requestId, letter]));
    const snapshot = await this.configuration.snapshot();
    const userIds = await this.userIds(found);
    return found.map((record) => ({
      ...rowOf(record, byRequest.get(record.id), snapshot.domainById(record.domainId)?.name ?? ''),
      ...particulars(kind, record, userIds),
    }));
  }

  /** The directory's ids of the people whom records are about, and of who made them. */
  private async userIds(records: readonly RequestRecord[]): Promise<ReadonlyMap<string, string>> {
    const about = records.flatMap(({ accountId, createdByAccountId }) => [accountId, createdByAccountId]);
    const ids = [...new Set(about.filter((id) => id !== null))];
    if (ids.length === 0) return new Map();
    const found = await this.database.query<{ id: string; directory_key: string }>(
      'SELECT id, directory_key FROM accounts WHERE id = ANY($1)',
      [ids],
    );
    return new Map(found.map(({ id, directory_key: key }) => [id, key]));
  }
}

function rowOf(record: RequestRecord, letter: MessageStatus | undefined, domain: string): RestRow {
  const { number, createdAddress, createdAt, expiresAt, openedAt, payload } = record;
  return {
    id: number,
    remoteIp: createdAddress ?? '',
    ...statusOf(letter),
    domain,
    email: text(payload['email']),
    ts: restDate(createdAt),
    openedAt: openedAt && restDate(openedAt),
    ttl: Math.round((expiresAt.getTime() - createdAt.getTime()) / 1_000),
  };
}

/** What each collection has besides; of a key, what kind it was decides, for what was typed may be anything. */
function particulars(kind: RecordClass, record: RequestRecord, userIds: ReadonlyMap<string, string>): RestRow {
  const { login, createdBy, payload } = record;
  const idOf = (accountId: string | null): string => userIds.get(accountId ?? '') ?? '';
  const userId = idOf(record.accountId);
  const key = payload['key'] === 'email' ? text(payload['email']) : login;
  const rows: Readonly<Record<RecordClass, RestRow>> = {
    PwdResetRequests: { key, userId, userLogin: login },
    SelfRegisterRequests: { login, name: text(payload['name']) },
    Invites: { adminId: idOf(record.createdByAccountId), adminLogin: createdBy, userId, userLogin: login },
  };
  return rows[kind];
}

/** `initial` made, `sent` letter gone, `error` mail failed for good. */
function statusOf(letter: MessageStatus | undefined): RestRow {
  if (letter?.state === 'sent') return { status: 'sent', statusText: '' };
  if (letter?.state === 'failed') return { status: 'error', statusText: letter.reason ?? '' };
  return { status: 'initial', statusText: letter?.reason ?? '' };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
