import { Controller, Get, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { equalSecrets } from '../../core/crypto/equal-secrets.js';
import { Public } from '../../core/web/access.js';
import type { FormFields } from '../../core/web/form-fields.js';
import { PageExceptionFilter } from '../../core/web/page-errors.js';
import { GridEnrolment } from '../../tokens/enrolment/grid-enrolment.js';
import { canonicalPath, type PathPin } from '../../tokens/grid/path-pin.js';
import { ItemDesk, type ItemVisit } from '../enrolling/item-desk.js';
import { ProofDesk } from '../enrolling/proof-desk.js';
import type { ItemProblem } from '../pages/item-problem.js';
import { itemPath } from '../pages/site.js';
import { GRID_GO_TEXTS } from './grid-go.texts.js';
import { AGAIN_FIELD, choosePage, MOST_STEPS, PATH_FIELD, walkPage } from './path-form-pages.js';

const PATH = itemPath('GridGo');
const CODE_PATH = `${PATH}/code`;
const FRESH_PATH = `${PATH}/fresh`;

/** Enrolling a path on a grid: typed twice, then walked once (authentication methods, section 6.6). */
@ApiExcludeController()
@Controller(PATH)
@Public('the page session in the cookie decides; a form also needs its CSRF value')
@UseFilters(PageExceptionFilter)
export class GridGoPages {
  constructor(
    private readonly desk: ItemDesk,
    private readonly proofs: ProofDesk,
    private readonly enrolment: GridEnrolment,
  ) {}

  @Get()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const item = await this.desk.enter(request, reply, 'GridGo');
    if (item) await this.send(reply, item);
  }

  /** For whoever wants another path before this one is proved. */
  @Get('fresh')
  async fresh(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const item = await this.desk.enter(request, reply, 'GridGo');
    if (item) await this.sendChoice(reply, item);
  }

  @Post()
  async begin(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const item = await this.desk.enter(request, reply, 'GridGo');
    if (!item) return;
    const fields = await this.desk.form(request, item, PATH);
    const { path, problem } = readPath(fields, item, await this.enrolment.fewestSteps(item.holder));
    if (!path) return this.sendChoice(reply, item, problem);
    await this.desk.begin((tx) => this.enrolment.beginPath(tx, item.holder, path));
    this.desk.redirect(reply, item, PATH);
  }

  @Post('code')
  prove(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.proofs.take(request, reply, {
      choice: 'GridGo',
      path: CODE_PATH,
      empty: (language) => GRID_GO_TEXTS[language].empty,
      look: async (item, pending, typed) => {
        const proved = await this.enrolment.prove(item.holder, pending, typed);
        return (tx, placement) => this.enrolment.finish(tx, item.holder, proved, placement);
      },
      show: (item, problem) => this.send(reply, item, problem),
    });
  }

  private async send(reply: FastifyReply, item: ItemVisit, problem?: ItemProblem): Promise<void> {
    const pending = await this.desk.pending(item, 'GridGo');
    if (!pending) return this.sendChoice(reply, item, problem && { text: problem.text });
    const page = walkPage({
      item,
      pending: pending.assignment.id,
      grid: this.enrolment.shownGrid(pending),
      code: { action: CODE_PATH, csrf: this.desk.csrf(item, CODE_PATH) },
      fresh: FRESH_PATH,
      problem,
    });
    this.desk.send(reply, item, page);
  }

  private async sendChoice(reply: FastifyReply, item: ItemVisit, problem?: ItemProblem): Promise<void> {
    const fewest = await this.enrolment.fewestSteps(item.holder);
    const start = { action: PATH, csrf: this.desk.csrf(item, PATH) };
    this.desk.send(reply, item, choosePage({ item, start, fewest, problem }));
  }
}

/** A path in canonical form, or what is wrong with it. */
function readPath(
  fields: FormFields,
  { visit }: ItemVisit,
  fewest: number,
): { readonly path?: PathPin; readonly problem?: ItemProblem } {
  const texts = GRID_GO_TEXTS[visit.language];
  const path = canonicalPath(fields.text(PATH_FIELD).replaceAll(/\s/g, ''));
  const again = canonicalPath(fields.text(AGAIN_FIELD).replaceAll(/\s/g, ''));
  if (!path || path.length < fewest || path.length > MOST_STEPS) {
    return { problem: { field: PATH_FIELD, text: texts.form(fewest, MOST_STEPS) } };
  }
  if (again === undefined || !equalSecrets(path, again)) return { problem: { field: AGAIN_FIELD, text: texts.differ } };
  if (new Set(path).size === 1) return { problem: { field: PATH_FIELD, text: texts.easy } };
  return { path };
}
