import { Controller, Get, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../core/web/access.js';
import { Assets, ICON } from '../core/web/assets.js';
import { PageExceptionFilter } from '../core/web/page-errors.js';
import { Pages } from '../core/web/pages.js';
import { securityHeaders } from '../core/web/security-headers.js';
import { devicePage } from './device-page.js';
import { DEVICE_PATH } from './device-paths.js';
import { DEVICE_TEXTS } from './texts/device-texts.js';

const WORKER_SCRIPT = 'device-worker.js';
const THEME = '#0e5a8a';

/** The page of push devices, with what makes it an application that can be installed. All of it is the same for everybody. */
@ApiExcludeController()
@Controller(DEVICE_PATH)
@Public('the same for everybody; what is to be seen comes only for a signature of the device')
@UseFilters(PageExceptionFilter)
export class DevicePages {
  constructor(
    private readonly pages: Pages,
    private readonly assets: Assets,
  ) {}

  @Get()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.pages.visit(request);
    // Never in a frame: another site could have somebody press "Approve".
    const alone = { ...visit, inline: false, framedBy: [] };
    this.pages.send(reply, alone, devicePage(alone));
  }

  /** W3C Web Application Manifest. */
  @Get('manifest.webmanifest')
  async manifest(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { language } = await this.pages.visit(request);
    const texts = DEVICE_TEXTS[language];
    const icon = (name: string, sizes: string, purpose: string) => ({
      src: this.assets.url(name),
      sizes,
      type: name.endsWith('.svg') ? 'image/svg+xml' : 'image/png',
      purpose,
    });
    void reply
      .headers({ 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff' })
      .type('application/manifest+json; charset=utf-8')
      .send(
        JSON.stringify({
          id: DEVICE_PATH,
          name: texts.appName,
          short_name: texts.shortName,
          lang: language,
          start_url: DEVICE_PATH,
          scope: DEVICE_PATH,
          display: 'standalone',
          background_color: THEME,
          theme_color: THEME,
          icons: [
            icon(ICON, 'any', 'any'),
            icon('latchkey-192.png', '192x192', 'any'),
            icon('latchkey-512.png', '512x512', 'any'),
            icon('latchkey-maskable-512.png', '512x512', 'maskable'),
          ],
        }),
      );
  }

  /** The service worker, with the texts that it shows. It serves the page and nothing else of this site. */
  @Get('worker.js')
  async worker(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.pages.visit(request);
    const { signal } = DEVICE_TEXTS[visit.language];
    const texts = JSON.stringify({ ...signal, icon: this.assets.url('latchkey-192.png') });
    const script = this.assets.find(WORKER_SCRIPT);
    if (!script) throw new Error(`no asset ${WORKER_SCRIPT}`);
    void reply
      .headers({
        ...securityHeaders({ ...visit, framedBy: [] }, 'application'),
        'cache-control': 'no-cache',
        'service-worker-allowed': DEVICE_PATH,
      })
      .type('text/javascript; charset=utf-8')
      .send(`const TEXTS = ${texts};\n${script.content.toString()}`);
  }
}
