import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../core/database/database.js';
import { DomainError } from '../core/errors/domain-error.js';
import { Clock } from '../core/time/clock.js';
import { AuthenticatorSwitch } from '../tokens/enrolment/authenticator-switch.js';
import type { EnrolmentHolder } from '../tokens/enrolment/enrolment-holder.js';
import { Enrolments } from '../tokens/enrolment/enrolments.js';
import { type HeldToken, TokenStore } from '../tokens/token-store.js';

const DAY = 86_400;

/** What becomes of a person's SSH key. @throws DomainError `no-usable-token` when there is none */
@Injectable()
export class SshKeyChanges {
  constructor(
    private readonly store: TokenStore,
    private readonly authenticators: AuthenticatorSwitch,
    private readonly enrolments: Enrolments,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * @param days 0 = without end; as it is when absent
   * @param uses from the beginning on, 0 = without limit; as it is when absent
   * @throws DomainError `nothing-to-change`
   */
  async restrict(
    holder: EnrolmentHolder,
    { days, uses }: { readonly days: number | undefined; readonly uses: number | undefined },
  ): Promise<boolean> {
    if (days === undefined && uses === undefined) throw new DomainError('nothing-to-change');
    await this.database.transaction(async (tx) =>
      this.authenticators.restrict(tx, holder, await this.held(tx, holder), {
        ...(days !== undefined && { expires: days === 0 ? null : this.clock.in(days * DAY) }),
        ...(uses !== undefined && { usageLimit: uses }),
      }),
    );
    return true;
  }

  remove(holder: EnrolmentHolder): Promise<boolean> {
    return this.database.transaction(async (tx) => this.enrolments.remove(tx, holder, await this.held(tx, holder)));
  }

  private async held(tx: Tx, { found }: EnrolmentHolder): Promise<HeldToken> {
    const [held] = await this.store.ofAccount(tx, found.account.id, ['SSHKey']);
    if (!held) throw new DomainError('no-usable-token');
    return held;
  }
}
