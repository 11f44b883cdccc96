import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { renderToString } from 'preact-render-to-string';
import { Environment } from '../config/environment.js';
import { Configuration } from '../domains/configuration.js';
import { Assets } from './assets.js';
import { isLanguage } from './language/languages.js';
import { negotiateLanguage } from './language/negotiate-language.js';
import { PageDocument } from './page/document.js';
import type { Page } from './page/page.js';
import { type PageCookie, readCookie, setCookie } from './page-cookies.js';
import { type PageProtection, type PageReach, securityHeaders } from './security-headers.js';
import { queryValue, type Visit } from './visit.js';
import { frameAncestors } from './web-settings.js';

/** Remembers the chosen language for a year. */
const LANGUAGE_COOKIE: PageCookie = {
  name: 'latchkey_language',
  path: '/',
  sameSite: 'lax',
  maxAge: 365 * 24 * 3600,
};

/** Turns pages into answers: the one place where markup, language and protective headers come together. */
@Injectable()
export class Pages {
  /** What applied last, for pages that say that the database is gone. */
  private known: { framedBy: readonly string[]; https: boolean } = { framedBy: [], https: false };

  constructor(
    private readonly configuration: Configuration,
    private readonly assets: Assets,
    private readonly environment: Environment,
  ) {}

  /** Reads how a request wants its page: the language by switch, cookie and `Accept-Language`, framed or not. */
  async visit(request: FastifyRequest): Promise<Visit> {
    const inline = queryValue(request, 'inline') === '1';
    const asked = queryValue(request, 'lang');
    const chosen = isLanguage(asked) ? asked : undefined;
    const remembered = readCookie(request, LANGUAGE_COOKIE);
    const language =
      chosen ?? (isLanguage(remembered) ? remembered : negotiateLanguage(request.headers['accept-language']));
    const { https, framedBy } = await this.protection();
    return { language, chosen, inline, https, framedBy: inline ? framedBy : [] };
  }

  send(reply: FastifyReply, visit: Visit, page: Page): void {
    if (visit.chosen) setCookie(reply, visit, LANGUAGE_COOKIE, visit.chosen);
    const markup = renderToString(
      <PageDocument
        page={page}
        visit={visit}
        demo={this.environment.embedded}
        asset={(name) => this.assets.url(name)}
      />,
    );
    void reply
      .code(page.status)
      .headers({
        ...securityHeaders(visit, reachOf(page)),
        'content-language': visit.language,
        vary: 'Accept-Language, Cookie',
        ...page.headers,
      })
      .type('text/html; charset=utf-8')
      .send(`<!doctype html>${markup}`);
  }

  /** Leads the browser on with a GET (RFC 9110 section 15.4.4) to a path of ours, never to one from a request. */
  redirect(reply: FastifyReply, visit: Visit, path: string): void {
    void reply
      .code(303)
      .headers({ ...securityHeaders(visit), location: visit.inline ? `${path}?inline=1` : path })
      .send();
  }

  private async protection(): Promise<PageProtection> {
    try {
      const snapshot = await this.configuration.snapshot();
      const https = snapshot.publicUrl?.startsWith('https:') ?? false;
      this.known = { https, framedBy: snapshot.setting(frameAncestors) };
    } catch {
      // Whoever needs the configuration for more than a header fails by itself and says so.
    }
    return this.known;
  }
}

function reachOf({ manifest, calls = false }: Page): PageReach {
  return manifest !== undefined ? 'application' : calls ? 'calls' : 'nothing';
}
