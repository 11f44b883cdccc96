import { randomUUID } from 'node:crypto';
import { Global, Module } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import type { FastifyInstance } from 'fastify';
import { Environment } from '../../src/core/config/environment.js';
import { KeyRing } from '../../src/core/crypto/key-ring.js';
import { SystemRandomSource } from '../../src/core/crypto/random-source.js';
import { Configuration, type ConfigurationSnapshot } from '../../src/core/domains/configuration.js';
import { DomainError } from '../../src/core/errors/domain-error.js';
import type { Setting } from '../../src/core/settings/setting.js';
import { Throttle } from '../../src/core/throttle/throttle.js';
import type { CountedEvent, ThrottleRule } from '../../src/core/throttle/throttle-rule.js';
import { leaveBodiesToRoutes } from '../../src/core/web/route-bodies.js';
import { WebModule } from '../../src/core/web/web.module.js';
import { PasswordResetPages } from '../../src/pwreset/password-reset-pages.js';
import { PasswordResetLinkPages } from '../../src/pwreset/pwreset-link.pages.js';
import { PasswordResetPasswordPages } from '../../src/pwreset/pwreset-password.pages.js';
import { PasswordResetOldPasswordPages } from '../../src/pwreset/pwreset-old-password.pages.js';
import { StartPageController } from '../../src/start-page/start-page.controller.js';
import { FakePasswordResetPages } from './fake-password-reset-pages.js';

/** Counts like the real one, in memory. */
class CountingThrottle {
  counts = new Map<string, number>();
  failure: Error | undefined = undefined;

  async hit({ name, limit, window }: ThrottleRule, subject: string): Promise<CountedEvent> {
    if (this.failure) throw this.failure;
    const count = (this.counts.get(`${name}:${subject}`) ?? 0) + 1;
    this.counts.set(`${name}:${subject}`, count);
    return { allowed: count <= limit, counted: true, count, retryAfter: window, endsAt: new Date(0) };
  }

  async require(rule: ThrottleRule, subject: string): Promise<CountedEvent> {
    const event = await this.hit(rule, subject);
    if (!event.allowed) throw new DomainError('too-many-attempts', { params: { retryAfter: event.retryAfter } });
    return event;
  }
}

/** A configuration whose values a test sets. */
class FixedConfiguration {
  publicUrl: string | undefined = 'https://id.example.test';
  values = new Map<string, unknown>();
  gone = false;

  async snapshot(): Promise<Pick<ConfigurationSnapshot, 'publicUrl' | 'setting'>> {
    if (this.gone) throw new DomainError('database-unavailable');
    return {
      publicUrl: this.publicUrl,
      setting: <T>(setting: Setting<T>): T => (this.values.get(setting.name) as T | undefined) ?? setting.default,
    };
  }
}

const EMBEDDED = { trustedProxies: [], embedded: true, port: 8080 };

export interface PagesApp {
  readonly app: NestFastifyApplication;
  readonly reset: FakePasswordResetPages;
  readonly throttle: CountingThrottle;
  readonly configuration: FixedConfiguration;
  readonly environment: { embedded: boolean };
  /** Puts everything back to how it was at the start. */
  restore(): void;
}

/** The real pages over fake steps: what people see, without a database or a directory. */
export async function startPagesApp(): Promise<PagesApp> {
  const reset = new FakePasswordResetPages();
  const throttle = new CountingThrottle();
  const configuration = new FixedConfiguration();
  const random = new SystemRandomSource();
  const environment = { ...EMBEDDED };

  @Global()
  @Module({
    providers: [
      { provide: Environment, useValue: environment },
      { provide: KeyRing, useValue: new KeyRing([{ id: 'k1', key: random.bytes(32) }], random) },
      { provide: Configuration, useValue: configuration },
      { provide: Throttle, useValue: throttle },
    ],
    exports: [Environment, KeyRing, Configuration, Throttle],
  })
  class SurroundingsModule {}

  @Module({
    imports: [SurroundingsModule, WebModule],
    controllers: [
      PasswordResetLinkPages,
      PasswordResetOldPasswordPages,
      PasswordResetPasswordPages,
      StartPageController,
    ],
    providers: [{ provide: PasswordResetPages, useValue: reset }],
  })
  class PagesModule {}

  const module = await Test.createTestingModule({ imports: [PagesModule] }).compile();
  const adapter = new FastifyAdapter({
    genReqId: () => randomUUID(),
    routerOptions: { ignoreTrailingSlash: true },
  });
  const app = module.createNestApplication<NestFastifyApplication>(adapter, { bodyParser: false, logger: false });
  leaveBodiesToRoutes(adapter.getInstance<FastifyInstance>());
  await app.init();
  const restore = (): void => {
    reset.reset();
    Object.assign(throttle, new CountingThrottle());
    Object.assign(configuration, new FixedConfiguration());
    Object.assign(environment, EMBEDDED);
  };
  return { app, reset, throttle, configuration, environment, restore };
}
