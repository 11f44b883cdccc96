import { Injectable } from '@nestjs/common';
import { Database } from '../core/database/database.js';
import { type FoundPerson, isUsable } from '../core/directory/people.js';
import { Configuration } from '../core/domains/configuration.js';
import { Clock } from '../core/time/clock.js';
import { AccountBlocks } from '../tokens/blocking/account-blocks.js';
import { allowedChannels, routesOf } from '../tokens/kinds/on-demand/passcode-channels.js';
import { type NUMBERED_FAMILIES, SLOT_FAMILIES } from '../tokens/slots.js';
import { type Authenticator, AUTHENTICATOR_OF, AUTHENTICATORS, type CountedFor } from '../tokens/token-kinds.js';
import { tokenRules } from '../tokens/token-rules.js';
import { type HeldToken, TokenStore } from '../tokens/token-store.js';
import { isUsableAt } from '../tokens/usable-now.js';

type Family = (typeof NUMBERED_FAMILIES)[number];

/** An authenticator as the wire tells it: nothing of its secret. A type, because interfaces are no JSON values. */
export type AuthenticatorRow = {
  readonly id: number;
  readonly slot: string;
  readonly type: string;
  readonly serial: string;
  readonly product: string;
  readonly name: string | null;
  readonly status: string;
  /** Whether it would be taken at this moment, were the person not blocked. */
  readonly usable: boolean;
  /** ISO 8601, as all that follow. */
  readonly created: string;
  readonly expires: string | null;
  readonly lastused: string | null;
};

/** What keeps a person from logging in, as the wire tells it. */
export type BlockRow = {
  readonly blocked: boolean;
  readonly until: string | null;
  readonly by: string | null;
  readonly locked: readonly CountedFor[];
};

/** What an administrator may know of a person's authenticators. */
@Injectable()
export class AuthenticatorReports {
  constructor(
    private readonly store: TokenStore,
    private readonly blocks: AccountBlocks,
    private readonly configuration: Configuration,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** What is in the slots of a family, by number. */
  async family({ account }: FoundPerson, family: Family): Promise<AuthenticatorRow[]> {
    const held = await this.store.ofAccount(this.database.manager, account.id);
    return held
      .filter(({ token }) => SLOT_FAMILIES[token.kind] === family)
      .map((item) => this.row(family, item))
      .toSorted((one, other) => one.id - other.id);
  }

  /** Authenticators that a person has, or those that they could log in with at this moment. */
  async methods(found: FoundPerson, active: boolean): Promise<Authenticator[]> {
    const { block, locked } = await this.blocks.state(this.database.manager, found);
    if (active && (block || !isUsable(found))) return [];
    const now = this.clock.now();
    const held = await this.store.ofAccount(this.database.manager, found.account.id);
    const has = new Set(
      held.filter((item) => !active || isUsableAt(item, now)).map(({ token }) => AUTHENTICATOR_OF[token.kind]),
    );
    const snapshot = await this.configuration.snapshot();
    const { onDemand } = tokenRules(snapshot, found.domain.id);
    const channels = allowedChannels(snapshot, found.domain.id, 'logon', onDemand);
    if (routesOf(found.person, channels).length > 0) has.add('OTPoD');
    return (Object.keys(AUTHENTICATORS) as Authenticator[]).filter(
      (authenticator) => has.has(authenticator) && !(active && locked.includes(authenticator)),
    );
  }

  async block(found: FoundPerson): Promise<BlockRow> {
    const { blocked, block, locked } = await this.blocks.state(this.database.manager, found);
    return { blocked, until: block?.until?.toISOString() ?? null, by: block?.by ?? null, locked };
  }

  private row(family: Family, { token, assignment }: HeldToken): AuthenticatorRow {
    const slot = assignment.slot ?? '';
    return {
      id: Number(slot.slice(family.length)),
      slot,
      type: token.kind,
      serial: token.serial,
      product: token.product,
      name: assignment.name,
      status: token.status === 'ACTIVE' ? assignment.status : token.status,
      usable: isUsableAt({ token, assignment }, this.clock.now()),
      created: assignment.createdAt.toISOString(),
      expires: assignment.expires?.toISOString() ?? null,
      lastused: (assignment.lastUsedAt ?? token.lastUsedAt)?.toISOString() ?? null,
    };
  }
}
