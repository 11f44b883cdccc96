import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../core/database/database.js';
import { AuthenticatorSwitch } from '../tokens/enrolment/authenticator-switch.js';
import type { EnrolmentHolder } from '../tokens/enrolment/enrolment-holder.js';
import { Enrolments } from '../tokens/enrolment/enrolments.js';
import type { HeldToken } from '../tokens/token-store.js';
import { type NumberedFamily, TokenSlots } from './token-slots.js';

/** What administrators do with an authenticator in a numbered slot. @throws DomainError `no-usable-token` for an empty one */
@Injectable()
export class SlotSwitch {
  constructor(
    private readonly slots: TokenSlots,
    private readonly authenticators: AuthenticatorSwitch,
    private readonly enrolments: Enrolments,
    private readonly database: Database,
  ) {}

  /** @throws DomainError `nothing-to-change` */
  enable(holder: EnrolmentHolder, family: NumberedFamily, id: number): Promise<boolean> {
    return this.change(holder, family, id, (tx, held) => this.authenticators.enable(tx, holder, held));
  }

  /** @throws DomainError `nothing-to-change` */
  disable(holder: EnrolmentHolder, family: NumberedFamily, id: number): Promise<boolean> {
    return this.change(holder, family, id, (tx, held) => this.authenticators.disable(tx, holder, held));
  }

  /** For good; the person is told. */
  remove(holder: EnrolmentHolder, family: NumberedFamily, id: number): Promise<boolean> {
    return this.change(holder, family, id, (tx, held) => this.enrolments.remove(tx, holder, held));
  }

  /**
   * From now on.
   *
   * @param expires moment from which on it does not work any more; null = without end
   */
  restrict(holder: EnrolmentHolder, family: NumberedFamily, id: number, expires: Date | null): Promise<boolean> {
    return this.change(holder, family, id, (tx, held) => this.authenticators.restrict(tx, holder, held, { expires }));
  }

  private change(
    holder: EnrolmentHolder,
    family: NumberedFamily,
    id: number,
    work: (tx: Tx, held: HeldToken) => Promise<boolean | void>,
  ): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const held = await this.slots.held(tx, holder.found, family, id);
      return (await work(tx, held)) !== false;
    });
  }
}
