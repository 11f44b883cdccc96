import { Injectable } from '@nestjs/common';
import { Audit } from '../core/audit/audit.js';
import { Database, type Tx } from '../core/database/database.js';
import { consumeIfUnused } from '../core/database/guarded-update.js';
import { Accounts } from '../core/directory/accounts.js';
import { Configuration } from '../core/domains/configuration.js';
import { DomainError } from '../core/errors/domain-error.js';
import type { ActivationPurpose } from '../tokens/activation/activation-code.entity.js';
import { ActivationCodes } from '../tokens/activation/activation-codes.js';
import { activationCodeRules, subjectOf } from '../tokens/activation/activation-rules.js';
import type { EnrolmentHolder } from '../tokens/enrolment/enrolment-holder.js';
import type { HeldToken } from '../tokens/token-store.js';
import { Token } from '../tokens/token.entity.js';
import { TokenSlots } from './token-slots.js';

/** Codes of tokens that people were given, and tokens that are confined to a device. */
@Injectable()
export class ActivationDesk {
  constructor(
    private readonly slots: TokenSlots,
    private readonly codes: ActivationCodes,
    private readonly accounts: Accounts,
    private readonly configuration: Configuration,
    private readonly database: Database,
    private readonly audit: Audit,
  ) {}

  /** @throws DomainError `no-usable-token`, `nothing-to-change` */
  code(holder: EnrolmentHolder, id: number, purpose: ActivationPurpose): Promise<string> {
    return this.withToken(holder, id, async (tx, held) => {
      if (purpose === 'activation' && held.assignment.status !== 'INACTIVE') throw new DomainError('nothing-to-change');
      const rules = activationCodeRules(await this.configuration.snapshotWithin(tx), subjectOf(holder.found));
      const { code } = await this.codes.replace(tx, { assignmentId: held.assignment.id, purpose }, rules);
      await this.record(tx, holder, held, `${purpose}-code.made`);
      return code;
    });
  }

  /** @throws DomainError `no-usable-token`, `nothing-to-change` */
  release(holder: EnrolmentHolder, id: number): Promise<boolean> {
    return this.withToken(holder, id, async (tx, held) => {
      const released = await consumeIfUnused(
        tx,
        Token,
        { where: 'id = :id AND confined_at IS NOT NULL', parameters: { id: held.token.id } },
        { confinedAt: null },
      );
      if (!released) throw new DomainError('nothing-to-change');
      await this.record(tx, holder, held, 'token.released');
      return true;
    });
  }

  private withToken<T>(
    { found }: EnrolmentHolder,
    id: number,
    work: (tx: Tx, held: HeldToken) => Promise<T>,
  ): Promise<T> {
    return this.database.transaction(async (tx) => {
      await this.accounts.lock(tx, found.account.id);
      return work(tx, await this.slots.held(tx, found, 'Token', id));
    });
  }

  private record(tx: Tx, { found, context }: EnrolmentHolder, { token, assignment }: HeldToken, event: string) {
    const { serial, kind } = token;
    return this.audit.record(tx, {
      ...context,
      event,
      outcome: 'success',
      accountId: found.account.id,
      detail: { kind, serial, slot: assignment.slot },
    });
  }
}
