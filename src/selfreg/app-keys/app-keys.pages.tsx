import { Controller, Get, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../core/web/access.js';
import type { FormFields } from '../../core/web/form-fields.js';
import { PageExceptionFilter } from '../../core/web/page-errors.js';
import { APP_KEY_LENGTHS, LONGEST_APP_KEY_DAYS } from '../../tokens/kinds/app-keys/app-key.js';
import { AppKeys, type IssuedAppKey, type NewAppKey } from '../../tokens/kinds/app-keys/app-keys.js';
import { ItemDesk, type ItemVisit } from '../enrolling/item-desk.js';
import { ItemField, ItemForm, ItemSelect } from '../pages/item-form.js';
import { itemPage } from '../pages/item-page.js';
import type { ItemProblem } from '../pages/item-problem.js';
import { KEEP_SCRIPTS } from '../pages/keep-buttons.js';
import { SecretOnce } from '../pages/secret-once.js';
import { itemPath } from '../pages/site.js';
import { ENROLMENT_TEXTS } from '../pages/texts/enrolment-texts.js';

const PATH = itemPath('AppKeys');
const CLIENT_FIELD = 'client';
const LENGTH_FIELD = 'length';
const DAYS_FIELD = 'days';
const DEFAULT_LENGTH = 20;
const DEFAULT_DAYS = 180;

/** Enrolling an application password: chosen by its program, length and days, and shown once (section 10.1). */
@ApiExcludeController()
@Controller(PATH)
@Public('the page session in the cookie decides; a form also needs its CSRF value')
@UseFilters(PageExceptionFilter)
export class AppKeyPages {
  constructor(
    private readonly desk: ItemDesk,
    private readonly appKeys: AppKeys,
  ) {}

  @Get()
  async ask(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const item = await this.desk.enter(request, reply, 'AppKeys');
    if (item) this.sendForm(reply, item);
  }

  @Post()
  async issue(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const item = await this.desk.enter(request, reply, 'AppKeys');
    if (!item) return;
    const fields = await this.desk.form(request, item, PATH);
    const wish = wishOf(fields);
    if (!wish.client) {
      const text = ENROLMENT_TEXTS[item.visit.language].appKeys.empty;
      return this.sendForm(reply, item, { field: CLIENT_FIELD, text });
    }
    try {
      const { result, completed } = await this.desk.store(item, (tx) => this.appKeys.issue(tx, item.holder, wish));
      this.sendPassword(reply, item, result, completed);
    } catch (error) {
      const problem = this.desk.problem(error, reply, item);
      if (problem) this.sendForm(reply, item, problem);
    }
  }

  private sendForm(reply: FastifyReply, item: ItemVisit, problem?: ItemProblem): void {
    const { visit } = item;
    const texts = ENROLMENT_TEXTS[visit.language].appKeys;
    const lengths = APP_KEY_LENGTHS.map((length) => ({ value: String(length), text: String(length) }));
    this.desk.send(
      reply,
      item,
      itemPage({
        item,
        title: texts.title,
        lead: texts.lead,
        problem,
        children: (
          <ItemForm visit={visit} action={PATH} csrf={this.desk.csrf(item, PATH)} button={texts.issue}>
            <ItemField
              name={CLIENT_FIELD}
              label={texts.client}
              hint={texts.clientHint}
              maxLength={100}
              problem={problem}
            />
            <ItemSelect name={LENGTH_FIELD} label={texts.length} options={lengths} selected={String(DEFAULT_LENGTH)} />
            <ItemField
              name={DAYS_FIELD}
              label={texts.days}
              hint={texts.daysHint(LONGEST_APP_KEY_DAYS)}
              value={String(DEFAULT_DAYS)}
              inputMode="numeric"
              problem={problem}
            />
          </ItemForm>
        ),
      }),
    );
  }

  /** The password is in this one answer and nowhere else; loading the page again shows the form. */
  private sendPassword(reply: FastifyReply, item: ItemVisit, issued: IssuedAppKey, completed: boolean): void {
    const { visit } = item;
    const texts = ENROLMENT_TEXTS[visit.language].appKeys;
    const page = itemPage({
      item,
      title: texts.issued,
      sign: 'done',
      back: !completed,
      children: (
        <SecretOnce language={visit.language} label={texts.password} secret={issued.password} file="password.txt" />
      ),
      scripts: KEEP_SCRIPTS,
    });
    this.desk.sendLast(reply, item, page, completed);
  }
}

function wishOf(fields: FormFields): NewAppKey {
  const days = fields.text(DAYS_FIELD);
  return {
    client: fields.text(CLIENT_FIELD).trim(),
    length: Number(fields.text(LENGTH_FIELD)),
    days: /^\d{1,4}$/.test(days) ? Number(days) : 0,
  };
}
