import { Injectable } from '@nestjs/common';
import { Audit } from '../../core/audit/audit.js';
import { Database } from '../../core/database/database.js';
import type { FoundPerson } from '../../core/directory/people.js';
import { Configuration } from '../../core/domains/configuration.js';
import { Orders } from '../../core/orders/orders.js';
import { PURPOSES } from '../request-types.js';
import { ANONYMOUS_ORDER, type AnonymousOrder } from './anonymous-order.js';
import { AnonymousLetters } from './anonymous-letters.js';
import { AnonymousPeople } from './anonymous-people.js';
import { CreationLimits } from './creation-limits.js';
import { deliveryMethodFor } from './request-letters.js';

/** What goes on after a stranger's request was answered: the look-up, and the letter if there is somebody for it. */
@Injectable()
export class AnonymousWorker {
  constructor(
    orders: Orders,
    private readonly people: AnonymousPeople,
    private readonly letters: AnonymousLetters,
    private readonly limits: CreationLimits,
    private readonly configuration: Configuration,
    private readonly database: Database,
    private readonly audit: Audit,
  ) {
    orders.carryOutWith(ANONYMOUS_ORDER, (content) => this.carryOut(content as AnonymousOrder));
  }

  private async carryOut(order: AnonymousOrder): Promise<void> {
    const found = await this.people.find(order.name, order.type);
    if (!found) return this.recordDecoy(order, 'nobody');
    const snapshot = await this.configuration.snapshot();
    const method = deliveryMethodFor(snapshot, found);
    if (method === 'NONE') return this.recordDecoy(order, 'no-address', found);
    const allowed = await this.limits.mayWriteTo(found.account.id, order.withPin === 'true');
    if (!allowed) return this.recordDecoy(order, 'limit', found);
    await this.letters.send(snapshot, order, found, method);
  }

  /** The request stays what it is: nobody's. What was typed is not written down, because it may be a password. */
  private async recordDecoy(
    { type, requestId, address, correlationId }: AnonymousOrder,
    reason: 'nobody' | 'no-address' | 'limit',
    found?: FoundPerson,
  ): Promise<void> {
    await this.audit.record(this.database.manager, {
      event: `${PURPOSES[type].name}.decoy`,
      outcome: 'refused',
      code: ({ nobody: 'account-not-found', 'no-address': 'no-address', limit: 'send-limit-reached' } as const)[reason],
      actor: 'anonymous',
      clientAddress: address,
      correlationId,
      requestId,
      ...(found && { domain: found.domain.name, accountId: found.account.id, target: found.person.dn }),
    });
  }
}
