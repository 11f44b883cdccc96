import { Injectable } from '@nestjs/common';
import { Database } from '../core/database/database.js';
import { Accounts } from '../core/directory/accounts.js';
import { People, requireUsable } from '../core/directory/people.js';
import { Configuration } from '../core/domains/configuration.js';
import { DomainError } from '../core/errors/domain-error.js';
import type { Client } from '../core/web/clients.js';
import type { EnrolmentHolder } from '../tokens/enrolment/enrolment-holder.js';
import { type PushDeviceClaim, PushRegistrations } from '../tokens/kinds/push/push-registrations.js';
import type { PushActivation } from '../tokens/push-requests/push-activation.entity.js';
import { PushActivations } from '../tokens/push-requests/push-activations.js';

/** Enrolling a device with a code (manager-json-rpc section 12, `OpenOTP.Mobile_Session`). */
@Injectable()
export class DeviceActivation {
  constructor(
    private readonly activations: PushActivations,
    private readonly registrations: PushRegistrations,
    private readonly people: People,
    private readonly accounts: Accounts,
    private readonly configuration: Configuration,
    private readonly database: Database,
  ) {}

  /** What the device has to sign; an older challenge of the same activation is void. @throws DomainError `challenge-not-valid` */
  async begin(code: string, client: Client): Promise<string> {
    const activation = await this.activations.waiting(code);
    return this.registrations.begin(await this.holder(activation, client), boundTo(activation));
  }

  /**
   * Enrols a device that holds its key, and uses the code up with it, both or neither (attack class 7).
   *
   * @throws DomainError `challenge-not-valid`, `proof-not-valid`, `slot-taken`, `serial-taken`
   */
  async finish(code: string, pin: string, claim: PushDeviceClaim, client: Client): Promise<void> {
    const activation = await this.activations.waiting(code);
    await this.activations.checkPin(activation, pin);
    const holder = await this.holder(activation, client);
    const proved = await this.registrations.prove(holder, claim, boundTo(activation));
    await this.database.transaction(async (tx) => {
      await this.activations.complete(tx, activation);
      await this.registrations.finish(tx, holder, proved);
    });
  }

  /** Whoever is not there any more, or may do nothing, looks like a wrong code. */
  private async holder(activation: PushActivation, { address, correlationId }: Client): Promise<EnrolmentHolder> {
    const account = await this.accounts.byId(this.database.manager, activation.accountId);
    const domain = account && (await this.configuration.snapshot()).domainById(account.domainId);
    const found = account && domain && (await this.people.byAccount(domain, account));
    if (!found) throw new DomainError('challenge-not-valid');
    requireUsable(found);
    const { person } = found;
    return {
      found,
      requestId: undefined,
      context: { actor: 'person', clientAddress: address, correlationId, domain: domain.name, target: person.dn },
    };
  }
}

function boundTo({ id }: PushActivation): string {
  return `activation ${id}`;
}
