import { Controller, Get, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { plainSecret } from '../../core/crypto/secret-types.js';
import { DomainError } from '../../core/errors/domain-error.js';
import { Public } from '../../core/web/access.js';
import { PageExceptionFilter } from '../../core/web/page-errors.js';
import { InventoryEnrolment } from '../../tokens/enrolment/inventory-enrolment.js';
import { ItemDesk, type ItemVisit } from '../enrolling/item-desk.js';
import { readPlacement } from '../enrolling/read-placement.js';
import { ItemField, ItemForm } from '../pages/item-form.js';
import { itemPage } from '../pages/item-page.js';
import type { ItemProblem } from '../pages/item-problem.js';
import { CODE_FIELD } from '../pages/proof-form.js';
import { SlotChoice } from '../pages/slot-choice.js';
import { OtherWays, TOKEN_WAYS } from './other-ways.js';
import { TOKEN_WAY_TEXTS } from './token-ways.texts.js';

const PATH = TOKEN_WAYS.hardware;
const SERIAL_FIELD = 'serial';
const LONGEST_SERIAL = 64;

/** Enrolling a hardware token of the inventory: its serial number and a current code (section 10.1). */
@ApiExcludeController()
@Controller(PATH)
@Public('the page session in the cookie decides; a form also needs its CSRF value')
@UseFilters(PageExceptionFilter)
export class HardwareTokenPages {
  constructor(
    private readonly desk: ItemDesk,
    private readonly inventory: InventoryEnrolment,
  ) {}

  @Get()
  async ask(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const item = await this.desk.enter(request, reply, 'Token');
    if (item) this.send(reply, item, '');
  }

  @Post()
  async claim(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const item = await this.desk.enter(request, reply, 'Token');
    if (!item) return;
    const fields = await this.desk.form(request, item, PATH);
    const texts = TOKEN_WAY_TEXTS[item.visit.language];
    const serial = fields
      .text(SERIAL_FIELD)
      .replaceAll(/\p{Cc}/gu, '')
      .trim()
      .slice(0, LONGEST_SERIAL);
    const typed = fields.text(CODE_FIELD).replaceAll(/\s/g, '');
    if (serial === '' || typed === '') return this.send(reply, item, serial, { text: texts.empty });
    try {
      const placement = readPlacement(fields, item.offer);
      const claimed = await this.inventory.prove(item.holder, serial, plainSecret(typed));
      const { completed } = await this.desk.store(item, (tx) =>
        this.inventory.finish(tx, item.holder, claimed, placement),
      );
      this.desk.leave(reply, item, placement.slot, completed);
    } catch (error) {
      if (DomainError.is(error, 'passcode-wrong')) return this.send(reply, item, serial, { text: texts.refused });
      const problem = this.desk.problem(error, reply, item);
      if (problem) this.send(reply, item, serial, problem);
    }
  }

  private send(reply: FastifyReply, item: ItemVisit, serial: string, problem?: ItemProblem): void {
    const { visit, offer } = item;
    const texts = TOKEN_WAY_TEXTS[visit.language];
    const page = itemPage({
      item,
      title: texts.hardwareTitle,
      lead: texts.hardwareLead,
      problem,
      children: (
        <>
          <ItemForm visit={visit} action={PATH} csrf={this.desk.csrf(item, PATH)} button={texts.save}>
            <ItemField
              name={SERIAL_FIELD}
              label={texts.serial}
              hint={texts.serialHint}
              value={serial}
              maxLength={LONGEST_SERIAL}
            />
            <ItemField name={CODE_FIELD} label={texts.code} hint={texts.codeHint} autocomplete="one-time-code" />
            <SlotChoice language={visit.language} offer={offer} />
          </ItemForm>
          <OtherWays visit={visit} current="hardware" />
        </>
      ),
    });
    this.desk.send(reply, item, page);
  }
}
