import { Controller, Get, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../core/web/access.js';
import { deadLinkPage, retryPage } from '../../core/web/links/closed-pages.js';
import { LinkDoor } from '../../core/web/links/link-door.js';
import { LINK_FIELD, type LinkSite } from '../../core/web/links/link-site.js';
import { OpenForm } from '../../core/web/links/open-form.js';
import { Card } from '../../core/web/page/card.js';
import { Fact, Facts } from '../../core/web/page/facts.js';
import { Moment } from '../../core/web/page/moment.js';
import type { Page } from '../../core/web/page/page.js';
import { MOMENT_SCRIPT, SEND_ONCE_SCRIPT } from '../../core/web/page/scripts.js';
import { PageExceptionFilter } from '../../core/web/page-errors.js';
import type { Visit } from '../../core/web/visit.js';
import { itemName } from '../../delivery/templates/item-names.js';
import { FREEZE_PATH } from '../../tokens/enrolment/freeze.purpose.js';
import { NotMeService, type ReportedChange } from './not-me.service.js';
import { NOT_ME_TEXTS } from './not-me.texts.js';

const SITE: LinkSite = { name: 'not-me', path: FREEZE_PATH };

/** Where "this was not me" leads: looking changes nothing, pressing the button stops the authenticator. */
@ApiExcludeController()
@Controller(SITE.path)
@Public('the secret in the link decides')
@UseFilters(PageExceptionFilter)
export class NotMePages {
  constructor(
    private readonly door: LinkDoor,
    private readonly service: NotMeService,
  ) {}

  /** Also answers HEAD. */
  @Get()
  async look(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.door.look(request, reply, SITE, async (link, visit) => {
      const change = await this.service.look(link);
      return change && landing(visit, link, change);
    });
  }

  @Post()
  async freeze(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.door.act(request, reply, SITE, async (link, client, visit) => {
      const outcome = await this.service.freeze(link, client);
      if (outcome === undefined) return deadLinkPage(visit.language);
      return outcome === 'busy' ? retryPage(SITE, visit, link, 'change-in-progress') : stopped(visit, outcome);
    });
  }
}

function landing(visit: Visit, link: string, { login, domainName, slot, addedAt }: ReportedChange): Page {
  const texts = NOT_ME_TEXTS[visit.language];
  return {
    status: 200,
    title: texts.title,
    organisation: domainName,
    scripts: [MOMENT_SCRIPT, SEND_ONCE_SCRIPT],
    keep: { [LINK_FIELD]: link },
    body: (
      <Card eyebrow={texts.service} heading={texts.title}>
        <p class="lead">{texts.lead}</p>
        <Facts>
          <Fact name={texts.what}>{itemName(slot, visit.language)}</Fact>
          <Fact name={texts.account}>{login}</Fact>
          <Fact name={texts.when}>
            <Moment at={addedAt} language={visit.language} />
          </Fact>
        </Facts>
        <p>{texts.effect}</p>
        <OpenForm site={SITE} visit={visit} link={link} label={texts.stop} />
      </Card>
    ),
  };
}

function stopped(visit: Visit, { domainName, slot }: ReportedChange): Page {
  const texts = NOT_ME_TEXTS[visit.language];
  return {
    status: 200,
    title: texts.doneTitle,
    organisation: domainName,
    body: (
      <Card eyebrow={texts.service} heading={texts.doneTitle} sign="done">
        <p class="lead">{texts.done(itemName(slot, visit.language))}</p>
        <h2>{texts.nextHeading}</h2>
        <ul class="points">
          {texts.next.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      </Card>
    ),
  };
}
