import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { PlainSecret } from '../../core/crypto/secret-types.js';
import { Configuration } from '../../core/domains/configuration.js';
import { dropCookie, type PageCookie, readCookie, setCookie, unframedProtection } from '../../core/web/page-cookies.js';
import type { PageProtection } from '../../core/web/security-headers.js';
import { sessionLimits } from '../../sessions/session-settings.js';
import { sessionCookie } from '../../sessions/web/session-cookie-setting.js';

/**
 * The session cookie of the surface (iam-rest section 2): out of reach of scripts, never sent with a request that
 * another site starts, only by TLS where people reach us by it.
 */
@Injectable()
export class SessionCookie {
  constructor(private readonly configuration: Configuration) {}

  /** What the browser sent. */
  async read(request: FastifyRequest): Promise<string | undefined> {
    return readCookie(request, await this.cookie());
  }

  /** Gives the browser a session, or the same one for longer. */
  async set(reply: FastifyReply, secret: PlainSecret): Promise<void> {
    setCookie(reply, await this.protection(), await this.cookie(), secret);
  }

  async drop(reply: FastifyReply): Promise<void> {
    dropCookie(reply, await this.protection(), await this.cookie());
  }

  private async cookie(): Promise<PageCookie> {
    const snapshot = await this.configuration.snapshot();
    const { idle } = sessionLimits(snapshot);
    return { name: snapshot.setting(sessionCookie), path: '/', sameSite: 'strict', maxAge: idle };
  }

  private async protection(): Promise<PageProtection> {
    return unframedProtection(await this.configuration.snapshot());
  }
}
