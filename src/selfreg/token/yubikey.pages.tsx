import { Controller, Get, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { plainSecret } from '../../core/crypto/secret-types.js';
import { Public } from '../../core/web/access.js';
import { PageExceptionFilter } from '../../core/web/page-errors.js';
import { PasscodeProof } from '../../tokens/enrolment/passcode-proof.js';
import { YubikeyEnrolment } from '../../tokens/enrolment/yubikey-enrolment.js';
import { ItemDesk, type ItemVisit } from '../enrolling/item-desk.js';
import { ProofDesk } from '../enrolling/proof-desk.js';
import type { ItemProblem } from '../pages/item-problem.js';
import { TOKEN_WAYS } from './other-ways.js';
import { TOKEN_WAY_TEXTS } from './token-ways.texts.js';
import { partsPage, touchPage, YUBIKEY_FIELDS } from './yubikey-form-pages.js';

const PATH = TOKEN_WAYS.yubikey;
const CODE_PATH = `${PATH}/code`;
const FRESH_PATH = `${PATH}/fresh`;

/** Enrolling a Yubikey in OTP mode: the parts that were written into it, and its first line (section 10.1). */
@ApiExcludeController()
@Controller(PATH)
@Public('the page session in the cookie decides; a form also needs its CSRF value')
@UseFilters(PageExceptionFilter)
export class YubikeyPages {
  constructor(
    private readonly desk: ItemDesk,
    private readonly proofs: ProofDesk,
    private readonly enrolment: YubikeyEnrolment,
    private readonly proof: PasscodeProof,
  ) {}

  @Get()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const item = await this.desk.enter(request, reply, 'Token');
    if (item) await this.send(reply, item);
  }

  /** Shows the fields again, for whoever made a mistake in them. */
  @Get('fresh')
  async fresh(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const item = await this.desk.enter(request, reply, 'Token');
    if (item) this.sendParts(reply, item);
  }

  @Post()
  async begin(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const item = await this.desk.enter(request, reply, 'Token');
    if (!item) return;
    const fields = await this.desk.form(request, item, PATH);
    const part = (name: string): string => fields.text(name).replaceAll(/\s/g, '');
    try {
      await this.desk.begin((tx) =>
        this.enrolment.begin(tx, item.holder, {
          publicId: part(YUBIKEY_FIELDS.publicId),
          privateId: plainSecret(part(YUBIKEY_FIELDS.privateId)),
          key: plainSecret(part(YUBIKEY_FIELDS.key)),
        }),
      );
      this.desk.redirect(reply, item, PATH);
    } catch (error) {
      const problem = this.desk.problem(error, reply, item);
      if (problem) this.sendParts(reply, item, problem);
    }
  }

  @Post('code')
  prove(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.proofs.take(request, reply, {
      choice: 'Token',
      path: CODE_PATH,
      empty: (language) => TOKEN_WAY_TEXTS[language].yubikeyEmpty,
      look: async (item, pending, typed) => {
        const { held, advance } = await this.proof.check(item.holder, pending, typed);
        return (tx, placement) => this.desk.finish(tx, item, held, { ...placement, advance });
      },
      show: (item, problem) => this.send(reply, item, problem),
    });
  }

  /** The field for the first line while a key is pending, else the fields for its parts. */
  private async send(reply: FastifyReply, item: ItemVisit, problem?: ItemProblem): Promise<void> {
    const pending = await this.desk.pending(item, 'Yubikey');
    if (!pending) return this.sendParts(reply, item, problem && { text: problem.text });
    const code = { action: CODE_PATH, csrf: this.desk.csrf(item, CODE_PATH) };
    this.desk.send(reply, item, touchPage({ item, pending: pending.assignment.id, code, fresh: FRESH_PATH, problem }));
  }

  private sendParts(reply: FastifyReply, item: ItemVisit, problem?: ItemProblem): void {
    const start = { action: PATH, csrf: this.desk.csrf(item, PATH) };
    this.desk.send(reply, item, partsPage({ item, start, problem }));
  }
}
