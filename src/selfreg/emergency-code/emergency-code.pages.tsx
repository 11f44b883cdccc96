import { Controller, Get, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../core/web/access.js';
import { Fact, Facts } from '../../core/web/page/facts.js';
import { Moment } from '../../core/web/page/moment.js';
import { MOMENT_SCRIPT } from '../../core/web/page/scripts.js';
import { PageExceptionFilter } from '../../core/web/page-errors.js';
import { EmergencyCodes, type IssuedEmergencyCode } from '../../tokens/kinds/emergency-code/emergency-codes.js';
import { ItemDesk, type ItemVisit } from '../enrolling/item-desk.js';
import { ItemForm } from '../pages/item-form.js';
import { itemPage } from '../pages/item-page.js';
import type { ItemProblem } from '../pages/item-problem.js';
import { KEEP_SCRIPTS } from '../pages/keep-buttons.js';
import { SecretOnce } from '../pages/secret-once.js';
import { itemPath } from '../pages/site.js';
import { EMERGENCY_CODE_TEXTS } from './emergency-code.texts.js';

const PATH = itemPath('EmergencyCode');

/** Enrolling an emergency code: made by the server and shown once. */
@ApiExcludeController()
@Controller(PATH)
@Public('the page session in the cookie decides; a form also needs its CSRF value')
@UseFilters(PageExceptionFilter)
export class EmergencyCodePages {
  constructor(
    private readonly desk: ItemDesk,
    private readonly codes: EmergencyCodes,
  ) {}

  @Get()
  async ask(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const item = await this.desk.enter(request, reply, 'EmergencyCode');
    if (item) this.sendForm(reply, item);
  }

  @Post()
  async issue(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const item = await this.desk.enter(request, reply, 'EmergencyCode');
    if (!item) return;
    await this.desk.form(request, item, PATH);
    try {
      const { result, completed } = await this.desk.store(item, (tx) => this.codes.issue(tx, item.holder));
      this.desk.sendLast(reply, item, codePage(item, result, completed), completed);
    } catch (error) {
      const problem = this.desk.problem(error, reply, item);
      if (problem) this.sendForm(reply, item, problem);
    }
  }

  private sendForm(reply: FastifyReply, item: ItemVisit, problem?: ItemProblem): void {
    const texts = EMERGENCY_CODE_TEXTS[item.visit.language];
    const csrf = this.desk.csrf(item, PATH);
    const page = itemPage({
      item,
      title: texts.title,
      lead: texts.lead,
      problem,
      children: <ItemForm visit={item.visit} action={PATH} csrf={csrf} button={texts.make} />,
    });
    this.desk.send(reply, item, page);
  }
}

/** The code is in this one answer and nowhere else. */
function codePage(item: ItemVisit, { code, expires }: IssuedEmergencyCode, completed: boolean) {
  const { language } = item.visit;
  const texts = EMERGENCY_CODE_TEXTS[language];
  return itemPage({
    item,
    title: texts.made,
    sign: 'done',
    back: !completed,
    scripts: [MOMENT_SCRIPT, ...KEEP_SCRIPTS],
    children: (
      <>
        <SecretOnce language={language} label={texts.label} secret={code} file="emergency-code.txt" />
        <Facts>
          <Fact name={texts.until}>
            <Moment at={expires} language={language} />
          </Fact>
        </Facts>
      </>
    ),
  });
}
