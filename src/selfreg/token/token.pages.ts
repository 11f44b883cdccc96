import { Controller, Get, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../core/web/access.js';
import { PageExceptionFilter } from '../../core/web/page-errors.js';
import { qrCodeImage } from '../../core/web/qr-code.js';
import { type OathChoice, OathEnrolment } from '../../tokens/enrolment/oath-enrolment.js';
import { PasscodeProof } from '../../tokens/enrolment/passcode-proof.js';
import { ItemDesk, type ItemVisit } from '../enrolling/item-desk.js';
import { ProofDesk } from '../enrolling/proof-desk.js';
import type { ItemProblem } from '../pages/item-problem.js';
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
    private readonly proofs: ProofDesk,
    private readonly enrolment: OathEnrolment,
    private readonly proof: PasscodeProof,
  ) {}

  /** Whoever was interrupted finds the same QR code again until it is proved. */
  @Get()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const item = await this.desk.enter(request, reply, 'Token');
    if (item) await this.send(reply, item);
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
  prove(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.proofs.take(request, reply, {
      choice: 'Token',
      path: CODE_PATH,
      empty: (language) => ENROLMENT_TEXTS[language].app.empty,
      look: async (item, pending, typed) => {
        const { held, advance } = await this.proof.check(item.holder, pending, typed);
        return (tx, placement) => this.desk.finish(tx, item, held, { ...placement, advance });
      },
      show: (item, problem) => this.send(reply, item, problem),
    });
  }

  private async send(reply: FastifyReply, item: ItemVisit, problem?: ItemProblem): Promise<void> {
    const pending = await this.desk.pending(item, 'TOTP');
    const start = { action: PATH, csrf: this.desk.csrf(item, PATH) };
    if (!pending) {
      return this.desk.send(reply, item, appStartPage({ item, start, problem: problem && { text: problem.text } }));
    }
    const { uri, secret } = this.enrolment.handout(item.holder, pending);
    const page = appCodePage({
      item,
      pending: pending.assignment.id,
      uri,
      secret,
      picture: await qrCodeImage(uri),
      code: { action: CODE_PATH, csrf: this.desk.csrf(item, CODE_PATH) },
      again: start,
      problem,
    });
    this.desk.send(reply, item, page);
  }
}
