import { Controller, Get, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../core/web/access.js';
import { PageExceptionFilter } from '../core/web/page-errors.js';
import { CurrentPasswordForms, type CurrentPasswordStep } from '../core/web/password/current-password-forms.js';
import { endedPage } from './pages/ended-page.js';
import { PASSWORD_PATH, PASSWORD_RESET_SITE as SITE, STEP_PATHS } from './pages/site.js';
import { PASSWORD_RESET_TEXTS } from './pages/texts/password-reset-texts.js';
import { PasswordResetPages } from './password-reset-pages.js';

/** The old password, where it is asked for between the link and the new one (manager-json-rpc section 10.2). */
@ApiExcludeController()
@Controller(SITE.path)
@Public('the page session in the cookie decides; a form also needs its CSRF value')
@UseFilters(PageExceptionFilter)
export class PasswordResetOldPasswordPages {
  private readonly oldPassword: CurrentPasswordStep;

  constructor(
    reset: PasswordResetPages,
    private readonly forms: CurrentPasswordForms,
  ) {
    this.oldPassword = {
      site: SITE,
      path: STEP_PATHS.password,
      next: PASSWORD_PATH,
      service: (language) => PASSWORD_RESET_TEXTS[language].service,
      ended: endedPage,
      standing: (session) => reset.oldPassword(session),
      prove: (session, password, client) => reset.proveOldPassword(session, password, client),
    };
  }

  @Get('old-password')
  async askOldPassword(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.forms.ask(request, reply, this.oldPassword);
  }

  @Post('old-password')
  async submitOldPassword(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.forms.submit(request, reply, this.oldPassword);
  }
}
