import { Controller, Get, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { KeyRing } from '../core/crypto/key-ring.js';
import { plainSecret } from '../core/crypto/secret-types.js';
import { DomainError } from '../core/errors/domain-error.js';
import { Public } from '../core/web/access.js';
import { Clients } from '../core/web/clients.js';
import { CSRF_FIELD, CsrfTokens } from '../core/web/csrf-tokens.js';
import { type FormFields, readForm } from '../core/web/form-fields.js';
import { dropCookie, readCookie, setCookie } from '../core/web/page-cookies.js';
import { PageExceptionFilter } from '../core/web/page-errors.js';
import type { Page } from '../core/web/page/page.js';
import { Pages } from '../core/web/pages.js';
import { PASSWORD_FIELD, REPEATED_FIELD } from '../core/web/password/password-fields.js';
import { startedElsewhere, type Visit } from '../core/web/visit.js';
import { donePage, endedSessionPage } from './pages/closing-pages.js';
import { DONE_COOKIE, SESSION_COOKIE } from './pages/cookies.js';
import { passwordPage } from './pages/password-page.js';
import { DONE_PATH, LANDING_PATH } from './pages/paths.js';
import { openOutcome, sealOutcome } from './pages/sealed-outcome.js';
import {
  emptyProblems,
  refusedProblems,
  type SubmissionProblems,
  unavailableProblems,
} from '../core/web/password/submission-problems.js';
import { type PasswordForm, PasswordResetPages } from './password-reset-pages.js';

/** Names the form for its CSRF value. */
const FORM = 'pwreset password';

/** After the link was opened: the form for the new password, and the confirmation. */
@ApiExcludeController()
@Controller(LANDING_PATH)
@Public('the page session in the cookie decides; a form also needs its CSRF value')
@UseFilters(PageExceptionFilter)
export class PasswordResetPasswordPages {
  constructor(
    private readonly reset: PasswordResetPages,
    private readonly pages: Pages,
    private readonly clients: Clients,
    private readonly csrf: CsrfTokens,
    private readonly keyRing: KeyRing,
  ) {}

  @Get('password')
  async ask(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.pages.visit(request);
    const session = readCookie(request, SESSION_COOKIE);
    const form = session === undefined ? undefined : await this.reset.form(session);
    if (session === undefined || !form) return this.ended(reply, visit);
    this.pages.send(reply, visit, this.page(visit, session, form));
  }

  @Post('password')
  async submit(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.pages.visit(request);
    const session = readCookie(request, SESSION_COOKIE);
    if (session === undefined) return this.ended(reply, visit);
    const fields = await this.ownForm(request, session);
    const [password, repeated] = [fields.text(PASSWORD_FIELD), fields.text(REPEATED_FIELD)];
    const empty = emptyProblems(password, repeated, visit.language);
    if (empty) return this.askAgain(reply, visit, session, empty);
    try {
      const result = await this.reset.submit(session, password, repeated, this.clients.of(request));
      if (result.kind === 'session-ended') return this.ended(reply, visit);
      if (result.kind === 'refused') {
        return await this.askAgain(reply, visit, session, refusedProblems(result.problems, visit.language));
      }
      dropCookie(reply, visit, SESSION_COOKIE);
      setCookie(reply, visit, DONE_COOKIE, sealOutcome(this.keyRing, result));
      this.pages.redirect(reply, visit, DONE_PATH);
    } catch (error) {
      if (!DomainError.is(error) || error.category !== 'unavailable') throw error;
      await this.askAgain(reply, visit, session, unavailableProblems(error.code, visit.language));
    }
  }

  @Get('done')
  async done(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.pages.visit(request);
    const outcome = openOutcome(this.keyRing, readCookie(request, DONE_COOKIE) ?? '');
    this.pages.send(reply, visit, outcome ? donePage(visit.language, outcome) : endedSessionPage(visit.language));
  }

  /** @throws FormError, DomainError `form-not-valid` when the form is not one that we gave to this session */
  private async ownForm(request: FastifyRequest, session: string): Promise<FormFields> {
    if (startedElsewhere(request)) throw new DomainError('form-not-valid', { detail: 'sent by another site' });
    const fields = await readForm(request);
    if (!this.csrf.accepts(plainSecret(session), FORM, fields.text(CSRF_FIELD))) {
      throw new DomainError('form-not-valid', { detail: 'CSRF value of another session' });
    }
    return fields;
  }

  private async askAgain(
    reply: FastifyReply,
    visit: Visit,
    session: string,
    problems: SubmissionProblems,
  ): Promise<void> {
    const form = await this.formIfReachable(session);
    if (form === 'ended') return this.ended(reply, visit);
    this.pages.send(reply, visit, this.page(visit, session, form, problems));
  }

  /** The form's contents; undefined while they cannot be read, and then the form does without. */
  private async formIfReachable(session: string): Promise<PasswordForm | 'ended' | undefined> {
    try {
      return (await this.reset.form(session)) ?? 'ended';
    } catch (error) {
      if (DomainError.is(error) && error.category === 'unavailable') return undefined;
      throw error;
    }
  }

  private page(visit: Visit, session: string, form: PasswordForm | undefined, problems?: SubmissionProblems): Page {
    const csrf = this.csrf.issue(plainSecret(session), FORM);
    return passwordPage({ visit, form, csrf, ...(problems && { problems }) });
  }

  private ended(reply: FastifyReply, visit: Visit): void {
    dropCookie(reply, visit, SESSION_COOKIE);
    this.pages.send(reply, visit, endedSessionPage(visit.language));
  }
}
