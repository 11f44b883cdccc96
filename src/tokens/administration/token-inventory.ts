import { Injectable } from '@nestjs/common';
import { Audit } from '../../core/audit/audit.js';
import { Database, rows, type Tx } from '../../core/database/database.js';
import { foldName } from '../../core/domains/fold-name.js';
import { DomainError } from '../../core/errors/domain-error.js';
import type { AssignmentStatus, TokenStatus } from '../token-states.js';
import { TokenStore } from '../token-store.js';
import type { Token } from '../token.entity.js';
import type { TokenKindName } from '../token-kinds.js';

/** A token in a list: no secret, and whose it is. */
export interface ListedToken {
  readonly serial: string;
  readonly kind: TokenKindName;
  readonly product: string;
  readonly status: TokenStatus;
  /** `domain\login`; null while nobody has it. */
  readonly owner: string | null;
  readonly slot: string | null;
  readonly assignmentStatus: AssignmentStatus | null;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
}

export interface InventoryFilter {
  readonly serial?: string | undefined;
  /** Name of a domain: tokens that its people have. */
  readonly domain?: string | undefined;
  readonly login?: string | undefined;
  readonly product?: string | undefined;
}

const PAGE_SIZE = 500;

/** After the row that came last; a token that several people have is several rows. */
const LIST = `
  SELECT COALESCE(a.id::text, '') AS "assignmentId", t.serial, t.kind, t.product, t.status, d.name || E'\\\\' || c.login AS owner, a.slot,
    a.status AS "assignmentStatus", t.created_at AS "createdAt", t.last_used_at AS "lastUsedAt"
  FROM tokens t
  LEFT JOIN token_assignments a ON a.token_id = t.id AND a.ended_at IS NULL
  LEFT JOIN accounts c ON c.id = a.account_id
  LEFT JOIN domains d ON d.id = c.domain_id
  WHERE t.serial >= $1 AND (t.serial, COALESCE(a.id::text, '')) > ($1, $2)
    AND ($3::text IS NULL OR t.serial = $3) AND ($4::text IS NULL OR d.name_key = $4)
    AND ($5::text IS NULL OR lower(c.login) = lower($5)) AND ($6::text IS NULL OR t.product = $6)
  ORDER BY t.serial, COALESCE(a.id::text, '') LIMIT ${PAGE_SIZE}`;

/** The tokens of the whole server, as an operator looks after them. */
@Injectable()
export class TokenInventory {
  constructor(
    private readonly database: Database,
    private readonly store: TokenStore,
    private readonly audit: Audit,
  ) {}

  /** Tokens in the order of their serials, page by page. */
  async *list({ serial, domain, login, product }: InventoryFilter = {}): AsyncGenerator<ListedToken> {
    const filter = [serial, domain && foldName(domain), login, product].map((wanted) => wanted ?? null);
    for (let last = ['', '']; ;) {
      const page = await this.database.query<ListedToken & { assignmentId: string }>(LIST, [...last, ...filter]);
      for (const { assignmentId, ...token } of page) {
        yield token;
        last = [token.serial, assignmentId];
      }
      if (page.length < PAGE_SIZE) return;
    }
  }

  /**
   * Switches a token off or on, whoever has it.
   *
   * @returns whether anything changed
   * @throws DomainError `token-not-found`
   */
  async setStatus(serial: string, status: Exclude<TokenStatus, 'DECEASED'>): Promise<boolean> {
    return this.change(serial, status === 'ACTIVE' ? 'token.enabled' : 'token.disabled', async (tx, token) => {
      return (await this.store.setStatus(tx, token.id, status)) !== undefined;
    });
  }

  /**
   * Takes a token back from whoever has it; it stays in the store.
   *
   * @returns whether anybody had it
   * @throws DomainError `token-not-found`
   */
  async unassign(serial: string): Promise<boolean> {
    return this.change(serial, 'token.unassigned', async (tx, token) => {
      const held = await rows<{ id: string }>(
        tx,
        'SELECT id FROM token_assignments WHERE token_id = $1 AND ended_at IS NULL',
        [token.id],
      );
      let ended = false;
      for (const { id } of held) ended = (await this.store.end(tx, id, 'unassigned')) !== undefined || ended;
      return ended;
    });
  }

  private change(serial: string, event: string, work: (tx: Tx, token: Token) => Promise<boolean>): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const token = await this.store.bySerial(tx, serial);
      if (!token) throw new DomainError('token-not-found', { params: { serial } });
      if (!(await work(tx, token))) return false;
      await this.audit.record(tx, { event, outcome: 'success', actor: 'system', detail: { serial } });
      return true;
    });
  }
}
