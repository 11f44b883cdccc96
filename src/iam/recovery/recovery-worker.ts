import { Injectable } from '@nestjs/common';
import { Audit } from '../../core/audit/audit.js';
import { Database } from '../../core/database/database.js';
import type { FoundPerson } from '../../core/directory/people.js';
import { Configuration } from '../../core/domains/configuration.js';
import { DomainError } from '../../core/errors/domain-error.js';
import { Orders } from '../../core/orders/orders.js';
import { Throttle } from '../../core/throttle/throttle.js';
import { anonymousCreator } from '../links/anonymous.js';
import { IamLinks } from '../links/iam-links.js';
import { accountRecovery } from '../links/link-purposes.js';
import { RecoverablePeople } from './recoverable-people.js';
import { RECOVERY_ORDER, type RecoveryOrder } from './recovery-order.js';
import { pwdResetRate, pwdResetTtl } from './recovery-settings.js';

/** What goes on after a recovery was answered: the search, the requests and their letters (iam-rest section 4.2). */
@Injectable()
export class RecoveryWorker {
  constructor(
    orders: Orders,
    private readonly people: RecoverablePeople,
    private readonly links: IamLinks,
    private readonly throttle: Throttle,
    private readonly configuration: Configuration,
    private readonly database: Database,
    private readonly audit: Audit,
  ) {
    orders.carryOutWith(RECOVERY_ORDER, (content) => this.carryOut(content as RecoveryOrder));
  }

  private async carryOut(order: RecoveryOrder): Promise<void> {
    const found = await this.people.find(order);
    if (found.length === 0) return this.recordNobody(order);
    for (const person of found) await this.send(person, order);
  }

  private async send(found: FoundPerson, order: RecoveryOrder): Promise<void> {
    const snapshot = await this.configuration.snapshot();
    const window = snapshot.setting(pwdResetRate);
    const rule = { name: 'recovery letter', limit: 1, window };
    if (window > 0 && !(await this.throttle.hit(rule, found.account.id)).allowed) return;
    try {
      await this.database.transaction((tx) =>
        this.links.write(tx, {
          purpose: accountRecovery,
          kind: 'pwd_reset',
          message: 'recovery-link',
          found,
          login: found.person.login,
          validSeconds: snapshot.setting(pwdResetTtl),
          creator: anonymousCreator(order),
          payload: { key: order.key.includes('@') ? 'email' : 'login' },
        }),
      );
    } catch (error) {
      if (!DomainError.is(error, 'send-limit-reached', 'no-address')) throw error;
    }
  }

  private async recordNobody({ domain, address, correlationId }: RecoveryOrder): Promise<void> {
    await this.audit.record(this.database.manager, {
      event: 'account-recovery.nobody',
      outcome: 'refused',
      code: 'account-not-found',
      actor: 'anonymous',
      clientAddress: address,
      correlationId,
      // What was typed for a login may be a password.
      ...(domain !== null && { domain }),
    });
  }
}
