import { Controller, Get, NotFoundException, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { KeyRing } from '../core/crypto/key-ring.js';
import { Database } from '../core/database/database.js';
import { Clock } from '../core/time/clock.js';
import { Guarded } from '../core/web/access.js';
import { Card } from '../core/web/page/card.js';
import type { Page } from '../core/web/page/page.js';
import { PageExceptionFilter } from '../core/web/page-errors.js';
import { Pages } from '../core/web/pages.js';
import { queryValue, type Visit } from '../core/web/visit.js';
import { LoopbackHostGuard } from '../delivery/mailbox/loopback-host.guard.js';
import { type Grid, gridFromText } from '../tokens/grid/grid.js';
import { GridTable } from '../tokens/grid/grid-table.js';
import { sendGridPdf } from '../tokens/grid/send-grid-pdf.js';
import { TOKEN_SECRET } from '../tokens/token-secrets.js';
import { TokenStore } from '../tokens/token-store.js';
import { DEMO_CARD, DEMO_DOMAIN } from './demo-tokens.js';
import { DEMO_CARD_TEXTS } from './demo-card.texts.js';

export const DEMO_CARD_PATH = 'dev/grid-card';

/**
 * The grid card of the demo world, so that whoever tries it out can answer its questions. Exists in the embedded mode only;
 * nobody else's card is ever shown after its enrolment.
 */
@ApiExcludeController()
@Controller(DEMO_CARD_PATH)
@UseFilters(PageExceptionFilter)
@Guarded(LoopbackHostGuard)
export class DemoCardPages {
  constructor(
    private readonly store: TokenStore,
    private readonly database: Database,
    private readonly keyRing: KeyRing,
    private readonly pages: Pages,
    private readonly clock: Clock,
  ) {}

  @Get()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.pages.visit(request);
    this.pages.send(reply, visit, cardPage(visit, await this.card(), queryValue(request, 'large') === '1'));
  }

  @Get('card.pdf')
  async print(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.pages.visit(request);
    await sendGridPdf(reply, visit, {
      grid: await this.card(),
      title: DEMO_CARD_TEXTS[visit.language].title,
      organisation: DEMO_DOMAIN,
      serial: DEMO_CARD,
      language: visit.language,
      large: queryValue(request, 'large') === '1',
      at: this.clock.now(),
    });
  }

  /** @throws NotFoundException where it was never made, as with an operator's own configuration */
  private async card(): Promise<Grid> {
    const token = await this.store.bySerial(this.database.manager, DEMO_CARD);
    if (token?.kind !== 'GridCard' || !token.secretSealed) throw new NotFoundException();
    return gridFromText(this.keyRing.open(token.secretSealed, TOKEN_SECRET));
  }
}

function cardPage({ language }: Visit, grid: Grid, large: boolean): Page {
  const texts = DEMO_CARD_TEXTS[language];
  return {
    status: 200,
    title: texts.title,
    ...(large && { keep: { large: '1' } }),
    body: (
      <Card eyebrow={texts.eyebrow} heading={texts.title}>
        <p class="lead">{texts.lead}</p>
        <GridTable id="card" grid={grid} caption={texts.title} large={large} />
        <p class="aside">
          <a href={large ? `/${DEMO_CARD_PATH}` : `/${DEMO_CARD_PATH}?large=1`}>{large ? texts.normal : texts.large}</a>
        </p>
        <p class="aside">
          <a href={`/${DEMO_CARD_PATH}/card.pdf`}>{texts.pdf}</a>
        </p>
        <p class="aside">
          <a href={`/${DEMO_CARD_PATH}/card.pdf?large=1`}>{texts.largePdf}</a>
        </p>
        <p class="notice">{texts.warning}</p>
      </Card>
    ),
  };
}
