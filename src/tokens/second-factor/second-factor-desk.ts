import type { X509Certificate } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../../core/errors/domain-error.js';
import type { HeldRequest } from '../../core/requests/request-sessions.js';
import { shownCertificate } from '../../core/web/client-certificate.js';
import { type Client, Clients } from '../../core/web/clients.js';
import type { FormFields } from '../../core/web/form-fields.js';
import type { Language } from '../../core/web/language/languages.js';
import type { LinkSite } from '../../core/web/links/link-site.js';
import { LinkSessions } from '../../core/web/links/link-sessions.js';
import type { Page } from '../../core/web/page/page.js';
import { Pages } from '../../core/web/pages.js';
import { SHARED_TEXTS } from '../../core/web/texts/shared-texts.js';
import type { Visit } from '../../core/web/visit.js';
import type { FactorProblem } from './second-factor-fields.js';
import { noFactorPage, secondFactorPage } from './second-factor-page.js';
import { SecondFactorQuestions } from './second-factor-questions.js';
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
  /** What the person has shown already; a link unless it says otherwise. */
  readonly beside?: 'link' | 'password';
  /** The page for a session that is over. */
  readonly ended: (visit: Visit) => Page;
  /** The request that owes this step now; `not-owed` when it does not; undefined without a session. */
  readonly standing: (session: string) => Promise<HeldRequest | 'not-owed' | undefined>;
  /** What follows from the step by itself, before the person is led on. */
  readonly passed?: (held: HeldRequest, client: Client) => Promise<void>;
}

/** Somebody who owes a second factor, with the reply to them. */
export interface Owing {
  readonly visit: Visit;
  readonly client: Client;
  readonly session: string;
  readonly held: HeldRequest;
  /** What the browser has shown to our listener. */
  readonly certificate: X509Certificate | undefined;
  readonly pages: SecondFactorPages;
  readonly reply: FastifyReply;
}

/** What a page shows besides the factors. */
interface Extra {
  readonly problem?: FactorProblem;
  readonly sentTo?: string;
  readonly ceremony?: object;
}

/** What every form of the step `second-factor` does: who is there, what they sent, and how it is answered. */
@Injectable()
export class SecondFactorDesk {
  constructor(
    private readonly factors: SecondFactors,
    private readonly questions: SecondFactorQuestions,
    private readonly step: SecondFactorStep,
    private readonly sessions: LinkSessions,
    private readonly pages: Pages,
    private readonly clients: Clients,
  ) {}

  /** Who owes the step; undefined when nobody does, which has been answered then. */
  async enter(request: FastifyRequest, reply: FastifyReply, pages: SecondFactorPages): Promise<Owing | undefined> {
    const visit = await this.pages.visit(request);
    const session = this.sessions.secretOf(request, pages.site);
    const held = session === undefined ? undefined : await pages.standing(session);
    if (session === undefined || held === undefined) {
      this.sessions.end(reply, visit, pages.site, pages.ended(visit));
      return undefined;
    }
    if (held !== 'not-owed') {
      const certificate = shownCertificate(request);
      return { visit, client: this.clients.of(request), session, held, certificate, pages, reply };
    }
    this.pages.redirect(reply, visit, pages.next);
    return undefined;
  }

  /**
   * Reads a form of this step and does `work` with it; refusals come back as the page.
   *
   * @throws FormError, DomainError `form-not-valid`
   */
  async submit(
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
      await this.send(owing, { problem: problemOf(error, owing.visit.language) });
    }
  }

  /** Answers with the outcome of what was shown. @throws DomainError for what was not judged */
  async judge(owing: Owing, factor: FactorProblem['factor'], verify: () => Promise<FactorVerdict>): Promise<void> {
    const { visit, held, client, pages, reply } = owing;
    const outcome = await this.step.prove(held, client, verify);
    if (outcome.kind === 'passed') {
      await pages.passed?.(held, client);
      return this.pages.redirect(reply, visit, pages.next);
    }
    if (outcome.kind === 'ended') return this.sessions.end(reply, visit, pages.site, pages.ended(visit));
    if (outcome.kind === 'refused') throw outcome.problem;
    const sentence = SHARED_TEXTS[visit.language].errors[outcome.code]({});
    const text = `${sentence} ${SECOND_FACTOR_TEXTS[visit.language].left(outcome.left)}`;
    await this.send(owing, { problem: { status: 422, text, ...(factor && { factor }) } });
  }

  /** Answers with the page: what can be shown, and the questions that wait for an answer. */
  async send(owing: Owing, extra: Extra = {}): Promise<void> {
    const { visit, session, held, certificate, pages, reply } = owing;
    const factors = await this.factors.of(held.found, { cameBy: held.request.deliveryMethod, certificate });
    if (!hasAny(factors)) return this.pages.send(reply, visit, noFactorPage(visit));
    const page = secondFactorPage({
      visit,
      organisation: held.found.domain.name,
      service: pages.service(visit.language),
      beside: pages.beside ?? 'link',
      path: pages.path,
      csrf: this.sessions.csrfValue(session, pages.path),
      factors,
      questions: await this.questions.open(held, factors.questions),
      ...extra,
    });
    this.pages.send(reply, visit, page);
  }
}

function problemOf(error: DomainError, language: Language): FactorProblem {
  const text = SHARED_TEXTS[language].errors[error.code](error.params);
  if (error.category === 'unavailable') return { status: 503, text };
  return { status: error.category === 'throttled' ? 429 : 422, text };
}
