import { Injectable } from '@nestjs/common';
import type { PlainSecret } from '../core/crypto/secret-types.js';
import { Configuration } from '../core/domains/configuration.js';
import type { Landing } from '../core/web/links/landing-page.js';
import type { PasswordForm } from '../core/web/password/new-password-page.js';
import { PasswordRequirements } from '../passwords/password-requirements.js';
import { PasswordSubmission } from '../passwords/password-submission.js';
import type { ClientInfo, PasswordResetPages, SubmitResult } from './password-reset-pages.js';
import { resetUnlocks } from './pwreset-settings.js';
import { PasswordResetSession } from './pwreset-session.service.js';

/** The steps behind the pages. */
@Injectable()
export class PasswordResetPagesService implements PasswordResetPages {
  constructor(
    private readonly sessions: PasswordResetSession,
    private readonly requirements: PasswordRequirements,
    private readonly submission: PasswordSubmission,
    private readonly configuration: Configuration,
  ) {}

  landing(link: string): Promise<Landing | undefined> {
    return this.sessions.landing(link);
  }

  open(link: string, client: ClientInfo): Promise<PlainSecret | undefined> {
    return this.sessions.open(link, client);
  }

  async form(session: string): Promise<PasswordForm | undefined> {
    const opened = await this.sessions.resume(session);
    if (!opened) return undefined;
    const { domain, person } = opened.found;
    return {
      login: person.login,
      displayName: person.displayName,
      domainName: domain.name,
      rules: await this.requirements.rules(opened.found),
    };
  }

  async submit(session: string, password: string, repeated: string, client: ClientInfo): Promise<SubmitResult> {
    const opened = await this.sessions.resume(session);
    if (!opened) return { kind: 'session-ended' };
    const { domain } = opened.found;
    const unlocks = (await this.configuration.snapshot()).setting(resetUnlocks, domain.id);
    const outcome = await this.submission.submit(opened, { password, repeated }, client, unlocks);
    if (outcome.kind === 'done') return { ...outcome, domainName: domain.name };
    if (outcome.kind === 'refused') return outcome;
    // Sent twice: the first one is still being carried out, or it has ended the session.
    const goesOn = outcome.kind === 'overtaken' && (await this.sessions.resume(session));
    return goesOn
      ? { kind: 'refused', problems: [{ code: 'change-in-progress', params: {} }] }
      : { kind: 'session-ended' };
  }
}
