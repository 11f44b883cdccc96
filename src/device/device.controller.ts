import { createHash } from 'node:crypto';
import { Controller, HttpCode, Post, Req, UseFilters, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Public } from '../core/web/access.js';
import { Clients } from '../core/web/clients.js';
import { DeviceActivation } from './device-activation.service.js';
import { DeviceBody } from './device-body.js';
import { DeviceErrors } from './device-errors.filter.js';
import { DEVICE_PATH } from './device-paths.js';
import { type AnswerOutcome, DeviceService, type DeviceView } from './device.service.js';

/** Characters of the longest name, model or type of a device that is looked at. */
const LONGEST_NAME = 200;
const LONGEST_SUBSCRIPTION = 4_000;

/** What the script of the page calls. There is no cookie: each call carries a signature of the device's key. */
@ApiExcludeController()
@Controller(DEVICE_PATH)
@Public('a signature of the device decides, or a code that enrols it')
@UseFilters(DeviceErrors)
export class DeviceController {
  constructor(
    private readonly service: DeviceService,
    private readonly activation: DeviceActivation,
    private readonly clients: Clients,
  ) {}

  @Post('nonce')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  nonce(): { readonly nonce: string } {
    return { nonce: this.service.nonce() };
  }

  @Post('look')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  async look(@Req() request: FastifyRequest): Promise<DeviceView> {
    return this.service.look(claimOf(await DeviceBody.of(request)));
  }

  @Post('answer')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  async answer(@Req() request: FastifyRequest): Promise<{ readonly outcome: AnswerOutcome }> {
    const body = await DeviceBody.of(request);
    const outcome = await this.service.answer(
      {
        device: body.text('device'),
        requestId: body.text('request'),
        decision: body.text('decision'),
        number: body.optional('number'),
        pin: body.optional('pin'),
        signature: body.text('signature'),
      },
      this.clients.of(request),
    );
    return { outcome };
  }

  @Post('subscribe')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  async subscribe(@Req() request: FastifyRequest): Promise<{ readonly nonce: string }> {
    const body = await DeviceBody.of(request);
    const sent = body.text('sent', LONGEST_SUBSCRIPTION);
    return this.service.subscribe(claimOf(body), sent, createHash('sha256').update(sent).digest('base64url'));
  }

  @Post('activation')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  async begin(@Req() request: FastifyRequest): Promise<{ readonly challenge: string }> {
    const body = await DeviceBody.of(request);
    return { challenge: await this.activation.begin(body.text('code'), this.clients.of(request)) };
  }

  @Post('activate')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  async activate(@Req() request: FastifyRequest): Promise<Record<string, never>> {
    const body = await DeviceBody.of(request);
    const claim = {
      key: body.member('key'),
      signature: body.text('signature'),
      name: body.optional('name', LONGEST_NAME),
      model: body.optional('model', LONGEST_NAME),
      type: body.optional('type', LONGEST_NAME),
    };
    await this.activation.finish(body.text('code'), body.optional('pin') ?? '', claim, this.clients.of(request));
    return {};
  }
}

function claimOf(body: DeviceBody) {
  return { device: body.text('device'), nonce: body.text('nonce'), signature: body.text('signature') };
}
