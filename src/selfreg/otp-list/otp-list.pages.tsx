import { Controller, Get, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Database } from '../../core/database/database.js';
import { DomainError } from '../../core/errors/domain-error.js';
import { Public } from '../../core/web/access.js';
import { PageExceptionFilter } from '../../core/web/page-errors.js';
import { LIST_SIZES } from '../../tokens/kinds/otp-list/otp-list-codes.js';
import { OtpListEnrolment, PROVING_NUMBER } from '../../tokens/kinds/otp-list/otp-list-enrolment.js';
import { OtpLists } from '../../tokens/kinds/otp-list/otp-lists.js';
import type { HeldToken } from '../../tokens/token-store.js';
import { ItemDesk, type ItemVisit } from '../enrolling/item-desk.js';
import { ProofDesk } from '../enrolling/proof-desk.js';
import type { ItemProblem } from '../pages/item-problem.js';
import { itemPath } from '../pages/site.js';
import { listPage, SIZE_FIELD, startPage } from './list-pages.js';
import { OTP_LIST_TEXTS } from './otp-list.texts.js';

const PATH = itemPath('OTPList');
const CODE_PATH = `${PATH}/code`;

/** Enrolling a list of one-time passwords: its size, the list to print, and one code of it (section 10.1). */
@ApiExcludeController()
@Controller(PATH)
@Public('the page session in the cookie decides; a form also needs its CSRF value')
@UseFilters(PageExceptionFilter)
export class OtpListPages {
  constructor(
    private readonly desk: ItemDesk,
    private readonly proofs: ProofDesk,
    private readonly enrolment: OtpListEnrolment,
    private readonly lists: OtpLists,
    private readonly database: Database,
  ) {}

  /** Whoever was interrupted finds the same list again until it is proved. */
  @Get()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const item = await this.desk.enter(request, reply, 'OTPList');
    if (item) await this.send(reply, item);
  }

  @Post()
  async begin(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const item = await this.desk.enter(request, reply, 'OTPList');
    if (!item) return;
    const wanted = (await this.desk.form(request, item, PATH)).text(SIZE_FIELD);
    const size = LIST_SIZES.find((known) => String(known) === wanted);
    if (!size) throw new DomainError('form-not-valid', { detail: 'a size that is not offered' });
    await this.desk.begin((tx) => this.enrolment.begin(tx, item.holder, { size }));
    this.desk.redirect(reply, item, PATH);
  }

  @Post('code')
  prove(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.proofs.take(request, reply, {
      choice: 'OTPList',
      path: CODE_PATH,
      empty: (language) => OTP_LIST_TEXTS[language].empty(PROVING_NUMBER),
      look: async (item, pending, typed) => {
        const proved = await this.enrolment.prove(item.holder, pending, typed);
        return (tx, placement) => this.enrolment.finish(tx, item.holder, proved, placement);
      },
      show: (item, problem) => this.send(reply, item, problem),
    });
  }

  private async send(reply: FastifyReply, item: ItemVisit, problem?: ItemProblem): Promise<void> {
    const pending = await this.desk.pending(item, 'OTPList');
    const start = { action: PATH, csrf: this.desk.csrf(item, PATH) };
    this.desk.send(
      reply,
      item,
      pending
        ? await this.list(item, pending, start, problem)
        : startPage({ item, start, left: await this.left(item), problem: problem && { text: problem.text } }),
    );
  }

  private async list(
    item: ItemVisit,
    pending: HeldToken,
    again: { action: string; csrf: string },
    problem?: ItemProblem,
  ) {
    return listPage({
      item,
      pending: pending.assignment.id,
      entries: await this.lists.entries(this.database.manager, pending),
      code: { action: CODE_PATH, csrf: this.desk.csrf(item, CODE_PATH) },
      again,
      size: String(pending.token.state['size']),
      problem,
    });
  }

  /** Codes left on the list that the person has, when they are few. */
  private async left({ session }: ItemVisit): Promise<number | undefined> {
    const summary = await this.lists.summary(this.database.manager, session.opened.found);
    return summary?.low ? summary.left : undefined;
  }
}
