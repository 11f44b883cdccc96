import { Injectable } from '@nestjs/common';
import type { AdministratorCaller } from '../core/administrators/administrator-caller.js';
import type { FoundPerson } from '../core/directory/people.js';
import { Configuration } from '../core/domains/configuration.js';
import { DomainError } from '../core/errors/domain-error.js';
import { LinkRecipients, type LinkWish } from '../delivery/links/link-recipients.js';
import { LinkSender } from '../delivery/links/link-sender.js';
import { requireSecondFactor } from './pwreset-settings.js';
import { PASSWORD_RESET_PATH, passwordReset } from './pwreset.purpose.js';

/** What an administrator's call says of a password reset link; what is absent comes from settings. */
export interface PasswordResetWish extends LinkWish {
  /** Whether a second factor is asked for after the link was opened. */
  readonly mfa: boolean | undefined;
}

/** Sends password reset links for administrators (manager-json-rpc section 6). */
@Injectable()
export class PasswordResetService {
  constructor(
    private readonly recipients: LinkRecipients,
    private readonly links: LinkSender,
    private readonly configuration: Configuration,
  ) {}

  /**
   * Sends a person a link and returns its URL.
   *
   * @throws DomainError as `LinkRecipients.planFor` and `LinkSender.send`; `password-change-forbidden`
   */
  async send(caller: AdministratorCaller, found: FoundPerson, wish: PasswordResetWish): Promise<string> {
    const plan = await this.recipients.planFor(found, wish);
    if (!plan.found.person.mayChangePassword) throw new DomainError('password-change-forbidden');
    const snapshot = await this.configuration.snapshot();
    const secondFactor = wish.mfa ?? snapshot.setting(requireSecondFactor, plan.found.domain.id);
    const { url } = await this.links.send({
      ...plan,
      purpose: passwordReset,
      path: PASSWORD_RESET_PATH,
      message: 'password-reset-link',
      login: wish.username,
      secondFactor,
      payload: {},
      creator: { label: caller.label, accountId: caller.accountId, address: caller.clientAddress },
      correlationId: caller.correlationId,
    });
    return url;
  }
}
