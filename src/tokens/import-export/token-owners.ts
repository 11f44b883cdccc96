import { Injectable } from '@nestjs/common';
import { Audit } from '../../core/audit/audit.js';
import { Database } from '../../core/database/database.js';
import { Accounts } from '../../core/directory/accounts.js';
import { type FoundPerson, People } from '../../core/directory/people.js';
import type { ConfigurationSnapshot } from '../../core/domains/configuration-snapshot.js';
import { DomainError } from '../../core/errors/domain-error.js';
import { AssignedTokens } from '../activation/assigned-tokens.js';
import { freeSlot, SLOT_FAMILIES, tokenSlots } from '../slots.js';
import { TokenPlaces } from '../token-places.js';
import type { AssignmentStatus } from '../token-states.js';
import { type NewToken, TokenStore } from '../token-store.js';
import { assignedValidity, type Validity } from '../validity.js';
import { ImportRowError } from './import-problems.js';

/** Refusals that mean there is no such person. */
const UNKNOWN = new Set(['domain-missing', 'domain-not-found', 'account-not-found', 'account-ambiguous']);

/** Tokens of a seed file that names their owners: stored and given in one transaction. */
@Injectable()
export class TokenOwners {
  constructor(
    private readonly database: Database,
    private readonly people: People,
    private readonly accounts: Accounts,
    private readonly store: TokenStore,
    private readonly assigned: AssignedTokens,
    private readonly places: TokenPlaces,
    private readonly audit: Audit,
  ) {}

  /**
   * The person whom a file names as `domain\login`, or as a login in `domain` or the default one.
   *
   * @throws ImportRowError `owner-not-valid`, `owner-unknown`
   */
  async find(snapshot: ConfigurationSnapshot, owner: string, domain: string | undefined): Promise<FoundPerson> {
    const [, named, login] = /^(?:([^\\]*)\\)?([^\\]+)$/.exec(owner) ?? [];
    if (login === undefined || named === '' || (named ?? domain ?? snapshot.defaultDomain) === undefined) {
      throw new ImportRowError('owner-not-valid');
    }
    try {
      return await this.people.byLogin(this.people.domain(snapshot, named ?? domain), login);
    } catch (error) {
      if (DomainError.is(error) && UNKNOWN.has(error.code)) throw new ImportRowError('owner-unknown');
      throw error;
    }
  }

  /** @throws ImportRowError `serial-taken`, `owner-slots-full` */
  async give(
    snapshot: ConfigurationSnapshot,
    token: NewToken & { readonly drift: number },
    validity: Validity,
    found: FoundPerson,
  ): Promise<void> {
    const { account, domain, person } = found;
    const { drift, ...rest } = token;
    const mode = this.assigned.mode(snapshot, token.product, found);
    const status: AssignmentStatus = mode === 'AUTO' ? 'ACTIVE' : 'INACTIVE';
    await this.database
      .transaction(async (tx) => {
        await this.accounts.lock(tx, account.id);
        const held = await this.store.ofAccount(tx, account.id);
        const filled = held.flatMap(({ assignment }) => assignment.slot ?? []);
        const slot = freeSlot(SLOT_FAMILIES[token.kind], snapshot.setting(tokenSlots, domain.id), filled);
        if (slot === undefined) throw new ImportRowError('owner-slots-full');
        const stored = await this.store.create(tx, rest);
        if (drift !== 0) await tx.query('UPDATE tokens SET drift = $2 WHERE id = $1', [stored.id, drift]);
        const assignment = await this.store.assign(tx, {
          tokenId: stored.id,
          accountId: account.id,
          status,
          slot,
          ...assignedValidity(validity),
        });
        await this.places.limit(tx, found, { token: stored, assignment }).catch(refuseTooMany);
        await this.assigned.follow(tx, snapshot, mode, found, assignment.id);
        await this.audit.record(tx, {
          event: 'token.assigned',
          outcome: 'success',
          actor: 'system',
          domain: domain.name,
          accountId: account.id,
          target: person.dn,
          detail: { serial: stored.serial, slot, status },
        });
      })
      .catch((error: unknown) => {
        throw DomainError.is(error) && error.code === 'serial-taken' ? new ImportRowError('serial-taken') : error;
      });
  }
}

function refuseTooMany(error: unknown): never {
  throw DomainError.is(error, 'slot-taken') ? new ImportRowError('owner-slots-full') : error;
}
