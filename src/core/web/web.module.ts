import { Global, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { AccessGuard } from './access.js';
import { Assets } from './assets.js';
import { AssetsController } from './assets.controller.js';
import { Clients } from './clients.js';
import { CsrfTokens } from './csrf-tokens.js';
import { FallbackFilter } from './fallback.filter.js';
import { LinkDoor } from './links/link-door.js';
import { LinkSessions } from './links/link-sessions.js';
import { PageErrors, PageExceptionFilter } from './page-errors.js';
import { Pages } from './pages.js';
import { CurrentPasswordForms } from './password/current-password-forms.js';

/** The shell of all pages, and the rule that every route says who may call it. */
@Global()
@Module({
  controllers: [AssetsController],
  providers: [
    { provide: APP_GUARD, useClass: AccessGuard },
    { provide: APP_FILTER, useClass: FallbackFilter },
    Assets,
    Clients,
    CsrfTokens,
    CurrentPasswordForms,
    LinkDoor,
    LinkSessions,
    PageErrors,
    PageExceptionFilter,
    Pages,
  ],
  exports: [
    Assets,
    Clients,
    CsrfTokens,
    CurrentPasswordForms,
    LinkDoor,
    LinkSessions,
    PageErrors,
    PageExceptionFilter,
    Pages,
  ],
})
export class WebModule {}
