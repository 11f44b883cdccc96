import { Controller, Get, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../../core/errors/domain-error.js';
import { Public } from '../../core/web/access.js';
import { PageExceptionFilter } from '../../core/web/page-errors.js';
import { isJsonObject, JsonError, readJsonText } from '../../core/web/strict-json.js';
import { type PushDeviceClaim, PushRegistrations } from '../../tokens/kinds/push/push-registrations.js';
import { ItemDesk, type ItemVisit } from '../enrolling/item-desk.js';
import type { ItemProblem } from '../pages/item-problem.js';
import { NAME_FIELD, readName } from '../pages/name-field.js';
import { itemPath } from '../pages/site.js';
import { donePage, keyPage, RESPONSE_FIELD, startPage } from './push-pages.js';
import { PUSH_TEXTS } from './push.texts.js';

const PATH = itemPath('Push');
const KEY_PATH = `${PATH}/key`;

/** Making the browser that opened the link a push device: its name, and its key (authentication methods, section 6.11). */
@ApiExcludeController()
@Controller(PATH)
@Public('the page session in the cookie decides; a form also needs its CSRF value')
@UseFilters(PageExceptionFilter)
export class PushPages {
  constructor(
    private readonly desk: ItemDesk,
    private readonly registrations: PushRegistrations,
  ) {}

  @Get()
  async ask(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const item = await this.desk.enter(request, reply, 'Push');
    if (item) this.sendStart(reply, item, '');
  }

  /** Gives the device something to sign; what it was given before is void. */
  @Post()
  async begin(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const item = await this.desk.enter(request, reply, 'Push');
    if (!item) return;
    const name = readName(await this.desk.form(request, item, PATH));
    if (name === '') {
      return this.sendStart(reply, item, name, { field: NAME_FIELD, text: PUSH_TEXTS[item.visit.language].empty });
    }
    const challenge = await this.registrations.begin(item.holder);
    const finish = { action: KEY_PATH, csrf: this.desk.csrf(item, KEY_PATH) };
    this.desk.send(reply, item, keyPage({ item, challenge, name, finish, again: PATH }));
  }

  /** Takes what the device signed. Each challenge is good for one look, so a refusal begins anew. */
  @Post('key')
  async finish(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const item = await this.desk.enter(request, reply, 'Push');
    if (!item) return;
    const fields = await this.desk.form(request, item, KEY_PATH);
    const name = readName(fields);
    try {
      const proved = await this.registrations.prove(item.holder, { ...claimOf(fields.text(RESPONSE_FIELD)), name });
      const { completed } = await this.desk.store(item, (tx) => this.registrations.finish(tx, item.holder, proved));
      this.desk.sendLast(reply, item, donePage(item, completed), completed);
    } catch (error) {
      this.refuse(reply, item, name, error);
    }
  }

  private refuse(reply: FastifyReply, item: ItemVisit, name: string, error: unknown): void {
    if (DomainError.is(error, 'slot-taken')) {
      return this.sendStart(reply, item, name, { text: PUSH_TEXTS[item.visit.language].full });
    }
    const problem = this.desk.problem(error, reply, item);
    if (problem) this.sendStart(reply, item, name, problem);
  }

  private sendStart(reply: FastifyReply, item: ItemVisit, name: string, problem?: ItemProblem): void {
    const start = { action: PATH, csrf: this.desk.csrf(item, PATH) };
    this.desk.send(reply, item, startPage({ item, start, name, problem }));
  }
}

/** What the script wrote into the form; `prove` refuses what is not right. */
function claimOf(response: string): PushDeviceClaim {
  try {
    const value = readJsonText(response);
    if (isJsonObject(value)) {
      const { key, signature, model, type } = value;
      return { key, signature, model: textOf(model), type: textOf(type) };
    }
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
  }
  return { key: undefined, signature: undefined };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
