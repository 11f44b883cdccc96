import { Injectable } from '@nestjs/common';
import type { PlainSecret } from '../core/crypto/secret-types.js';
import { Configuration } from '../core/domains/configuration.js';
import { PasswordStep, type StepOutcome } from '../core/requests/password-step.js';
import { type HeldRequest, RequestSessions } from '../core/requests/request-sessions.js';
import type { Landing } from '../core/web/links/landing-page.js';
import type { AccountInQuestion } from '../core/web/password/current-password-page.js';
import type { PasswordForm } from '../core/web/password/new-password-page.js';
import { PasswordForms } from '../passwords/password-forms.js';
import { PasswordSubmission } from '../passwords/password-submission.js';
import type { ClientInfo, OwedStep, PasswordResetPages, SubmitResult } from './password-reset-pages.js';
import { passwordResetFlow as FLOW } from './pwreset-flow.js';
import { resetUnlocks } from './pwreset-settings.js';

/** The steps behind the pages. */
@Injectable()
export class PasswordResetPagesService implements PasswordResetPages {
  constructor(
    private readonly sessions: RequestSessions,
    private readonly passwordStep: PasswordStep,
    private readonly forms: PasswordForms,
    private readonly submission: PasswordSubmission,
    private readonly configuration: Configuration,
  ) {}

  async landing(link: string): Promise<Landing | undefined> {
    const held = await this.sessions.look(FLOW, link);
    if (!held) return undefined;
    const { request, found } = held;
    return {
      displayName: found.person.displayName,
      domainName: found.domain.name,
      requestedBy: request.createdBy,
      comments: request.comments ?? undefined,
      expiresAt: request.expiresAt,
    };
  }

  open(link: string, client: ClientInfo): Promise<PlainSecret | undefined> {
    return this.sessions.open(FLOW, link, client);
  }

  async form(session: string): Promise<PasswordForm | OwedStep | undefined> {
    const opened = await this.sessions.resume(FLOW, session);
    if (!opened) return undefined;
    const [owed] = opened.owed;
    return owed ? { owed } : this.forms.of(opened.found);
  }

  async oldPassword(session: string): Promise<AccountInQuestion | 'not-owed' | undefined> {
    const opened = await this.sessions.resume(FLOW, session);
    if (!opened) return undefined;
    return opened.owed[0] === 'password' ? accountOf(opened) : 'not-owed';
  }

  async proveOldPassword(session: string, password: PlainSecret, client: ClientInfo): Promise<StepOutcome> {
    const opened = await this.sessions.resume(FLOW, session);
    if (!opened) return { kind: 'ended' };
    return opened.owed[0] === 'password' ? this.passwordStep.prove(opened, password, client) : { kind: 'passed' };
  }

  async secondFactor(session: string): Promise<HeldRequest | 'not-owed' | undefined> {
    const opened = await this.sessions.resume(FLOW, session);
    if (!opened) return undefined;
    return opened.owed[0] === 'second-factor' ? opened : 'not-owed';
  }

  async submit(session: string, password: string, repeated: string, client: ClientInfo): Promise<SubmitResult> {
    const opened = await this.sessions.resume(FLOW, session);
    if (!opened) return { kind: 'session-ended' };
    const [owed] = opened.owed;
    if (owed) return { kind: 'step-owed', owed };
    const { domain } = opened.found;
    const unlocks = (await this.configuration.snapshot()).setting(resetUnlocks, domain.id);
    const outcome = await this.submission.submit(opened, { password, repeated }, client, unlocks);
    if (outcome.kind === 'done') return { ...outcome, domainName: domain.name };
    if (outcome.kind === 'refused') return outcome;
    // Sent twice: the first one is still being carried out, or it has ended the session.
    const goesOn = outcome.kind === 'overtaken' && (await this.sessions.resume(FLOW, session));
    return goesOn
      ? { kind: 'refused', problems: [{ code: 'change-in-progress', params: {} }] }
      : { kind: 'session-ended' };
  }
}

function accountOf({ found: { domain, person } }: HeldRequest): AccountInQuestion {
  return { login: person.login, displayName: person.displayName, domainName: domain.name };
}
