import { Controller, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isUuid } from '../../core/database/uuid.js';
import { Guarded } from '../../core/web/access.js';
import { Clients } from '../../core/web/clients.js';
import { Pages } from '../../core/web/pages.js';
import { PasswordRequirements } from '../../passwords/password-requirements.js';
import { sendRest } from '../../surfaces/iam-rest/rest-answer.js';
import { readObject } from '../../surfaces/iam-rest/rest-body.js';
import { optionalText } from '../../surfaces/iam-rest/rest-fields.js';
import { RestFilter } from '../../surfaces/iam-rest/rest.filter.js';
import { RestRefusal } from '../../surfaces/iam-rest/rest-refusal.js';
import { APP_ROOT, isAppRootLinkKind } from '../links/app-root-link.js';
import { BanFilter } from '../sessions/ban-filter.js';
import { BanGuard } from '../sessions/ban.guard.js';
import { callerOf, IamSessionGuard } from '../sessions/iam-session.guard.js';
import { LinkForms } from './link-forms.js';
import { passwordFieldsMarkup } from './password-fields-markup.js';

/**
 * What the script of the pages under `/app-root` asks besides the REST calls. Both only read; they are POSTs so that an id
 * stands in no address, and so that no other site can have a browser ask.
 */
@ApiExcludeController()
@Controller(APP_ROOT)
@UseFilters(RestFilter)
export class AppRootController {
  constructor(
    private readonly forms: LinkForms,
    private readonly requirements: PasswordRequirements,
    private readonly clients: Clients,
    private readonly bans: BanFilter,
    private readonly pages: Pages,
  ) {}

  /** Whom a link is for, and the fields for the new password. */
  @Post('link')
  @Guarded(BanGuard)
  async look(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const body = await readObject(request);
    const client = this.clients.of(request);
    const kind = optionalText(body, 'kind');
    const id = optionalText(body, 'id') ?? '';
    if (!isAppRootLinkKind(kind)) throw RestRefusal.notFound('request');
    // One that cannot be any counts as dead.
    if (!isUuid(id)) return this.bans.require<never>(client.address, () => Promise.resolve(undefined));
    const { login, name, domain, rules } = await this.forms.look(kind, id, client);
    const { language } = await this.pages.visit(request);
    const fields = passwordFieldsMarkup(rules, [login, name], language, 'link');
    sendRest(reply, { login, name, domain, fields });
  }

  /** The fields for the new password of somebody who logged in. */
  @Post('own-password')
  @Guarded(BanGuard, IamSessionGuard)
  async own(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { found, session } = callerOf(request);
    await readObject(request, session.kind === 'cookie');
    const rules = await this.requirements.rules(found);
    const { language } = await this.pages.visit(request);
    const { login, displayName } = found.person;
    sendRest(reply, { login, fields: passwordFieldsMarkup(rules, [login, displayName], language, 'own') });
  }
}
