import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../../core/errors/domain-error.js';
import type { HeldRequest } from '../../core/requests/request-sessions.js';
import { type Client, Clients } from '../../core/web/clients.js';
import type { FormFields } from '../../core/web/form-fields.js';
import type { Language } from '../../core/web/language/languages.js';
import type { LinkSite } from '../../core/web/links/link-site.js';
import { LinkSessions } from '../../core/web/links/link-sessions.js';
import type { Page } from '../../core/web/page/page.js';
import { Pages } from '../../core/web/pages.js';
import { SHARED_TEXTS } from '../../core/web/texts/shared-texts.js';
import type { Visit } from '../../core/web/visit.js';
import { SecondFactorChecks, TYPED_FACTORS, type TypedFactor } from './second-factor-checks.js';
import {
  CODE_FIELD,
  FACTOR_FIELD,
  type FactorProblem,
  noFactorPage,
  RESPONSE_FIELD,
  secondFactorPage,
} from './second-factor-page.js';
import { type FactorVerdict, SecondFactorStep } from './second-factor-step.js';
import { hasAny, SecondFactors } from './second-factors.js';
import { SECOND_FACTOR_TEXTS } from './texts/second-factor-texts.js';

/** The step `second-factor` of one kind of link: where its page is, and what stands behind it. */
export interface SecondFactorPages {
  readonly site: LinkSite;
  /** The page of this step. */
  readonly path: string;
  /** Where to go on when the step is passed, or is not the one that is owed. */
  readonly next: string;
  readonly service: (language: Language) => string;
  /** The page for a session that is over. */
  readonly ended: (visit: Visit) => Page;
  /** The request that owes this step now; `not-owed` when it does not; undefined without a session. */
  readonly standing: (session: string) => Promise<HeldRequest | 'not-owed' | undefined>;
}

/** Somebody who owes a second factor. */
interface Owing {
  readonly visit: Visit;
  readonly client: Client;
  readonly session: string;
  readonly held: HeldRequest;
}

/** What a page shows besides the factors. */
interface Extra {
  readonly problem?: FactorProblem;
  readonly sentTo?: string;
  readonly ceremony?: object;
}

/** The forms of the step `second-factor`, for every feature whose links ask for one. */
@Injectable()
export class SecondFactorForms {
  constructor(
    private readonly factors: SecondFactors,
    private readonly checks: SecondFactorChecks,
    private readonly step: SecondFactorStep,
    private readonly sessions: LinkSessions,
    private readonly pages: Pages,
    private readonly clients: Clients,
  ) {}

  /** Answers a GET. Changes nothing. */
  async ask(request: FastifyRequest, reply: FastifyReply, pages: SecondFactorPages): Promise<void> {
    const owing = await this.enter(request, reply, pages);
    if (owing) await this.send(reply, owing, pages);
  }

  /** Answers the POST of a typed code. @throws FormError, DomainError `form-not-valid` */
  async submitCode(request: FastifyRequest, reply: FastifyReply, pages: SecondFactorPages): Promise<void> {
    await this.submit(request, reply, pages, async (owing, fields) => {
      const factor = TYPED_FACTORS.find((known) => known === fields.text(FACTOR_FIELD));
      if (!factor) throw new DomainError('form-not-valid', { detail: 'a factor that is not offered' });
      const text = fields.text(CODE_FIELD).trim();
      if (text === '') {
        const empty = SECOND_FACTOR_TEXTS[owing.visit.language].empty;
        return this.send(reply, owing, pages, { problem: { status: 422, text: empty, factor } });
      }
      await this.judge(reply, owing, pages, factor, () => this.checks.typed(owing.held, owing.client, factor, text));
    });
  }

  /** Answers the POST that asks for a passcode. */
  async sendPasscode(request: FastifyRequest, reply: FastifyReply, pages: SecondFactorPages): Promise<void> {
    await this.submit(request, reply, pages, async (owing) => {
      const { recipient } = await this.checks.send(owing.held, owing.client);
      await this.send(reply, owing, pages, { sentTo: recipient });
    });
  }

  /** Answers the POST that begins a FIDO ceremony. */
  async beginFido(request: FastifyRequest, reply: FastifyReply, pages: SecondFactorPages): Promise<void> {
    await this.submit(request, reply, pages, async (owing) => {
      await this.send(reply, owing, pages, { ceremony: await this.checks.beginFido(owing.held) });
    });
  }

  /** Answers the POST of what the browser's ceremony gave. */
  async submitFido(request: FastifyRequest, reply: FastifyReply, pages: SecondFactorPages): Promise<void> {
    await this.submit(request, reply, pages, async (owing, fields) => {
      const response = fields.text(RESPONSE_FIELD);
      await this.judge(reply, owing, pages, undefined, () =>
        this.checks.fidoResponse(owing.held, owing.client, response),
      );
    });
  }

  private async enter(
    request: FastifyRequest,
    reply: FastifyReply,
    pages: SecondFactorPages,
  ): Promise<Owing | undefined> {
    const visit = await this.pages.visit(request);
    const session = this.sessions.secretOf(request, pages.site);
    const held = session === undefined ? undefined : await pages.standing(session);
    if (session === undefined || held === undefined) {
      this.end(reply, visit, pages);
      return undefined;
    }
    if (held !== 'not-owed') return { visit, client: this.clients.of(request), session, held };
    this.pages.redirect(reply, visit, pages.next);
    return undefined;
  }

  /** Reads a form of this step and does `work` with it; refusals come back as the page. */
  private async submit(
    request: FastifyRequest,
    reply: FastifyReply,
    pages: SecondFactorPages,
    work: (owing: Owing, fields: FormFields) => Promise<void>,
  ): Promise<void> {
    const owing = await this.enter(request, reply, pages);
    if (!owing) return;
    const fields = await this.sessions.ownForm(request, owing.session, pages.path);
    try {
      await this.sessions.countSubmission(owing.session, pages.path);
      await work(owing, fields);
    } catch (error) {
      if (!DomainError.is(error) || error.code === 'form-not-valid') throw error;
      await this.send(reply, owing, pages, { problem: problemOf(error, owing.visit.language) });
    }
  }

  private async judge(
    reply: FastifyReply,
    owing: Owing,
    pages: SecondFactorPages,
    factor: TypedFactor | undefined,
    verify: () => Promise<FactorVerdict>,
  ): Promise<void> {
    const { visit, held, client } = owing;
    const outcome = await this.step.prove(held, client, verify);
    if (outcome.kind === 'passed') return this.pages.redirect(reply, visit, pages.next);
    if (outcome.kind === 'ended') return this.end(reply, visit, pages);
    if (outcome.kind === 'refused') throw outcome.problem;
    const sentence = SHARED_TEXTS[visit.language].errors[outcome.code]({});
    const text = `${sentence} ${SECOND_FACTOR_TEXTS[visit.language].left(outcome.left)}`;
    await this.send(reply, owing, pages, { problem: { status: 422, text, ...(factor && { factor }) } });
  }

  private async send(reply: FastifyReply, owing: Owing, pages: SecondFactorPages, extra: Extra = {}): Promise<void> {
    const { visit, session, held } = owing;
    const factors = await this.factors.of(held.found, held.request.deliveryMethod);
    if (!hasAny(factors)) return this.pages.send(reply, visit, noFactorPage(visit));
    const page = secondFactorPage({
      visit,
      organisation: held.found.domain.name,
      service: pages.service(visit.language),
      path: pages.path,
      csrf: this.sessions.csrfValue(session, pages.path),
      factors,
      ...extra,
    });
    this.pages.send(reply, visit, page);
  }

  private end(reply: FastifyReply, visit: Visit, { site, ended }: SecondFactorPages): void {
    this.sessions.end(reply, visit, site, ended(visit));
  }
}

function problemOf(error: DomainError, language: Language): FactorProblem {
  const text = SHARED_TEXTS[language].errors[error.code](error.params);
  if (error.category === 'unavailable') return { status: 503, text };
  return { status: error.category === 'throttled' ? 429 : 422, text };
}
