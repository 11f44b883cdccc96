import { Controller, Get, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../core/errors/domain-error.js';
import { Public } from '../core/web/access.js';
import { Clients } from '../core/web/clients.js';
import { LinkSessions } from '../core/web/links/link-sessions.js';
import { PageExceptionFilter } from '../core/web/page-errors.js';
import type { Page } from '../core/web/page/page.js';
import { Pages } from '../core/web/pages.js';
import { newPasswordPage, type PasswordForm } from '../core/web/password/new-password-page.js';
import { PASSWORD_FIELD, REPEATED_FIELD } from '../core/web/password/password-fields.js';
import {
  emptyProblems,
  failureProblems,
  refusedProblems,
  type SubmissionProblems,
} from '../core/web/password/submission-problems.js';
import type { Visit } from '../core/web/visit.js';
import { donePage } from './pages/done-page.js';
import { endedPage } from './pages/ended-page.js';
import { PASSWORD_PATH, PASSWORD_RESET_SITE as SITE, STEP_PATHS } from './pages/site.js';
import { PASSWORD_RESET_TEXTS } from './pages/texts/password-reset-texts.js';
import { type OwedStep, PasswordResetPages, type ResetOutcome } from './password-reset-pages.js';

/** Names the form for its CSRF value. */
const FORM = 'pwreset password';

/** After the link was opened: the form for the new password, and the confirmation. */
@ApiExcludeController()
@Controller(SITE.path)
@Public('the page session in the cookie decides; a form also needs its CSRF value')
@UseFilters(PageExceptionFilter)
export class PasswordResetPasswordPages {
  constructor(
    private readonly reset: PasswordResetPages,
    private readonly sessions: LinkSessions,
    private readonly pages: Pages,
    private readonly clients: Clients,
  ) {}

  @Get('password')
  async ask(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.pages.visit(request);
    const session = this.sessions.secretOf(request, SITE);
    const form = session === undefined ? undefined : await this.reset.form(session);
    if (session === undefined || !form) return this.ended(reply, visit);
    if ('owed' in form) return this.pages.redirect(reply, visit, STEP_PATHS[form.owed]);
    this.pages.send(reply, visit, this.page(visit, session, form));
  }

  @Post('password')
  async submit(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.pages.visit(request);
    const session = this.sessions.secretOf(request, SITE);
    if (session === undefined) return this.ended(reply, visit);
    const fields = await this.sessions.ownForm(request, session, FORM);
    const [password, repeated] = [fields.text(PASSWORD_FIELD), fields.text(REPEATED_FIELD)];
    try {
      await this.sessions.countSubmission(session, FORM);
      const empty = emptyProblems(password, repeated, visit.language);
      if (empty) return await this.askAgain(reply, visit, session, empty);
      const result = await this.reset.submit(session, password, repeated, this.clients.of(request));
      if (result.kind === 'session-ended') return this.ended(reply, visit);
      if (result.kind === 'step-owed') return this.pages.redirect(reply, visit, STEP_PATHS[result.owed]);
      if (result.kind === 'refused') {
        return await this.askAgain(reply, visit, session, refusedProblems(result.problems, visit.language));
      }
      const { domainName, stillLocked } = result;
      this.sessions.finish(reply, visit, SITE, { domainName, stillLocked } satisfies ResetOutcome);
    } catch (error) {
      const problems = failureProblems(error, visit.language);
      this.pages.send(reply, visit, this.page(visit, session, undefined, problems));
    }
  }

  @Get('done')
  async done(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.pages.visit(request);
    const outcome = this.sessions.outcome(request, SITE) as ResetOutcome | undefined;
    this.pages.send(reply, visit, outcome ? donePage(visit.language, outcome) : endedPage(visit));
  }

  private async askAgain(
    reply: FastifyReply,
    visit: Visit,
    session: string,
    problems: SubmissionProblems,
  ): Promise<void> {
    const form = await this.formIfReachable(session);
    if (form === 'ended') return this.ended(reply, visit);
    if (form && 'owed' in form) return this.pages.redirect(reply, visit, STEP_PATHS[form.owed]);
    this.pages.send(reply, visit, this.page(visit, session, form, problems));
  }

  /** The form's contents; undefined while they cannot be read, and then the form does without. */
  private async formIfReachable(session: string): Promise<PasswordForm | OwedStep | 'ended' | undefined> {
    try {
      return (await this.reset.form(session)) ?? 'ended';
    } catch (error) {
      if (DomainError.is(error) && error.category === 'unavailable') return undefined;
      throw error;
    }
  }

  private page(visit: Visit, session: string, form: PasswordForm | undefined, problems?: SubmissionProblems): Page {
    const { service, password } = PASSWORD_RESET_TEXTS[visit.language];
    const csrf = this.sessions.csrfValue(session, FORM);
    return newPasswordPage({ visit, action: PASSWORD_PATH, texts: { service, ...password }, form, csrf, problems });
  }

  private ended(reply: FastifyReply, visit: Visit): void {
    this.sessions.end(reply, visit, SITE, endedPage(visit));
  }
}
