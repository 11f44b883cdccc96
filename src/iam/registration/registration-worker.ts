import { Injectable } from '@nestjs/common';
import { Configuration } from '../../core/domains/configuration.js';
import { Orders } from '../../core/orders/orders.js';
import { MailHolders } from '../links/mail-holders.js';
import { isOpen } from './open-domains.js';
import { RegistrationLetters } from './registration-letters.js';
import { REGISTRATION_ORDER, type RegistrationOrder } from './registration-order.js';
import { selfRegisterEmailUnique } from './registration-settings.js';

/** What goes on after a registration was answered: step 9 of iam-rest section 3.1, the request and its letter. */
@Injectable()
export class RegistrationWorker {
  constructor(
    orders: Orders,
    private readonly configuration: Configuration,
    private readonly holders: MailHolders,
    private readonly letters: RegistrationLetters,
  ) {
    orders.carryOutWith(REGISTRATION_ORDER, (content) => this.carryOut(content as RegistrationOrder));
  }

  private async carryOut(order: RegistrationOrder): Promise<void> {
    const snapshot = await this.configuration.snapshot();
    const domain = snapshot.domainById(order.domainId);
    if (!domain || !isOpen(snapshot, domain)) return;
    const unique = snapshot.setting(selfRegisterEmailUnique, domain.id);
    const [owner] = unique ? await this.holders.find(domain, order.email, 1) : [];
    if (!(await this.letters.hasRoom(domain, order.email))) return;
    await (owner ? this.letters.tellOwner(domain, owner, order) : this.letters.sendLink(domain, order));
  }
}
