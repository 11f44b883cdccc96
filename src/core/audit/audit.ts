import { Injectable } from '@nestjs/common';
import { rows, type Tx } from '../database/database.js';
import type { DomainErrorCode } from '../errors/domain-error.js';
import { Clock } from '../time/clock.js';
import type { AuditOutcome } from './audit-event.entity.js';
import { printable } from './printable.js';

/** An event to be recorded. None of its texts may hold a secret. */
export interface NewAuditEvent {
  /** What happened, `<thing>.<past participle>`, e.g. `password-reset.sent`. */
  readonly event: string;
  readonly outcome: AuditOutcome;
  readonly code?: DomainErrorCode | undefined;
  /** `DOMAIN\login` of an administrator, `person`, `system` or `anonymous`. */
  readonly actor: string;
  readonly clientAddress?: string | undefined;
  readonly domain?: string | undefined;
  readonly accountId?: string | null | undefined;
  /** DN of the person concerned, or what was typed when nobody was found. */
  readonly target?: string | undefined;
  readonly requestId?: string | null | undefined;
  readonly correlationId?: string | undefined;
  readonly detail?: Readonly<Record<string, string | number | boolean | null>> | undefined;
}

const LONGEST_TEXT = 1_000;

/** Columns of an audit row, in the order of {@link Audit.values}. */
export const AUDIT_COLUMNS =
  'at, event, outcome, code, actor, client_address, domain, account_id, target, request_id, correlation_id, detail';

/**
 * The append-only record of what happened. Give it the transaction of the act itself, so that neither exists without
 * the other; texts are made printable first, so that odd input never turns an answer into a fault (attack class 63).
 */
@Injectable()
export class Audit {
  constructor(private readonly clock: Clock) {}

  async record(tx: Tx, event: NewAuditEvent): Promise<void> {
    const values = this.values(event);
    const places = values.map((_, index) => `$${index + 1}`).join(', ');
    await rows(tx, `INSERT INTO audit_events (${AUDIT_COLUMNS}) VALUES (${places})`, values);
  }

  /**
   * The values of {@link AUDIT_COLUMNS}, for a statement that writes the row together with what it records: an act and
   * its record in one round trip.
   */
  values(event: NewAuditEvent): unknown[] {
    return [
      this.clock.now(),
      event.event,
      event.outcome,
      event.code ?? null,
      printable(event.actor, LONGEST_TEXT),
      event.clientAddress ?? null,
      event.domain === undefined ? null : printable(event.domain, LONGEST_TEXT),
      event.accountId ?? null,
      event.target === undefined ? null : printable(event.target, LONGEST_TEXT),
      event.requestId ?? null,
      event.correlationId === undefined ? null : printable(event.correlationId, LONGEST_TEXT),
      event.detail ? JSON.stringify(printableDetail(event.detail)) : null,
    ];
  }
}

function printableDetail(detail: NonNullable<NewAuditEvent['detail']>): NonNullable<NewAuditEvent['detail']> {
  return Object.fromEntries(
    Object.entries(detail).map(([key, value]) => [
      key,
      typeof value === 'string' ? printable(value, LONGEST_TEXT) : value,
    ]),
  );
}
