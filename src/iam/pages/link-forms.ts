import { Injectable } from '@nestjs/common';
import { Database } from '../../core/database/database.js';
import { passwordPolicy, passwordPolicyText, rulesOf, stricterRules } from '../../core/directory/password-policy.js';
import type { PasswordRules } from '../../core/directory/password-rules.js';
import { Configuration } from '../../core/domains/configuration.js';
import type { Domain } from '../../core/domains/domain.entity.js';
import { OneTimeRequests } from '../../core/requests/one-time-requests.js';
import type { RequestPurpose } from '../../core/requests/request-purpose.js';
import type { Client } from '../../core/web/clients.js';
import { PasswordRequirements } from '../../passwords/password-requirements.js';
import type { AppRootLinkKind } from '../links/app-root-link.js';
import { accountRecovery, invitation } from '../links/link-purposes.js';
import { PasswordLink } from '../links/password-link.js';
import { RecoveryService } from '../recovery/recovery.service.js';
import { RegistrationConfirmation } from '../registration/registration-confirmation.js';

/** Whom a link that is alive is for, and what the new password needs. */
export interface LinkForm {
  readonly login: string;
  readonly name: string;
  readonly domain: string;
  readonly rules: PasswordRules;
}

/** Symbols of a password that is set by a link, at most (iam-rest section 3.2). */
const LONGEST: PasswordRules = { maxLength: 100 };

/** What the page with a new password shows of a link (iam-rest section 8, step 5). */
@Injectable()
export class LinkForms {
  constructor(
    private readonly configuration: Configuration,
    private readonly confirmation: RegistrationConfirmation,
    private readonly recovery: RecoveryService,
    private readonly links: PasswordLink,
    private readonly requirements: PasswordRequirements,
    private readonly requests: OneTimeRequests,
    private readonly database: Database,
  ) {}

  /**
   * Uses nothing up, and is remembered in the request's `openedAt` (section 6). An id without a request is counted as it is when a password is sent (section 9).
   *
   * @param id a UUID
   * @throws RestRefusal 404/1404, 403/1403; 412/1501 `domain` when the domain was closed since
   * @throws DomainError of category `unavailable`
   */
  async look(kind: AppRootLinkKind, id: string, client: Client): Promise<LinkForm> {
    if (kind === 'self_register') return this.registration(id, client);
    if (kind === 'pwd_reset') await this.recovery.requireOwnPasswords();
    return this.person(kind === 'invite' ? invitation : accountRecovery, id, client);
  }

  private async registration(id: string, client: Client): Promise<LinkForm> {
    const { request, domain } = await this.confirmation.look(id, client);
    await this.requests.noteLooked(this.database.manager, request);
    const { name } = request.payload;
    return {
      login: request.login,
      name: typeof name === 'string' ? name : request.login,
      domain: domain.name,
      rules: stricterRules(await this.rulesOfDomain(domain), LONGEST),
    };
  }

  private async person(purpose: RequestPurpose, id: string, client: Client): Promise<LinkForm> {
    const { request, found } = await this.links.look(purpose, id, client);
    await this.requests.noteLooked(this.database.manager, request);
    const { domain, person } = found;
    const rules = stricterRules(await this.requirements.rules(found), LONGEST);
    return { login: person.login, name: person.displayName, domain: domain.name, rules };
  }

  /** There is nobody yet whom the directory could be asked about. */
  private async rulesOfDomain({ id }: Domain): Promise<PasswordRules> {
    const snapshot = await this.configuration.snapshot();
    const text = snapshot.setting(passwordPolicyText, id);
    const rules = rulesOf(snapshot.setting(passwordPolicy, id));
    return text ? { ...rules, text } : rules;
  }
}
