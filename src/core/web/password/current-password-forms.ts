import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { plainSecret, type PlainSecret } from '../../crypto/secret-types.js';
import type { StepOutcome } from '../../requests/password-step.js';
import { type Client, Clients } from '../clients.js';
import type { Language } from '../language/languages.js';
import { LinkSessions } from '../links/link-sessions.js';
import type { LinkSite } from '../links/link-site.js';
import type { Page } from '../page/page.js';
import { waitingProblems } from '../page/waiting-problems.js';
import { Pages } from '../pages.js';
import { SHARED_TEXTS } from '../texts/shared-texts.js';
import type { Visit } from '../visit.js';
import {
  type AccountInQuestion,
  CURRENT_PASSWORD_FIELD,
  currentPasswordPage,
  type CurrentPasswordProblems,
} from './current-password-page.js';

/** The step `password` of one kind of link: where its page is, and what stands behind it. */
export interface CurrentPasswordStep {
  readonly site: LinkSite;
  /** The page of this step. */
  readonly path: string;
  /** Where to go on when the step is passed, or is not the one that is owed. */
  readonly next: string;
  readonly service: (language: Language) => string;
  /** The page for a session that is over. */
  readonly ended: (visit: Visit) => Page;
  /** Whose password is owed now; `not-owed` when it is passed or was never demanded; undefined without a session. */
  readonly standing: (session: string) => Promise<AccountInQuestion | 'not-owed' | undefined>;
  /** Counts and judges an attempt. */
  readonly prove: (session: string, password: PlainSecret, client: Client) => Promise<StepOutcome>;
}

/** The form of the step `password`, for every feature whose links ask for the password that the person has now. */
@Injectable()
export class CurrentPasswordForms {
  constructor(
    private readonly sessions: LinkSessions,
    private readonly pages: Pages,
    private readonly clients: Clients,
  ) {}

  /** Answers a GET. */
  async ask(request: FastifyRequest, reply: FastifyReply, step: CurrentPasswordStep): Promise<void> {
    const visit = await this.pages.visit(request);
    const session = this.sessions.secretOf(request, step.site);
    const account = session === undefined ? undefined : await step.standing(session);
    if (session === undefined || account === undefined) return this.end(reply, visit, step);
    if (account === 'not-owed') return this.pages.redirect(reply, visit, step.next);
    this.send(reply, visit, step, { session, account });
  }

  /**
   * Answers a POST.
   *
   * @throws FormError, DomainError `form-not-valid`
   */
  async submit(request: FastifyRequest, reply: FastifyReply, step: CurrentPasswordStep): Promise<void> {
    const visit = await this.pages.visit(request);
    const session = this.sessions.secretOf(request, step.site);
    if (session === undefined) return this.end(reply, visit, step);
    const fields = await this.sessions.ownForm(request, session, step.path);
    const password = fields.text(CURRENT_PASSWORD_FIELD);
    try {
      const account = await step.standing(session);
      if (account === undefined) return this.end(reply, visit, step);
      if (account === 'not-owed') return this.pages.redirect(reply, visit, step.next);
      if (password === '') {
        const empty = { status: 422, password: [SHARED_TEXTS[visit.language].currentPassword.empty] } as const;
        return this.send(reply, visit, step, { session, account }, empty);
      }
      const outcome = await step.prove(session, plainSecret(password), this.clients.of(request));
      if (outcome.kind === 'ended') return this.end(reply, visit, step);
      if (outcome.kind === 'passed') return this.pages.redirect(reply, visit, step.next);
      this.send(reply, visit, step, { session, account }, problemsOf(outcome, visit.language));
    } catch (error) {
      const problems = waitingProblems(error, visit.language);
      if (!problems) throw error;
      this.send(reply, visit, step, { session, account: undefined }, problems);
    }
  }

  private send(
    reply: FastifyReply,
    visit: Visit,
    { path, service }: CurrentPasswordStep,
    { session, account }: { readonly session: string; readonly account: AccountInQuestion | undefined },
    problems?: CurrentPasswordProblems,
  ): void {
    const csrf = this.sessions.csrfValue(session, path);
    const page = { visit, action: path, service: service(visit.language), account, csrf, problems };
    this.pages.send(reply, visit, currentPasswordPage(page));
  }

  private end(reply: FastifyReply, visit: Visit, { site, ended }: CurrentPasswordStep): void {
    this.sessions.end(reply, visit, site, ended(visit));
  }
}

function problemsOf(
  outcome: Extract<StepOutcome, { kind: 'wrong' | 'refused' }>,
  language: Language,
): CurrentPasswordProblems {
  const texts = SHARED_TEXTS[language];
  if (outcome.kind === 'wrong') return { status: 422, password: [texts.currentPassword.wrong(outcome.left)] };
  const { code, params } = outcome.problem;
  const form = [texts.errors[code](params)];
  const wait = params['retryAfter'];
  return typeof wait === 'number' ? { status: 429, retryAfter: wait, form } : { status: 422, form };
}
