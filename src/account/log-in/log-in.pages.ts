import { Controller, Get, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { plainSecret } from '../../core/crypto/secret-types.js';
import { Configuration } from '../../core/domains/configuration.js';
import { DomainError } from '../../core/errors/domain-error.js';
import { Public } from '../../core/web/access.js';
import { type FormFields, readForm } from '../../core/web/form-fields.js';
import type { Language } from '../../core/web/language/languages.js';
import { PageExceptionFilter } from '../../core/web/page-errors.js';
import { waitingProblems } from '../../core/web/page/waiting-problems.js';
import { queryValue, startedElsewhere } from '../../core/web/visit.js';
import { BrowserSessions } from '../../sessions/web/browser-sessions.js';
import { AccountDesk } from '../account-desk.js';
import { LOG_IN_PATH, TO } from '../account-paths.js';
import { takeNotice } from '../done-notice.js';
import { ACCOUNT_TEXTS } from '../texts/account-texts.js';
import { whereTo } from '../where-to.js';
import {
  DOMAIN_FIELD,
  LOGIN_FIELD,
  logInPage,
  type LogInProblems,
  notAnyMorePage,
  PASSWORD_FIELD,
} from './log-in-page.js';
import { LogIn } from './log-in.js';

/** The log-in of people who want to see their account. */
@ApiExcludeController()
@Controller(LOG_IN_PATH)
@Public('for those who are not signed in')
@UseFilters(PageExceptionFilter)
export class LogInPages {
  constructor(
    private readonly desk: AccountDesk,
    private readonly browsers: BrowserSessions,
    private readonly logIn: LogIn,
    private readonly configuration: Configuration,
  ) {}

  @Get()
  async ask(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.desk.visit(request);
    const to = whereTo(queryValue(request, TO));
    if (typeof (await this.browsers.find(request, reply)) !== 'string') return this.desk.redirect(reply, { visit }, to);
    const domain = (await this.configuration.snapshot()).defaultDomain ?? '';
    const notice = takeNotice(request, reply, visit);
    this.desk.send(reply, { visit }, logInPage({ visit, domain, login: '', to, notice }));
  }

  /** Whoever is signed in already gets a new session, and the old one ends. */
  @Post()
  async submit(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.desk.visit(request);
    // A page of another site must not log its visitors in as somebody else.
    if (startedElsewhere(request)) throw new DomainError('form-not-valid', { detail: 'sent by another site' });
    const fields = await readForm(request);
    const domain = fields.text(DOMAIN_FIELD).trim();
    const login = fields.text(LOGIN_FIELD).trim();
    const to = whereTo(fields.text(TO));
    const again = (problems: LogInProblems): void =>
      this.desk.send(reply, { visit }, logInPage({ visit, domain, login, to, problems }));
    const empty = emptyProblems(fields, visit.language);
    if (empty) return again(empty);
    try {
      const password = plainSecret(fields.text(PASSWORD_FIELD));
      const next = await this.logIn.begin(request, reply, visit, { credentials: { domain, login, password }, to });
      this.desk.redirect(reply, { visit }, next);
    } catch (error) {
      if (DomainError.is(error, 'password-expired', 'password-must-change')) {
        return this.desk.send(reply, { visit }, notAnyMorePage(visit, to));
      }
      again(problemsOf(error, visit.language));
    }
  }
}

function emptyProblems(fields: FormFields, language: Language): LogInProblems | undefined {
  const texts = ACCOUNT_TEXTS[language].logIn;
  const missing = [
    { field: DOMAIN_FIELD, problems: [texts.domainMissing] },
    { field: LOGIN_FIELD, problems: [texts.loginMissing] },
    { field: PASSWORD_FIELD, problems: [texts.passwordMissing] },
  ].filter(({ field }) => fields.text(field) === '');
  return missing.length > 0 ? { status: 422, fields: missing } : undefined;
}

/** One sentence for whatever was wrong, so that nobody learns who there is (attack class 45). */
function problemsOf(error: unknown, language: Language): LogInProblems {
  if (DomainError.is(error, 'credentials-invalid')) {
    return { status: 401, form: [ACCOUNT_TEXTS[language].logIn.refused] };
  }
  const problems = waitingProblems(error, language);
  if (!problems) throw error;
  return problems;
}
