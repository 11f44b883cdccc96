import { Injectable } from '@nestjs/common';
import { Administrators } from '../../core/administrators/administrators.js';
import { Directories } from '../../core/directory/directories.js';
import { Configuration } from '../../core/domains/configuration.js';
import type { Domain } from '../../core/domains/domain.entity.js';
import { DomainError } from '../../core/errors/domain-error.js';
import { Orders } from '../../core/orders/orders.js';
import type { Client } from '../../core/web/clients.js';
import type { JsonObject } from '../../core/web/strict-json.js';
import { MailReadiness } from '../../delivery/mail/mail-readiness.js';
import { requirePresent } from '../../surfaces/iam-rest/rest-fields.js';
import { RestRefusal } from '../../surfaces/iam-rest/rest-refusal.js';
import { Spacing, type SpacedCall } from '../links/spacing.js';
import { isOpen } from './open-domains.js';
import { readRegistration, REGISTRATION_FIELDS, requireShapes } from './registration-form.js';
import { REGISTRATION_ORDER, type RegistrationOrder } from './registration-order.js';
import { selfRegisterRate } from './registration-settings.js';

const SPACED: SpacedCall = { name: 'self-registration', seconds: selfRegisterRate };

/** Step 1 of 2: somebody asks for an account (iam-rest section 3.1). */
@Injectable()
export class RegistrationService {
  constructor(
    private readonly spacing: Spacing,
    private readonly configuration: Configuration,
    private readonly directories: Directories,
    private readonly administrators: Administrators,
    private readonly mail: MailReadiness,
    private readonly orders: Orders,
  ) {}

  /**
   * Takes the wish, and leaves an order that looks at the mail address and writes to it: whether somebody has the address
   * already shows neither in the answer nor in its time (attack classes 45 and 46). Makes no account and reserves nothing.
   *
   * @param language what the caller's browser asks for (`Accept-Language`)
   * @throws RestRefusal in the order of section 3.1
   */
  async ask(body: JsonObject, client: Client, language: string | undefined): Promise<void> {
    await this.spacing.look(SPACED, client);
    requirePresent(body, ...REGISTRATION_FIELDS);
    await this.spacing.count(SPACED, client);
    const form = readRegistration(body);
    const domain = await this.openDomain(form.domain);
    requireShapes(form);
    await this.requireFree(domain, form.login);
    if (!(await this.mail.isReady())) throw new RestRefusal(1503, 'no system mail account');
    await this.orders.place(REGISTRATION_ORDER, {
      domainId: domain.id,
      login: form.login,
      name: form.name,
      email: form.email,
      address: client.address,
      correlationId: client.correlationId,
      language: language ?? null,
    } satisfies RegistrationOrder);
  }

  /** An unknown domain and a closed one are answered alike. */
  private async openDomain(name: string): Promise<Domain> {
    const snapshot = await this.configuration.snapshot();
    const domain = snapshot.domain(name);
    if (domain && isOpen(snapshot, domain)) return domain;
    throw RestRefusal.field('domain', 'domain is not available for self registration');
  }

  /**
   * A login that an administrator's role waits for is taken, too.
   *
   * @throws DomainError `login-taken`
   */
  async requireFree(domain: Domain, login: string): Promise<void> {
    const directory = await this.directories.for(domain);
    const taken =
      (await this.administrators.roleOfLogin(domain, login)) !== undefined ||
      (await directory.findByLogin(login).catch(asTaken)) !== undefined;
    if (taken) throw new DomainError('login-taken');
  }
}

function asTaken(error: unknown): true {
  if (!DomainError.is(error, 'account-ambiguous')) throw error;
  return true;
}
