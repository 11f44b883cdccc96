import { Injectable, Logger } from '@nestjs/common';
import type { AuthenticatedManager } from '../core/administrators/manager-login.js';
import { Audit } from '../core/audit/audit.js';
import { Database } from '../core/database/database.js';
import { Configuration } from '../core/domains/configuration.js';
import { DomainError } from '../core/errors/domain-error.js';
import { LinkRecipients, type LinkWish } from '../delivery/links/link-recipients.js';
import { LinkSender } from '../delivery/links/link-sender.js';
import { requireSecondFactor } from './pwreset-settings.js';
import { PASSWORD_RESET_PATH, passwordReset } from './pwreset.purpose.js';

/** An administrator's call for a password reset link. */
export interface PasswordResetWish extends LinkWish {
  /** Whether a second factor is asked for after the link was opened. */
  readonly mfa: boolean | undefined;
}

/** The administrator who calls, and where from. */
export interface PasswordResetCaller extends AuthenticatedManager {
  readonly clientAddress: string;
  readonly correlationId: string;
}

/** Sends password reset links for administrators (manager-json-rpc section 6). */
@Injectable()
export class PasswordResetService {
  private readonly logger = new Logger(PasswordResetService.name);

  constructor(
    private readonly recipients: LinkRecipients,
    private readonly links: LinkSender,
    private readonly configuration: Configuration,
    private readonly audit: Audit,
    private readonly database: Database,
  ) {}

  /**
   * Sends a link and returns its URL. Every call leaves an audit row, whatever its outcome, as long as there is a
   * database to write it to.
   *
   * @throws DomainError as `LinkRecipients.plan` and `LinkSender.send`; `password-change-forbidden`,
   *   `second-factor-unavailable`
   */
  async send(caller: PasswordResetCaller, wish: PasswordResetWish): Promise<string> {
    try {
      return await this.carryOut(caller, wish);
    } catch (error) {
      await this.recordRefusal(caller, wish, DomainError.is(error) ? error : new DomainError('internal'));
      throw error;
    }
  }

  private async carryOut(caller: PasswordResetCaller, wish: PasswordResetWish): Promise<string> {
    const plan = await this.recipients.plan(caller, wish);
    if (!plan.found.person.mayChangePassword) throw new DomainError('password-change-forbidden');
    const snapshot = await this.configuration.snapshot();
    if (wish.mfa ?? snapshot.setting(requireSecondFactor, plan.found.domain.id)) {
      throw new DomainError('second-factor-unavailable', { detail: 'nobody has a second factor here yet' });
    }
    const { url } = await this.links.send({
      ...plan,
      purpose: passwordReset,
      path: PASSWORD_RESET_PATH,
      message: 'password-reset-link',
      login: wish.username,
      secondFactor: false,
      payload: {},
      creator: { label: caller.label, accountId: caller.accountId, address: caller.clientAddress },
      correlationId: caller.correlationId,
    });
    return url;
  }

  /** Never fails: what kept the call from being carried out is the answer, even where it cannot be written down. */
  private async recordRefusal(caller: PasswordResetCaller, wish: PasswordResetWish, error: DomainError): Promise<void> {
    const fault = error.category === 'unavailable' || error.category === 'internal';
    try {
      await this.audit.record(this.database.manager, {
        event: 'password-reset.refused',
        outcome: fault ? 'failed' : 'refused',
        code: error.code,
        actor: caller.label,
        clientAddress: caller.clientAddress,
        domain: wish.domain,
        target: wish.username,
        correlationId: caller.correlationId,
        ...(error.detail && { detail: { reason: error.detail } }),
      });
    } catch (failure) {
      this.logger.warn({ err: failure, correlationId: caller.correlationId }, 'a refused call was not audited');
    }
  }
}
