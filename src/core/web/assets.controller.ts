import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from './access.js';
import { Assets, ASSETS_PATH } from './assets.js';

/** A year: a changed asset has another address. */
const FOR_EVER = 'public, max-age=31536000, immutable';

@ApiExcludeController()
@Controller(ASSETS_PATH)
@Public('style sheet, scripts and icon, the same for everybody')
export class AssetsController {
  constructor(private readonly assets: Assets) {}

  @Get(':version/:name')
  asset(@Param('version') version: string, @Param('name') name: string, @Res() reply: FastifyReply): void {
    const asset = this.assets.find(name);
    reply.header('x-content-type-options', 'nosniff').header('cross-origin-resource-policy', 'same-origin');
    if (!asset) {
      void reply.code(404).header('cache-control', 'no-store').type('text/plain; charset=utf-8').send('Not found\n');
      return;
    }
    // While servers of two versions stand side by side, a page of one may ask the other for its assets. Ours will do
    // for the moment, but must not be kept under that address.
    const kept = version === this.assets.version ? FOR_EVER : 'no-store';
    void reply.header('cache-control', kept).type(asset.type).send(asset.content);
  }
}
