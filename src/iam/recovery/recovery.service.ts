import { Injectable } from '@nestjs/common';
import { Configuration } from '../../core/domains/configuration.js';
import { Orders } from '../../core/orders/orders.js';
import type { Client } from '../../core/web/clients.js';
import type { JsonObject } from '../../core/web/strict-json.js';
import { MailReadiness } from '../../delivery/mail/mail-readiness.js';
import { fieldOf, optionalText, requirePresent, textOf } from '../../surfaces/iam-rest/rest-fields.js';
import { RestRefusal } from '../../surfaces/iam-rest/rest-refusal.js';
import { Spacing, type SpacedCall } from '../links/spacing.js';
import { RECOVERY_ORDER, type RecoveryOrder } from './recovery-order.js';
import { externalAuthorization, pwdResetRate } from './recovery-settings.js';

const SPACED: SpacedCall = { name: 'account-recovery', seconds: pwdResetRate };

/** Step 1 of 2: somebody forgot the password (iam-rest section 4.2). */
@Injectable()
export class RecoveryService {
  constructor(
    private readonly spacing: Spacing,
    private readonly configuration: Configuration,
    private readonly mail: MailReadiness,
    private readonly orders: Orders,
  ) {}

  /** @throws RestRefusal 403/1403 when another system manages the passwords */
  async requireOwnPasswords(): Promise<void> {
    const external = (await this.configuration.snapshot()).setting(externalAuthorization);
    if (external) throw RestRefusal.forbidden('password is managed externally');
  }

  /**
   * Takes the wish and leaves an order: the call looks nobody up, so that neither its answer nor its time tells who
   * exists (attack classes 45 and 46).
   *
   * @throws RestRefusal in the order of section 4.2
   */
  async ask(body: JsonObject, client: Client): Promise<void> {
    await this.spacing.look(SPACED, client);
    requirePresent(body, 'key');
    const sent = fieldOf(body, 'key');
    if (!(typeof sent === 'string' && sent.includes('@'))) requirePresent(body, 'domain');
    await this.spacing.count(SPACED, client);
    const key = textOf(body, 'key').trim();
    const domain = optionalText(body, 'domain');
    if (!(await this.mail.isReady())) throw new RestRefusal(1503, 'no system mail account');
    await this.orders.place(RECOVERY_ORDER, {
      key,
      domain: domain === undefined || domain === '' ? null : domain,
      address: client.address,
      correlationId: client.correlationId,
    } satisfies RecoveryOrder);
  }
}
