import { Controller, Get, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../core/web/access.js';
import { PageExceptionFilter } from '../../core/web/page-errors.js';
import type { PasswordForm } from '../../core/web/password/new-password-page.js';
import { PASSWORD_FIELD, REPEATED_FIELD } from '../../core/web/password/password-fields.js';
import {
  emptyProblems,
  failureProblems,
  refusedProblems,
  type SubmissionProblems,
} from '../../core/web/password/submission-problems.js';
import { PasswordForms } from '../../passwords/password-forms.js';
import { AccountDesk, type AccountVisit } from '../account-desk.js';
import { PASSWORD_PATH } from '../account-paths.js';
import { OwnPasswordSubmission } from './own-password-submission.js';
import { passwordPage } from './password-page.js';

/** People change their own password, after they have proved the old one. */
@ApiExcludeController()
@Controller(PASSWORD_PATH)
@Public('the session in the cookie decides, with fresh proofs; a form also needs its CSRF value')
@UseFilters(PageExceptionFilter)
export class OwnPasswordPages {
  constructor(
    private readonly desk: AccountDesk,
    private readonly forms: PasswordForms,
    private readonly change: OwnPasswordSubmission,
  ) {}

  /** The rules stand there before anything is typed, those of the directory included where it tells them. */
  @Get()
  async ask(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const account = await this.desk.enterToChange(request, reply, PASSWORD_PATH);
    if (account) this.send(reply, account, await this.forms.of(account.found));
  }

  @Post()
  async submit(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const account = await this.desk.enterToChange(request, reply, PASSWORD_PATH);
    if (!account) return;
    const { found, visit } = account;
    const { language } = visit;
    const fields = await this.desk.form(request, account, PASSWORD_PATH);
    const [password, repeated] = [fields.text(PASSWORD_FIELD), fields.text(REPEATED_FIELD)];
    try {
      await this.desk.countSubmission(account, PASSWORD_PATH);
      const empty = emptyProblems(password, repeated, language);
      if (empty) return this.send(reply, account, await this.forms.ifReachable(found), empty);
      const problems = await this.change.submit(account, password, repeated);
      if (problems.length === 0) return this.desk.leave(reply, account, 'password-changed');
      this.send(reply, account, await this.forms.ifReachable(found), refusedProblems(problems, language));
    } catch (error) {
      this.send(reply, account, undefined, failureProblems(error, language));
    }
  }

  private send(
    reply: FastifyReply,
    account: AccountVisit,
    form: PasswordForm | undefined,
    problems?: SubmissionProblems,
  ): void {
    const csrf = this.desk.csrf(account, PASSWORD_PATH);
    const page = passwordPage({ visit: account.visit, form, csrf, problems });
    this.desk.send(reply, account, page);
  }
}
