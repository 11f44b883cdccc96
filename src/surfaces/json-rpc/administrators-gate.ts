import { Injectable } from '@nestjs/common';
import type { AdministratorCaller } from '../../core/administrators/administrator-caller.js';
import { ManagerLogin } from '../../core/administrators/manager-login.js';
import { managerClients } from '../../core/administrators/manager-settings.js';
import { mayUse, type Right } from '../../core/administrators/rights.js';
import { plainSecret } from '../../core/crypto/secret-types.js';
import { Configuration } from '../../core/domains/configuration.js';
import { DomainError } from '../../core/errors/domain-error.js';
import { Networks } from '../../core/web/client-address.js';
import { Clients } from '../../core/web/clients.js';
import { startedElsewhere } from '../../core/web/visit.js';
import { type Admission, ManagerGate } from './caller.js';

/** Stands in for credentials that could not be read: they match nobody, and are counted and audited like any others. */
const NOBODY = { user: '', password: plainSecret('') };

/** Lets the administrators of the configured domains in, from the addresses of `manager_clients`. */
@Injectable()
export class AdministratorsGate extends ManagerGate {
  constructor(
    private readonly clients: Clients,
    private readonly configuration: Configuration,
    private readonly login: ManagerLogin,
  ) {
    super();
  }

  async admit({ request, authorization, certificate }: Admission): Promise<AdministratorCaller> {
    const { address: clientAddress, correlationId } = this.clients.of(request);
    await this.requireAllowed(clientAddress);
    // A browser adds the Basic credentials that it remembers to the form of any site, and a form can hold JSON as text.
    if (startedElsewhere(request)) throw new DomainError('form-not-valid', { detail: 'sent by another site' });
    if (authorization.kind === 'none') throw new DomainError('credentials-missing');
    const { user, password } = authorization.kind === 'basic' ? authorization : NOBODY;
    const manager = await this.login.authenticate({ user, password, certificate, clientAddress, correlationId });
    return { ...manager, clientAddress, correlationId };
  }

  async may(caller: AdministratorCaller, right: Right): Promise<boolean> {
    return mayUse(caller.role, right);
  }

  private async requireAllowed(clientAddress: string): Promise<void> {
    const snapshot = await this.configuration.snapshot();
    const allowed = new Networks(snapshot.setting(managerClients));
    if (!allowed.empty && !allowed.has(clientAddress)) throw new DomainError('client-address-not-allowed');
  }
}
