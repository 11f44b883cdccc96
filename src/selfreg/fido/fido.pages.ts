import { Controller, Get, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Configuration } from '../../core/domains/configuration.js';
import { DomainError } from '../../core/errors/domain-error.js';
import { Public } from '../../core/web/access.js';
import { PageExceptionFilter } from '../../core/web/page-errors.js';
import type { Placement } from '../../tokens/enrolment/enrolments.js';
import { FidoRegistrations } from '../../tokens/kinds/fido/fido-registrations.js';
import { ceremonyAddress } from '../../tokens/kinds/fido/relying-party.js';
import { ItemDesk, type ItemVisit } from '../enrolling/item-desk.js';
import { readPlacement, REPLACES_FIELD, SLOT_FIELD } from '../enrolling/read-placement.js';
import type { ItemProblem } from '../pages/item-problem.js';
import { NAME_FIELD, readName } from '../pages/name-field.js';
import { itemPath } from '../pages/site.js';
import { ceremonyPage, RESPONSE_FIELD, startPage } from './fido-pages.js';
import { FIDO_TEXTS } from './fido.texts.js';

const PATH = itemPath('FIDO');
const KEY_PATH = `${PATH}/key`;

/** What was chosen before the ceremony. */
interface FidoWish {
  readonly name: string;
  readonly placement: Pick<Placement, 'slot' | 'replaces'>;
}

/** Enrolling a FIDO key: its name, and the ceremony (manager-json-rpc section 10.1). */
@ApiExcludeController()
@Controller(PATH)
@Public('the page session in the cookie decides; a form also needs its CSRF value')
@UseFilters(PageExceptionFilter)
export class FidoPages {
  constructor(
    private readonly desk: ItemDesk,
    private readonly registrations: FidoRegistrations,
    private readonly configuration: Configuration,
  ) {}

  @Get()
  async ask(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const item = await this.desk.enter(request, reply, 'FIDO');
    if (item) this.sendStart(reply, item, '');
  }

  /** Begins a ceremony; an older one of the same link is void. */
  @Post()
  async begin(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const item = await this.desk.enter(request, reply, 'FIDO');
    if (!item) return;
    const fields = await this.desk.form(request, item, PATH);
    const name = readName(fields);
    if (name === '') {
      const { empty } = FIDO_TEXTS[item.visit.language];
      return this.sendStart(reply, item, name, { field: NAME_FIELD, text: empty });
    }
    try {
      await this.sendCeremony(reply, item, { name, placement: readPlacement(fields, item.offer) });
    } catch (error) {
      this.refuse(reply, item, name, error);
    }
  }

  /** Takes what the browser gave. Each challenge is good for one look, so a refusal comes back with a new one. */
  @Post('key')
  async finish(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const item = await this.desk.enter(request, reply, 'FIDO');
    if (!item) return;
    const fields = await this.desk.form(request, item, KEY_PATH);
    const name = readName(fields);
    try {
      const placement = readPlacement(fields, item.offer);
      const proved = await this.registrations.prove(item.holder, fields.text(RESPONSE_FIELD));
      const { completed } = await this.desk.store(item, (tx) =>
        this.registrations.finish(tx, item.holder, proved, { ...placement, name }),
      );
      this.desk.leave(reply, item, placement.slot, completed);
    } catch (error) {
      this.refuse(reply, item, name, error);
    }
  }

  private refuse(reply: FastifyReply, item: ItemVisit, name: string, error: unknown): void {
    if (DomainError.is(error, 'feature-locked')) {
      return this.sendStart(reply, item, name, { text: FIDO_TEXTS[item.visit.language].locked });
    }
    const problem = this.desk.problem(error, reply, item);
    if (problem) this.sendStart(reply, item, name, problem);
  }

  private sendStart(reply: FastifyReply, item: ItemVisit, name: string, problem?: ItemProblem): void {
    const start = { action: PATH, csrf: this.desk.csrf(item, PATH) };
    this.desk.send(reply, item, startPage({ item, start, name, problem }));
  }

  private async sendCeremony(reply: FastifyReply, item: ItemVisit, { name, placement }: FidoWish): Promise<void> {
    const options = await this.registrations.begin(item.holder);
    const { publicUrl } = await this.configuration.snapshot();
    const page = ceremonyPage({
      item,
      options,
      chosen: { [NAME_FIELD]: name, [SLOT_FIELD]: placement.slot, [REPLACES_FIELD]: placement.replaces ?? '' },
      finish: { action: KEY_PATH, csrf: this.desk.csrf(item, KEY_PATH) },
      again: PATH,
      elsewhere: publicUrl === undefined ? undefined : ceremonyAddress(publicUrl),
      problem: undefined,
    });
    this.desk.send(reply, item, page);
  }
}
