import { Controller, Get, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { plainSecret } from '../../core/crypto/secret-types.js';
import { Public } from '../../core/web/access.js';
import { PageExceptionFilter } from '../../core/web/page-errors.js';
import { qrCodeImage } from '../../core/web/qr-code.js';
import { type OathChoice, OathEnrolment } from '../../tokens/enrolment/oath-enrolment.js';
import { PasscodeProof } from '../../tokens/enrolment/passcode-proof.js';
import type { HeldToken } from '../../tokens/token-store.js';
import { ItemDesk, type ItemVisit } from '../enrolling/item-desk.js';
import { readPlacement } from '../enrolling/read-placement.js';
import { CODE_FIELD, PENDING_FIELD } from '../pages/proof-form.js';
import { itemPath } from '../pages/site.js';
import { ENROLMENT_TEXTS } from '../pages/texts/enrolment-texts.js';
import { appCodePage, appStartPage } from './app-pages.js';

const PATH = itemPath('Token');
const CODE_PATH = `${PATH}/code`;

/** What every authenticator app can do (Google Authenticator ignores everything else). */
const APP: OathChoice = { kind: 'TOTP', hash: 'SHA1', digits: 6, period: 30 };

/** Enrolling an authenticator app: its QR code, and the first code that it shows. */
@ApiExcludeController()
@Controller(PATH)
@Public('the page session in the cookie decides; a form also needs its CSRF value')
@UseFilters(PageExceptionFilter)
export class TokenPages {
  constructor(
    private readonly desk: ItemDesk,
    private readonly enrolment: OathEnrolment,
    private readonly proof: PasscodeProof,
  ) {}

  /** Whoever was interrupted finds the same QR code again until it is proved. */
  @Get()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const item = await this.desk.enter(request, reply, 'Token');
    if (!item) return;
    const pending = await this.desk.pending(item, 'TOTP');
    if (pending) return this.ask(reply, item, pending);
    this.desk.send(reply, item, appStartPage({ ...item, csrf: this.desk.csrf(item, PATH), action: PATH }));
  }

  @Post()
  async begin(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const item = await this.desk.enter(request, reply, 'Token');
    if (!item) return;
    await this.desk.form(request, item, PATH);
    await this.desk.begin((tx) => this.enrolment.begin(tx, item.holder, APP));
    this.desk.redirect(reply, item, PATH);
  }

  @Post('code')
  async prove(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const item = await this.desk.enter(request, reply, 'Token');
    if (!item) return;
    const fields = await this.desk.form(request, item, CODE_PATH);
    const typed = fields.text(CODE_FIELD).replaceAll(/\s/g, '');
    const texts = ENROLMENT_TEXTS[item.visit.language];
    if (typed === '') return this.askAgain(reply, item, texts.app.empty);
    try {
      const placement = readPlacement(fields, item.offer);
      const { held, advance } = await this.proof.check(item.holder, fields.text(PENDING_FIELD), plainSecret(typed));
      const { completed } = await this.desk.keep(item, held, { ...placement, advance });
      this.desk.leave(reply, item, placement.slot, completed);
    } catch (error) {
      const problem = this.desk.problem(error, reply, item);
      if (problem) await this.askAgain(reply, item, problem.text);
    }
  }

  private async askAgain(reply: FastifyReply, item: ItemVisit, problem: string): Promise<void> {
    const pending = await this.desk.pending(item, 'TOTP');
    if (pending) return this.ask(reply, item, pending, problem);
    const csrf = this.desk.csrf(item, PATH);
    this.desk.send(reply, item, appStartPage({ ...item, csrf, action: PATH, problem }));
  }

  private async ask(reply: FastifyReply, item: ItemVisit, pending: HeldToken, problem?: string): Promise<void> {
    const { uri, secret } = this.enrolment.handout(item.holder, pending);
    const page = appCodePage({
      ...item,
      pending: pending.assignment.id,
      uri,
      secret,
      picture: await qrCodeImage(uri),
      code: { action: CODE_PATH, csrf: this.desk.csrf(item, CODE_PATH) },
      again: { action: PATH, csrf: this.desk.csrf(item, PATH) },
      problem,
    });
    this.desk.send(reply, item, page);
  }
}
