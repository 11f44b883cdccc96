import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RandomSource } from '../../core/crypto/random-source.js';
import { Configuration } from '../../core/domains/configuration.js';
import { Throttle } from '../../core/throttle/throttle.js';
import { addressBucket } from '../../core/web/client-address.js';
import { Clients } from '../../core/web/clients.js';
import { negotiateLanguage } from '../../core/web/language/negotiate-language.js';
import { Pages } from '../../core/web/pages.js';
import { queryValue, type Visit } from '../../core/web/visit.js';
import { formOf } from '../../surfaces/oauth1/form-parameters.js';
import { CrossOrigin } from './cross-origin.js';
import { shownPageSession } from './page-session.js';
import type { ProcessingCall } from './processing-call.js';
import { processedPerMinute } from './processing-settings.js';

/** Reads calls of `processRequest`, within the limits. */
@Injectable()
export class CallReader {
  constructor(
    private readonly pages: Pages,
    private readonly clients: Clients,
    private readonly crossOrigin: CrossOrigin,
    private readonly throttle: Throttle,
    private readonly configuration: Configuration,
    private readonly random: RandomSource,
  ) {}

  /**
   * @throws DomainError `too-many-attempts` with `retryAfter` seconds, `client-address-unreadable`
   * @throws ApiRefusal 403 for the page of an origin that is not listed, 400 or 413 for a body that is no form
   */
  async read(request: FastifyRequest, reply: FastifyReply, number: string, code: string): Promise<ProcessingCall> {
    const client = this.clients.of(request);
    const listedOrigin = await this.crossOrigin.admit(request, reply);
    await this.count(client.address);
    const posted = request.method === 'POST';
    const form = await formOf(request);
    const visit = await this.visit(request);
    return {
      request,
      reply,
      client,
      visit,
      number,
      code,
      path: request.url.split('?', 1)[0] ?? '',
      posted,
      form,
      pin: (form.optional('pin') ?? queryValue(request, 'pin'))?.trim() || undefined,
      redirect: queryValue(request, 'redirect') ?? form.optional('redirect'),
      navigates: navigates(request),
      listedOrigin,
      pageSession: shownPageSession(request) ?? this.random.linkSecret(),
    };
  }

  /** How the answer is shown; `locale` is the vendor's word for the language (user-requests section 1). */
  async visit(request: FastifyRequest): Promise<Visit> {
    const visit = { ...(await this.pages.visit(request)), inline: false, framedBy: [] };
    const locale = queryValue(request, 'locale');
    return locale === undefined || visit.chosen ? visit : { ...visit, language: negotiateLanguage(locale) };
  }

  private async count(address: string): Promise<void> {
    const limit = (await this.configuration.snapshot()).setting(processedPerMinute);
    await this.throttle.require(
      { name: 'process-request', limit, window: 60, forgetful: true },
      addressBucket(address),
    );
  }
}

/** Whether a person is to see the answer, and no script (user-requests section 4). */
export function navigates({ headers }: FastifyRequest): boolean {
  const byScript = headers['x-requested-with']?.toString().toLowerCase() === 'xmlhttprequest';
  return !byScript && /\btext\/html\b/i.test(headers.accept ?? '');
}
