import { Injectable } from '@nestjs/common';
import { plainSecret } from '../core/crypto/secret-types.js';
import { DomainError } from '../core/errors/domain-error.js';
import type { EnrolmentHolder } from '../tokens/enrolment/enrolment-holder.js';
import { InventoryProof } from '../tokens/inventory/inventory-proof.js';
import { kindsOf } from '../tokens/inventory/inventory-types.js';
import { Inventory } from '../tokens/inventory/inventory.js';
import { SlotRegistrations } from './slot-registrations.js';

const KINDS = kindsOf('OTP Token');

/** Tokens in stock that an administrator puts into a person's slot. */
@Injectable()
export class InventoryRegistrations {
  constructor(
    private readonly inventory: Inventory,
    private readonly proof: InventoryProof,
    private readonly registrations: SlotRegistrations,
  ) {}

  /**
   * @param otp looked at when given, and used up
   * @throws DomainError as `Inventory.take` and `InventoryProof.check`; `value-out-of-range`; `passcode-replayed` when the
   *   code was used meanwhile
   */
  async register(holder: EnrolmentHolder, serial: string, id: number, otp: string | undefined): Promise<boolean> {
    const advance = otp === undefined ? undefined : await this.proof.check(holder, serial, plainSecret(otp));
    return this.registrations.register(
      holder,
      id,
      async (tx) => {
        const held = await this.inventory.take(tx, holder, serial, KINDS);
        const used = held.token.counter === null ? -1 : Number(held.token.counter);
        if ((advance?.counter ?? Infinity) <= used) throw new DomainError('passcode-replayed');
        return held;
      },
      advance,
    );
  }
}
