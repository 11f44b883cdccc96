import { Injectable } from '@nestjs/common';
import type { PlainSecret } from '../../core/crypto/secret-types.js';
import { Database } from '../../core/database/database.js';
import { passwordRefusals } from '../../core/directory/password-check.js';
import { Configuration } from '../../core/domains/configuration.js';
import type { Domain } from '../../core/domains/domain.entity.js';
import { DomainError } from '../../core/errors/domain-error.js';
import { ownPasswordPolicy } from '../../core/policies/own-password-policy.js';
import type { OneTimeRequest } from '../../core/requests/one-time-request.entity.js';
import { OneTimeRequests } from '../../core/requests/one-time-requests.js';
import { RequestAttempts } from '../../core/requests/request-attempts.js';
import type { Client } from '../../core/web/clients.js';
import type { JsonObject } from '../../core/web/strict-json.js';
import type { PasswordProblem } from '../../core/web/password/submission-problems.js';
import { requirePresent, textOf } from '../../surfaces/iam-rest/rest-fields.js';
import { RestRefusal } from '../../surfaces/iam-rest/rest-refusal.js';
import { holderOf } from '../links/anonymous.js';
import { selfRegistration } from '../links/link-purposes.js';
import { countRefusedPassword, PWD, requireGoodPassword } from '../links/password-form.js';
import { BanFilter } from '../sessions/ban-filter.js';
import { AccountCreation } from './account-creation.js';
import { isOpen } from './open-domains.js';

/** The account that was made. */
export interface RegisteredUser {
  readonly domain: string;
  readonly login: string;
}

/** A registration whose link is alive. */
export interface PendingRegistration {
  readonly request: OneTimeRequest;
  readonly domain: Domain;
}

/** Step 2 of 2: the account is made by whoever holds the link (iam-rest section 3.2). */
@Injectable()
export class RegistrationConfirmation {
  constructor(
    private readonly database: Database,
    private readonly configuration: Configuration,
    private readonly requests: OneTimeRequests,
    private readonly attempts: RequestAttempts,
    private readonly bans: BanFilter,
    private readonly creation: AccountCreation,
  ) {}

  /**
   * The registration behind a link, for the page that asks for a password; an id without one is counted. Changes nothing
   * of the registration.
   *
   * @throws RestRefusal 404/1404, 403/1403
   */
  async look(id: string, client: Client): Promise<PendingRegistration> {
    const request = await this.bans.require(client.address, () =>
      this.requests.byLink(this.database.manager, selfRegistration, id),
    );
    const domain = await this.openDomain(request);
    return { request, domain };
  }

  /**
   * Makes the account. Of any number of parallel calls one does.
   *
   * @param id a UUID
   * @throws RestRefusal in the order of section 3.2
   */
  async confirm(id: string, body: JsonObject, client: Client): Promise<RegisteredUser> {
    requirePresent(body, PWD);
    const request = await this.bans.require(client.address, () =>
      this.requests.byLink(this.database.manager, selfRegistration, id),
    );
    const domain = await this.openDomain(request);
    const by = holderOf(client, domain.name);
    const typed = textOf(body, PWD);
    const password = await requireGoodPassword(this.attempts, request, by, typed, (secret) =>
      this.problems(domain, request, secret),
    );
    try {
      const person = await this.creation.create(domain, request, password, by);
      if (!person) throw RestRefusal.notFound('request');
      return { domain: domain.name, login: person.login };
    } catch (error) {
      // Some directories take fewer logins than the contract: an Active Directory those of 20 characters.
      if (DomainError.is(error, 'attribute-not-valid')) {
        throw RestRefusal.field('login', 'login is not accepted by the directory');
      }
      throw await countRefusedPassword(this.attempts, request, by, error);
    }
  }

  /** What the rules for a new password say of this one; the directory has its say when the account is made. */
  async problems(
    domain: Domain,
    { login, payload }: Pick<OneTimeRequest, 'login' | 'payload'>,
    password: PlainSecret,
  ): Promise<PasswordProblem[]> {
    const subject = { domainId: domain.id, logins: [login] };
    const policy = ownPasswordPolicy(await this.configuration.snapshot(), subject);
    if (policy === 'directory') return [];
    const displayName = typeof payload['name'] === 'string' ? payload['name'] : undefined;
    const context = { login, domain: domain.name, ...(displayName !== undefined && { displayName }) };
    return passwordRefusals(policy, password, context);
  }

  /** A domain that was closed since. */
  private async openDomain({ domainId }: OneTimeRequest): Promise<Domain> {
    const snapshot = await this.configuration.snapshot();
    const domain = snapshot.domainById(domainId);
    if (domain && isOpen(snapshot, domain)) return domain;
    throw RestRefusal.field('domain', 'domain is not available for self registration');
  }
}
