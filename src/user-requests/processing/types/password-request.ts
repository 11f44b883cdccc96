import { Injectable } from '@nestjs/common';
import { Database } from '../../../core/database/database.js';
import { Configuration } from '../../../core/domains/configuration.js';
import { OneTimeRequests } from '../../../core/requests/one-time-requests.js';
import { PASSWORD_FIELD, REPEATED_FIELD } from '../../../core/web/password/password-fields.js';
import {
  emptyProblems,
  failureProblems,
  refusedProblems,
  type SubmissionProblems,
} from '../../../core/web/password/submission-problems.js';
import { PasswordSubmission } from '../../../passwords/password-submission.js';
import type { Outcome } from '../outcome.js';
import { PasswordPages } from '../pages/password-pages.js';
import type { ProcessingCall } from '../processing-call.js';
import { requestUnlocks } from '../processing-settings.js';
import { RequestForms } from '../request-forms.js';
import type { ProcessedType, ProvenRequest } from '../request-type.js';
import { Redirects } from './redirects.js';

/**
 * `PASSWORD_SET` and `PASSWORD_RESET`: the page that asks for a new password, twice, and its submission (user-requests
 * section 6). No session begins with it and no authenticator changes, so a second factor is asked for as before (attack
 * classes 15 and 16); the sessions and other requests of the person end.
 */
@Injectable()
export class PasswordRequest implements ProcessedType {
  constructor(
    private readonly database: Database,
    private readonly requests: OneTimeRequests,
    private readonly submission: PasswordSubmission,
    private readonly pages: PasswordPages,
    private readonly forms: RequestForms,
    private readonly redirects: Redirects,
    private readonly configuration: Configuration,
  ) {}

  async process(proven: ProvenRequest, call: ProcessingCall): Promise<Outcome> {
    const [password, repeated] = [call.form.optional(PASSWORD_FIELD), call.form.optional(REPEATED_FIELD)];
    // With nothing but a PIN the form comes next.
    if (!call.posted || (password === undefined && repeated === undefined)) return this.ask(proven, call);
    this.forms.requireOwn(call);
    await this.forms.countSubmission(proven.request);
    return this.submit(proven, call, password ?? '', repeated ?? '');
  }

  private async submit(
    proven: ProvenRequest,
    call: ProcessingCall,
    password: string,
    repeated: string,
  ): Promise<Outcome> {
    const { language } = call.visit;
    const empty = emptyProblems(password, repeated, language);
    if (empty) return this.ask(proven, call, empty);
    const { request, found } = proven;
    const unlocks = (await this.configuration.snapshot()).setting(requestUnlocks, found.domain.id);
    try {
      const opened = { request, found, from: 'unopened' } as const;
      const outcome = await this.submission.submit(opened, { password, repeated }, call.client, unlocks);
      if (outcome.kind === 'refused') return await this.ask(proven, call, refusedProblems(outcome.problems, language));
      if (outcome.kind === 'done') {
        const done = { what: 'password', domainName: found.domain.name, stillLocked: outcome.stillLocked } as const;
        return { kind: 'done', done, to: await this.redirects.of(proven, call) };
      }
      if (!(await this.goesOn(proven))) return { kind: 'refused', word: 'NOT_FOUND' };
      // Sent twice: the first one is still being carried out.
      const busy = [{ code: 'change-in-progress', params: {} }] as const;
      return await this.ask(proven, call, refusedProblems(busy, language));
    } catch (error) {
      return { kind: 'page', page: this.pages.withoutRules(proven, call, failureProblems(error, language)) };
    }
  }

  private async ask(proven: ProvenRequest, call: ProcessingCall, problems?: SubmissionProblems): Promise<Outcome> {
    return { kind: 'page', page: await this.pages.ask(proven, call, problems) };
  }

  private async goesOn({ purpose, request: { number } }: ProvenRequest): Promise<boolean> {
    return (await this.requests.byNumber(this.database.manager, [purpose], number))?.endedAt === null;
  }
}
