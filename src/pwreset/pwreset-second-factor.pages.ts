import { Controller, Get, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../core/web/access.js';
import { PageExceptionFilter } from '../core/web/page-errors.js';
import type { SecondFactorPages } from '../tokens/second-factor/second-factor-desk.js';
import { SecondFactorForms } from '../tokens/second-factor/second-factor-forms.js';
import { endedPage } from './pages/ended-page.js';
import { PASSWORD_PATH, PASSWORD_RESET_SITE as SITE, STEP_PATHS } from './pages/site.js';
import { PASSWORD_RESET_TEXTS } from './pages/texts/password-reset-texts.js';
import { PasswordResetPages } from './password-reset-pages.js';

/** The second factor, where it is asked for between the link and the new password (manager-json-rpc section 10.2). */
@ApiExcludeController()
@Controller(SITE.path)
@Public('the page session in the cookie decides; a form also needs its CSRF value')
@UseFilters(PageExceptionFilter)
export class PasswordResetSecondFactorPages {
  private readonly secondFactor: SecondFactorPages;

  constructor(
    reset: PasswordResetPages,
    private readonly factors: SecondFactorForms,
  ) {
    this.secondFactor = {
      site: SITE,
      path: STEP_PATHS['second-factor'],
      next: PASSWORD_PATH,
      service: (language) => PASSWORD_RESET_TEXTS[language].service,
      ended: endedPage,
      standing: (session) => reset.secondFactor(session),
    };
  }

  @Get('second-factor')
  async askSecondFactor(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.factors.ask(request, reply, this.secondFactor);
  }

  @Post('second-factor/code')
  async submitCode(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.factors.submitCode(request, reply, this.secondFactor);
  }

  @Post('second-factor/question')
  async beginQuestion(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.factors.beginQuestion(request, reply, this.secondFactor);
  }

  @Post('second-factor/answer')
  async submitAnswer(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.factors.submitAnswer(request, reply, this.secondFactor);
  }

  @Post('second-factor/send')
  async sendPasscode(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.factors.sendPasscode(request, reply, this.secondFactor);
  }

  @Post('second-factor/fido/begin')
  async beginFido(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.factors.beginFido(request, reply, this.secondFactor);
  }

  @Post('second-factor/fido')
  async submitFido(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.factors.submitFido(request, reply, this.secondFactor);
  }

  @Post('second-factor/certificate')
  async submitCertificate(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.factors.submitCertificate(request, reply, this.secondFactor);
  }
}
