import { Injectable } from '@nestjs/common';
import type { AdministratorCaller } from '../core/administrators/administrator-caller.js';
import { ReachablePeople } from '../core/administrators/reachable-people.js';
import { reachesEverybody } from '../core/administrators/rights.js';
import type { AuditEvent } from '../core/audit/audit-event.entity.js';
import { Database } from '../core/database/database.js';
import { Configuration } from '../core/domains/configuration.js';
import { DomainError } from '../core/errors/domain-error.js';
import { type EventApplication, eventsOf } from './event-applications.js';

/** A line of the log, as the wire names its parts. */
export interface EventLog {
  /** `YYYY-MM-DD HH:MM:SS`, UTC. */
  readonly time: string;
  /** Who did it. */
  readonly client: string;
  /** To whom: a distinguished name, or what was typed. */
  readonly dn: string;
  /** The server's own name. */
  readonly host: string;
  /** What belongs together: the one-time request, or else the HTTP request. */
  readonly session: string;
  /** Address that it came from. */
  readonly source: string;
  readonly text: string;
}

type Row = Pick<AuditEvent, 'at' | 'event' | 'outcome' | 'code' | 'actor' | 'target'> & {
  readonly client_address: string | null;
  readonly request_id: string | null;
  readonly correlation_id: string | null;
};

/** The audit as a help desk may read it: what happened in the domains that the caller reaches, the newest first. */
@Injectable()
export class EventLogs {
  constructor(
    private readonly database: Database,
    private readonly configuration: Configuration,
    private readonly people: ReachablePeople,
  ) {}

  /** Events about one person, or about everybody; none about who is unknown or out of reach. */
  async find(
    caller: AdministratorCaller,
    { application, max, dn }: { application: EventApplication; max: number; dn?: string | undefined },
  ): Promise<EventLog[]> {
    const accounts = dn === undefined ? null : await this.accountsOf(caller, dn);
    if (accounts?.length === 0) return [];
    const { not, things } = eventsOf(application);
    const snapshot = await this.configuration.snapshot();
    const domain = reachesEverybody(caller.role) ? undefined : snapshot.domainById(caller.domainId);
    const rows = await this.database.query<Row>(
      `SELECT at, event, outcome, code, actor, target, client_address, request_id, correlation_id FROM audit_events
       WHERE (split_part(event, '.', 1) = ANY ($1)) <> $2
         AND ($3::uuid[] IS NULL OR account_id = ANY ($3))
         AND ($4::uuid IS NULL OR domain = $5 OR account_id IN (SELECT id FROM accounts WHERE domain_id = $4))
       ORDER BY at DESC, id DESC LIMIT $6`,
      [things, not, accounts, domain?.id ?? null, domain?.name ?? null, max],
    );
    const host = snapshot.publicUrl === undefined ? '' : new URL(snapshot.publicUrl).hostname;
    return rows.map((row) => logOf(row, host));
  }

  private async accountsOf(caller: AdministratorCaller, dn: string): Promise<string[]> {
    try {
      return (await this.people.everywhere(caller, dn)).map(({ account }) => account.id);
    } catch (error) {
      if (DomainError.is(error, 'dn-not-valid')) return [];
      throw error;
    }
  }
}

function logOf(row: Row, host: string): EventLog {
  return {
    time: row.at.toISOString().slice(0, 19).replace('T', ' '),
    client: row.actor,
    dn: row.target ?? '',
    host,
    session: row.request_id ?? row.correlation_id ?? '',
    source: row.client_address ?? '',
    text: `${row.event}: ${row.outcome}${row.code === null ? '' : ` (${row.code})`}`,
  };
}
