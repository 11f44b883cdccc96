import { Controller, Get, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { equalSecrets } from '../../core/crypto/equal-secrets.js';
import { plainSecret, type PlainSecret } from '../../core/crypto/secret-types.js';
import { Public } from '../../core/web/access.js';
import { PageExceptionFilter } from '../../core/web/page-errors.js';
import { isPinCode, LONGEST_PIN, SHORTEST_PIN } from '../../tokens/kinds/pin-code/pin-code.js';
import { PinCodes } from '../../tokens/kinds/pin-code/pin-codes.js';
import { ItemDesk, type ItemVisit } from '../enrolling/item-desk.js';
import { readPlacement } from '../enrolling/read-placement.js';
import { ItemField, ItemForm } from '../pages/item-form.js';
import { itemPage } from '../pages/item-page.js';
import type { ItemProblem } from '../pages/item-problem.js';
import { KEEP_SCRIPTS } from '../pages/keep-buttons.js';
import { SecretOnce } from '../pages/secret-once.js';
import { itemPath } from '../pages/site.js';
import { SlotChoice } from '../pages/slot-choice.js';
import { ENROLMENT_TEXTS } from '../pages/texts/enrolment-texts.js';

const PATH = itemPath('PINCode');
const GENERATE_PATH = `${PATH}/generate`;
const PIN_FIELD = 'pin';
const AGAIN_FIELD = 'again';

/** Enrolling a PIN code: typed twice, or made by the server and typed once (manager-json-rpc section 10.1). */
@ApiExcludeController()
@Controller(PATH)
@Public('the page session in the cookie decides; a form also needs its CSRF value')
@UseFilters(PageExceptionFilter)
export class PinCodePages {
  constructor(
    private readonly desk: ItemDesk,
    private readonly pins: PinCodes,
  ) {}

  @Get()
  async ask(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const item = await this.desk.enter(request, reply, 'PINCode');
    if (item) this.send(reply, item);
  }

  /** Draws a PIN and shows it; nothing is stored before it was typed. */
  @Post('generate')
  async generate(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const item = await this.desk.enter(request, reply, 'PINCode');
    if (!item) return;
    await this.desk.form(request, item, GENERATE_PATH);
    this.send(reply, item, { drawn: this.pins.generate() });
  }

  @Post()
  async submit(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const item = await this.desk.enter(request, reply, 'PINCode');
    if (!item) return;
    const fields = await this.desk.form(request, item, PATH);
    const texts = ENROLMENT_TEXTS[item.visit.language].pin;
    const pin = plainSecret(fields.text(PIN_FIELD));
    if (!isPinCode(pin)) return this.send(reply, item, { problem: { field: PIN_FIELD, text: texts.form } });
    if (!equalSecrets(pin, fields.text(AGAIN_FIELD))) {
      return this.send(reply, item, { problem: { field: AGAIN_FIELD, text: texts.differ } });
    }
    try {
      const placement = readPlacement(fields, item.offer);
      const { completed } = await this.desk.store(item, async (tx) => {
        const held = await this.pins.begin(tx, item.holder, pin);
        await this.desk.finish(tx, item, held, placement);
      });
      this.desk.leave(reply, item, placement.slot, completed);
    } catch (error) {
      const problem = this.desk.problem(error, reply, item);
      if (problem) this.send(reply, item, { problem });
    }
  }

  private send(
    reply: FastifyReply,
    item: ItemVisit,
    { drawn, problem }: { drawn?: PlainSecret; problem?: ItemProblem } = {},
  ): void {
    const { visit, offer } = item;
    const texts = ENROLMENT_TEXTS[visit.language].pin;
    const hint = texts.hint(SHORTEST_PIN, LONGEST_PIN);
    this.desk.send(
      reply,
      item,
      itemPage({
        item,
        title: texts.title,
        lead: texts.lead,
        problem,
        scripts: drawn === undefined ? [] : KEEP_SCRIPTS,
        children: (
          <>
            {drawn !== undefined && (
              <SecretOnce language={visit.language} label={texts.drawn} secret={drawn} file="pin.txt" />
            )}
            <ItemForm visit={visit} action={PATH} csrf={this.desk.csrf(item, PATH)} button={texts.save}>
              {drawn === undefined ? (
                <>
                  <ItemField name={PIN_FIELD} label={texts.label} hint={hint} type="password" problem={problem} />
                  <ItemField name={AGAIN_FIELD} label={texts.again} type="password" problem={problem} />
                </>
              ) : (
                <>
                  <input type="hidden" name={PIN_FIELD} value={drawn} />
                  <ItemField name={AGAIN_FIELD} label={texts.type} type="password" problem={problem} />
                </>
              )}
              <SlotChoice language={visit.language} offer={offer} />
            </ItemForm>
            {drawn === undefined && (
              <ItemForm
                visit={visit}
                action={GENERATE_PATH}
                csrf={this.desk.csrf(item, GENERATE_PATH)}
                button={texts.generate}
                quiet
              />
            )}
          </>
        ),
      }),
    );
  }
}
