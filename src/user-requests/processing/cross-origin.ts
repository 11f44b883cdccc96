import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Configuration } from '../../core/domains/configuration.js';
import { startedElsewhere } from '../../core/web/visit.js';
import { ApiRefusal } from '../../surfaces/oauth1/api-refusal.js';
import { corsOrigins } from './processing-settings.js';

/** Headers that scripts of listed pages may set. */
const HEADERS = 'Content-Type, X-Requested-With';
const METHODS = 'GET, POST';
/** Seconds for which a browser may remember a preflight. */
const REMEMBERED = 600;

/**
 * Which pages of other origins may have a browser process requests: those of the list, by their exact origin, with the
 * cookie (user-requests section 4; Fetch standard, CORS protocol).
 */
@Injectable()
export class CrossOrigin {
  constructor(private readonly configuration: Configuration) {}

  /** Answers `OPTIONS`. Whoever is not listed learns nothing, and the browser does not go on. */
  async preflight(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const listed = await this.allow(request, reply);
    if (listed !== undefined) {
      void reply.headers({
        'access-control-allow-methods': METHODS,
        'access-control-allow-headers': HEADERS,
        'access-control-max-age': String(REMEMBERED),
      });
    }
    void reply
      .code(204)
      .headers({ allow: `${METHODS}, OPTIONS`, 'cache-control': 'no-store' })
      .send();
  }

  /**
   * Lets the page read the answer whose origin is listed. A call that the page of another one makes goes no further: a
   * browser would not show it the answer, but the request would be used up, and on a neighbouring host the session begun.
   *
   * @returns the listed origin, undefined for a call of our own pages and of what is no page
   * @throws ApiRefusal 403
   */
  async admit(request: FastifyRequest, reply: FastifyReply): Promise<string | undefined> {
    const listed = await this.allow(request, reply);
    if (listed === undefined && (await this.isForeign(request))) throw new ApiRefusal(403, 'origin not allowed');
    return listed;
  }

  private async allow({ headers: { origin } }: FastifyRequest, reply: FastifyReply): Promise<string | undefined> {
    void reply.header('vary', 'Origin');
    const origins = (await this.configuration.snapshot()).setting(corsOrigins);
    if (origin === undefined || !origins.includes(origin)) return undefined;
    void reply.headers({ 'access-control-allow-origin': origin, 'access-control-allow-credentials': 'true' });
    return origin;
  }

  private async isForeign(request: FastifyRequest): Promise<boolean> {
    const { origin, 'sec-fetch-site': site } = request.headers;
    if (origin === undefined || site === 'same-origin') return false;
    // Browsers send this from our own forms too, because no address of ours leaves as a referrer (Fetch standard, 3.1).
    if (origin === 'null') return startedElsewhere(request);
    const { publicUrl } = await this.configuration.snapshot();
    return !publicUrl || new URL(publicUrl).origin !== origin;
  }
}
