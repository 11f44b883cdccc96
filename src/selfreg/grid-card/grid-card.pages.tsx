import { Controller, Get, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Clock } from '../../core/time/clock.js';
import { Public } from '../../core/web/access.js';
import { PageExceptionFilter } from '../../core/web/page-errors.js';
import { queryValue } from '../../core/web/visit.js';
import { GridEnrolment } from '../../tokens/enrolment/grid-enrolment.js';
import { GridTable } from '../../tokens/grid/grid-table.js';
import { sendGridPdf } from '../../tokens/grid/send-grid-pdf.js';
import type { HeldToken } from '../../tokens/token-store.js';
import { ItemDesk, type ItemVisit } from '../enrolling/item-desk.js';
import { ProofDesk } from '../enrolling/proof-desk.js';
import { ItemForm } from '../pages/item-form.js';
import { itemPage } from '../pages/item-page.js';
import type { ItemProblem } from '../pages/item-problem.js';
import { KEEP_SCRIPTS, KeepButtons } from '../pages/keep-buttons.js';
import { ProofForm } from '../pages/proof-form.js';
import { itemPath } from '../pages/site.js';
import { GRID_CARD_TEXTS } from './grid-card.texts.js';

const PATH = itemPath('GridCard');
const CODE_PATH = `${PATH}/code`;
const PDF_PATH = `${PATH}/card.pdf`;
const CARD_ID = 'card';

/** Enrolling a grid card: the card to print, and some of its cells (authentication methods, section 6.6). */
@ApiExcludeController()
@Controller(PATH)
@Public('the page session in the cookie decides; a form also needs its CSRF value')
@UseFilters(PageExceptionFilter)
export class GridCardPages {
  constructor(
    private readonly desk: ItemDesk,
    private readonly proofs: ProofDesk,
    private readonly enrolment: GridEnrolment,
    private readonly clock: Clock,
  ) {}

  /** Whoever was interrupted finds the same card again until it is proved. */
  @Get()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const item = await this.desk.enter(request, reply, 'GridCard');
    if (item) await this.send(reply, item, { large: queryValue(request, 'large') === '1' });
  }

  /** The card as a file, as long as the page shows it. */
  @Get('card.pdf')
  async print(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const item = await this.desk.enter(request, reply, 'GridCard');
    if (!item) return;
    const pending = await this.desk.pending(item, 'GridCard');
    if (!pending) return this.desk.redirect(reply, item, PATH);
    const { visit, holder } = item;
    await sendGridPdf(reply, visit, {
      grid: this.enrolment.card(pending),
      title: GRID_CARD_TEXTS[visit.language].cardTitle,
      organisation: holder.found.domain.name,
      serial: pending.token.serial,
      language: visit.language,
      large: queryValue(request, 'large') === '1',
      at: this.clock.now(),
    });
  }

  @Post()
  async begin(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const item = await this.desk.enter(request, reply, 'GridCard');
    if (!item) return;
    await this.desk.form(request, item, PATH);
    await this.desk.begin((tx) => this.enrolment.beginCard(tx, item.holder));
    this.desk.redirect(reply, item, PATH);
  }

  @Post('code')
  prove(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.proofs.take(request, reply, {
      choice: 'GridCard',
      path: CODE_PATH,
      empty: (language) => GRID_CARD_TEXTS[language].empty,
      look: async (item, pending, typed) => {
        const proved = await this.enrolment.prove(item.holder, pending, typed);
        return (tx, placement) => this.enrolment.finish(tx, item.holder, proved, placement);
      },
      show: (item, problem) => this.send(reply, item, { problem }),
    });
  }

  private async send(
    reply: FastifyReply,
    item: ItemVisit,
    { large = false, problem }: { large?: boolean; problem?: ItemProblem },
  ): Promise<void> {
    const pending = await this.desk.pending(item, 'GridCard');
    if (pending) return this.sendCard(reply, item, pending, { large, problem });
    const texts = GRID_CARD_TEXTS[item.visit.language];
    const csrf = this.desk.csrf(item, PATH);
    const page = itemPage({
      item,
      title: texts.title,
      lead: texts.lead,
      problem: problem && { text: problem.text },
      children: <ItemForm visit={item.visit} action={PATH} csrf={csrf} button={texts.make} />,
    });
    this.desk.send(reply, item, page);
  }

  private sendCard(
    reply: FastifyReply,
    item: ItemVisit,
    pending: HeldToken,
    { large, problem }: { large: boolean; problem: ItemProblem | undefined },
  ): void {
    const { visit } = item;
    const texts = GRID_CARD_TEXTS[visit.language];
    const other = new URLSearchParams({ ...(visit.inline && { inline: '1' }), ...(!large && { large: '1' }) });
    const page = itemPage({
      item,
      title: texts.cardTitle,
      lead: texts.cardLead,
      problem,
      scripts: KEEP_SCRIPTS,
      children: (
        <>
          <GridTable id={CARD_ID} grid={this.enrolment.card(pending)} caption={texts.cardTitle} large={large} />
          <KeepButtons language={visit.language} of={CARD_ID} file="grid-card.txt" print />
          <p class="aside">
            <a href={`${PATH}?${other.toString()}`}>{large ? texts.normal : texts.large}</a>
          </p>
          <p class="aside">
            <a href={PDF_PATH}>{texts.pdf}</a>
          </p>
          <p class="aside">
            <a href={`${PDF_PATH}?large=1`}>{texts.largePdf}</a>
          </p>
          <ProofForm
            item={item}
            pending={pending.assignment.id}
            action={CODE_PATH}
            csrf={this.desk.csrf(item, CODE_PATH)}
            label={texts.cells(this.enrolment.askedCells(pending).join(', '))}
            hint={texts.hint}
            inputMode="text"
            button={texts.save}
            problem={problem}
          >
            <h2>{texts.prove}</h2>
          </ProofForm>
          <ItemForm visit={visit} action={PATH} csrf={this.desk.csrf(item, PATH)} button={texts.fresh} quiet />
        </>
      ),
    });
    this.desk.send(reply, item, page);
  }
}
