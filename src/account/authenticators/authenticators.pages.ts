import { Controller, Get, NotFoundException, Param, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Tx } from '../../core/database/database.js';
import { DomainError } from '../../core/errors/domain-error.js';
import { Public } from '../../core/web/access.js';
import { sessionCookie } from '../../core/web/links/link-site.js';
import { setCookie } from '../../core/web/page-cookies.js';
import { PageExceptionFilter } from '../../core/web/page-errors.js';
import { Sessions } from '../../sessions/sessions.js';
import { authenticatorName } from '../../tokens/enrolment/authenticator-name.js';
import { CHOICE_PATH, ENROLMENT_SITE } from '../../tokens/enrolment/enrolment-link.js';
import { OwnEnrolments } from '../../tokens/enrolment/own-enrolments.js';
import { AccountDesk, type AccountVisit } from '../account-desk.js';
import { ADD_PATH, AUTHENTICATORS_PATH, HOME_PATH } from '../account-paths.js';
import { addPage, authenticatorPage, NAME_FIELD } from './authenticator-page.js';
import { type OwnAuthenticator, OwnAuthenticators } from './own-authenticators.js';

/** People look after their authenticators, after they have proved once more who they are. */
@ApiExcludeController()
@Controller(AUTHENTICATORS_PATH)
@Public('the session in the cookie decides, with fresh proofs; a form also needs its CSRF value')
@UseFilters(PageExceptionFilter)
export class AuthenticatorPages {
  constructor(
    private readonly desk: AccountDesk,
    private readonly authenticators: OwnAuthenticators,
    private readonly enrolments: OwnEnrolments,
    private readonly sessions: Sessions,
  ) {}

  /** Where somebody comes back to who had to prove who they are before they could add one. */
  @Get('add')
  async askToAdd(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const account = await this.desk.enterToChange(request, reply, ADD_PATH);
    if (!account) return;
    const add = { action: ADD_PATH, csrf: this.desk.csrf(account, ADD_PATH) };
    this.desk.send(reply, account, addPage(account.visit, account.found.domain.name, add));
  }

  /** Begins an enrolment, on the same pages as behind a link. */
  @Post('add')
  async add(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const account = await this.desk.enterToChange(request, reply, ADD_PATH);
    if (!account) return;
    await this.desk.form(request, account, ADD_PATH);
    await this.desk.countSubmission(account, ADD_PATH);
    const own = { session: account.session.id, home: HOME_PATH };
    const stands = (tx: Tx): Promise<boolean> => this.sessions.stands(tx, account.session);
    const secret = await this.enrolments.begin(account.found, account.client, own, stands);
    if (secret === undefined) throw new DomainError('page-session-ended');
    setCookie(reply, account.visit, sessionCookie(ENROLMENT_SITE), secret);
    this.desk.redirect(reply, account, CHOICE_PATH);
  }

  @Get(':id')
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('id') id: string): Promise<void> {
    const here = pathOf(id);
    const account = await this.desk.enterToChange(request, reply, here);
    if (!account) return;
    const { held } = await this.require(account, id);
    const [rename, remove] = [`${here}/rename`, `${here}/remove`];
    const page = authenticatorPage({
      visit: account.visit,
      domainName: account.found.domain.name,
      held,
      last: await this.authenticators.isLastSecondFactor(account.found.account.id, held),
      rename: { action: rename, csrf: this.desk.csrf(account, rename) },
      remove: { action: remove, csrf: this.desk.csrf(account, remove) },
    });
    this.desk.send(reply, account, page);
  }

  @Post(':id/rename')
  async rename(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('id') id: string): Promise<void> {
    const account = await this.desk.enterToChange(request, reply, pathOf(id));
    if (!account) return;
    const fields = await this.desk.form(request, account, `${pathOf(id)}/rename`);
    const { held } = await this.require(account, id);
    try {
      await this.authenticators.rename(account, held, authenticatorName(fields.text(NAME_FIELD)));
      this.desk.leave(reply, account, 'authenticator-renamed');
    } catch (error) {
      if (!DomainError.is(error, 'nothing-to-change')) throw error;
      this.desk.leave(reply, account, 'unchanged');
    }
  }

  @Post(':id/remove')
  async remove(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('id') id: string): Promise<void> {
    const account = await this.desk.enterToChange(request, reply, pathOf(id));
    if (!account) return;
    await this.desk.form(request, account, `${pathOf(id)}/remove`);
    const { held } = await this.require(account, id);
    const removed = await this.authenticators.remove(account, held);
    this.desk.leave(reply, account, removed ? 'authenticator-removed' : 'unchanged');
  }

  /** @throws NotFoundException for one that is not this person's, like for one that nobody has (attack class 65) */
  private async require({ found }: AccountVisit, id: string): Promise<OwnAuthenticator> {
    const own = await this.authenticators.one(found.account.id, id);
    if (!own) throw new NotFoundException();
    return own;
  }
}

function pathOf(id: string): string {
  return `${AUTHENTICATORS_PATH}/${encodeURIComponent(id)}`;
}
