import { type CanActivate, Controller, Get, type INestApplication, Module, Post } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AccessGuard, Guarded, Public } from './access.js';

class Nobody implements CanActivate {
  canActivate(): boolean {
    return false;
  }
}

@Controller('mixed')
class MixedController {
  @Get('open')
  @Public('says only that it is there')
  open(): string {
    return 'open';
  }

  @Get('guarded')
  @Guarded(Nobody)
  guarded(): string {
    return 'guarded';
  }

  @Post('forgotten')
  forgotten(): string {
    return 'forgotten';
  }
}

@Controller('closed')
@Guarded(Nobody)
class ClosedController {
  @Get()
  inherits(): string {
    return 'guarded';
  }
}

@Module({
  controllers: [MixedController, ClosedController],
  providers: [{ provide: APP_GUARD, useClass: AccessGuard }],
})
class RoutesModule {}

describe('AccessGuard', () => {
  let app: INestApplication & NestFastifyApplication;

  beforeAll(async () => {
    const module = await Test.createTestingModule({ imports: [RoutesModule] }).compile();
    app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: false });
    await app.init();
  });

  afterAll(() => app.close());

  it.each([
    ['GET', '/mixed/open', 200],
    ['GET', '/mixed/guarded', 403],
    ['POST', '/mixed/forgotten', 500],
    ['GET', '/closed', 403],
  ] as const)('answers %s %s with %i', async (method, url, status) => {
    expect((await app.inject({ method, url })).statusCode).toBe(status);
  });
});
