import { Controller, Get, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../core/web/access.js';
import { PageExceptionFilter } from '../../core/web/page-errors.js';
import { Certificates } from '../../tokens/kinds/certificate/certificates.js';
import { ItemDesk, type ItemVisit } from '../enrolling/item-desk.js';
import { readPlacement } from '../enrolling/read-placement.js';
import type { ItemProblem } from '../pages/item-problem.js';
import { itemPath } from '../pages/site.js';
import { formPage, madePage, REQUEST_FIELD, signedPage } from './certificate-pages.js';
import { CERTIFICATE_TEXTS } from './certificate.texts.js';

const PATH = itemPath('Certificate');
const SIGN_PATH = `${PATH}/sign`;

/** Enrolling a certificate: made with its key, or signed for a request (manager-json-rpc section 10.1). */
@ApiExcludeController()
@Controller(PATH)
@Public('the page session in the cookie decides; a form also needs its CSRF value')
@UseFilters(PageExceptionFilter)
export class CertificatePages {
  constructor(
    private readonly desk: ItemDesk,
    private readonly certificates: Certificates,
  ) {}

  @Get()
  async ask(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const item = await this.desk.enter(request, reply, 'Certificate');
    if (item) this.send(reply, item);
  }

  @Post()
  async make(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const item = await this.desk.enter(request, reply, 'Certificate');
    if (!item) return;
    const fields = await this.desk.costlyForm(request, item, PATH);
    try {
      // A filled place is asked about before anything is replaced.
      readPlacement(fields, item.offer);
      const bundle = await this.certificates.make(item.session.opened.found);
      const { completed } = await this.desk.store(item, (tx) =>
        this.certificates.enrol(tx, item.holder, bundle.issued),
      );
      this.desk.sendLast(reply, item, madePage({ item, bundle, completed }), completed);
    } catch (error) {
      const problem = this.desk.problem(error, reply, item);
      if (problem) this.send(reply, item, problem);
    }
  }

  @Post('sign')
  async sign(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const item = await this.desk.enter(request, reply, 'Certificate');
    if (!item) return;
    const fields = await this.desk.costlyForm(request, item, SIGN_PATH);
    const wanted = fields.text(REQUEST_FIELD).trim();
    if (wanted === '') {
      const { empty } = CERTIFICATE_TEXTS[item.visit.language];
      return this.send(reply, item, { field: REQUEST_FIELD, text: empty });
    }
    try {
      readPlacement(fields, item.offer);
      const issued = await this.certificates.sign(item.session.opened.found, wanted);
      const { completed } = await this.desk.store(item, (tx) => this.certificates.enrol(tx, item.holder, issued));
      this.desk.sendLast(reply, item, signedPage({ item, issued, completed }), completed);
    } catch (error) {
      const problem = this.desk.problem(error, reply, item);
      if (problem) this.send(reply, item, { ...problem, field: REQUEST_FIELD });
    }
  }

  private send(reply: FastifyReply, item: ItemVisit, problem?: ItemProblem): void {
    const make = { action: PATH, csrf: this.desk.csrf(item, PATH) };
    const sign = { action: SIGN_PATH, csrf: this.desk.csrf(item, SIGN_PATH) };
    this.desk.send(reply, item, formPage({ item, make, sign, problem }));
  }
}
