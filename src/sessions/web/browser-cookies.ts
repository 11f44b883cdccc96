import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { PlainSecret } from '../../core/crypto/secret-types.js';
import { Configuration } from '../../core/domains/configuration.js';
import { dropCookie, type PageCookie, readCookie, setCookie, unframedProtection } from '../../core/web/page-cookies.js';
import type { PageProtection } from '../../core/web/security-headers.js';
import { sessionCookie } from './session-cookie-setting.js';

/** What shows a session to pages, as the sample of user-requests section 4 names it. */
const BROWSER_COOKIE = 'JSESSIONID';

/**
 * Where the cookie goes: `lax`, also when a link of another site leads here; `none`, with calls of another site's scripts
 * too, which only https allows (user-requests section 4).
 */
export type CookieReach = 'lax' | 'none';

/** A cookie that a browser sent. */
export interface ShownCookie {
  readonly name: string;
  readonly secret: string;
}

/**
 * The cookies by which a browser shows sessions: that of pages, kept until the browser closes, and that of the IAM REST
 * surface, which pages accept and never set.
 */
@Injectable()
export class BrowserCookies {
  constructor(private readonly configuration: Configuration) {}

  async read(request: FastifyRequest): Promise<ShownCookie[]> {
    const names = [BROWSER_COOKIE, (await this.configuration.snapshot()).setting(sessionCookie)];
    return names.flatMap((name) => {
      const secret = readCookie(request, { name });
      return secret === undefined ? [] : { name, secret };
    });
  }

  async set(reply: FastifyReply, secret: PlainSecret, reach: CookieReach): Promise<void> {
    const protection = await this.protection();
    const sameSite = protection.https ? reach : 'lax';
    setCookie(reply, protection, { ...pageCookie(BROWSER_COOKIE), sameSite }, secret);
  }

  /** Has the browser forget one of them. */
  async drop(reply: FastifyReply, { name }: ShownCookie): Promise<void> {
    dropCookie(reply, await this.protection(), pageCookie(name));
  }

  private async protection(): Promise<PageProtection> {
    return unframedProtection(await this.configuration.snapshot());
  }
}

function pageCookie(name: string): PageCookie {
  return { name, path: '/', sameSite: 'lax' };
}
