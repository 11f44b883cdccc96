import { Controller, Get, Options, Param, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeEndpoint } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../core/web/access.js';
import { LinkSessions } from '../../core/web/links/link-sessions.js';
import { Pages } from '../../core/web/pages.js';
import { atBothBases } from '../../surfaces/oauth1/api-paths.js';
import { CallReader } from './call-reader.js';
import { CrossOrigin } from './cross-origin.js';
import type { Done } from './outcome.js';
import { REQUEST_SITE } from './page-session.js';
import { deadPage, donePage } from './pages/closed-pages.js';
import { DescribeProcessing } from './processing.openapi.js';
import { ProcessingFilter } from './processing.filter.js';
import { RequestProcessing } from './request-processing.js';

/** `/user/processRequest/{id}/{code}` (user-requests section 4). */
@Controller(atBothBases('user/processRequest'))
@Public('number, code and PIN decide; a form also needs its CSRF value')
@UseFilters(ProcessingFilter)
export class ProcessingController {
  constructor(
    private readonly reader: CallReader,
    private readonly processing: RequestProcessing,
    private readonly crossOrigin: CrossOrigin,
    private readonly pages: Pages,
    private readonly sessions: LinkSessions,
  ) {}

  /** The last page; it holds no code any more (attack class 70). */
  @Get('done')
  @ApiExcludeEndpoint()
  async done(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.reader.visit(request);
    const done = this.sessions.outcome(request, REQUEST_SITE) as Done | undefined;
    this.pages.send(reply, visit, done ? donePage(visit.language, done) : deadPage(visit.language, 200));
  }

  @Get(':number/:code')
  @DescribeProcessing('GET')
  async look(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('number') number: string,
    @Param('code') code: string,
  ): Promise<void> {
    // Nobody sees the answer, so nothing is looked at and nothing used up.
    if (request.method === 'HEAD') return void reply.headers({ 'cache-control': 'no-store' }).send();
    await this.processing.process(await this.reader.read(request, reply, number, code));
  }

  @Post(':number/:code')
  @DescribeProcessing('POST')
  async act(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('number') number: string,
    @Param('code') code: string,
  ): Promise<void> {
    await this.processing.process(await this.reader.read(request, reply, number, code));
  }

  @Options(':number/:code')
  @ApiExcludeEndpoint()
  async preflight(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.crossOrigin.preflight(request, reply);
  }
}
