import { Injectable } from '@nestjs/common';
import type { OneTimeRequest } from '../../core/requests/one-time-request.entity.js';
import { DomainError } from '../../core/errors/domain-error.js';
import { Throttle } from '../../core/throttle/throttle.js';
import { CSRF_FIELD, CsrfTokens } from '../../core/web/csrf-tokens.js';
import { startedElsewhere } from '../../core/web/visit.js';
import type { ProcessingCall } from './processing-call.js';

/** Submissions of one request's form, each of which may cost a password hash or calls of a directory. */
const SUBMISSIONS = { name: 'user-request-submissions', limit: 30, window: 900 };

/** Forms of a request's pages: sent to the address of the page, and good in the page session that they were given to. */
@Injectable()
export class RequestForms {
  constructor(
    private readonly csrf: CsrfTokens,
    private readonly throttle: Throttle,
  ) {}

  /** The value of `CSRF_FIELD` in the form of this call's page. */
  csrfValue(call: ProcessingCall): string {
    return this.csrf.issue(call.pageSession, formOf(call));
  }

  /** Where the form is sent: the page itself, with nothing but the wished redirect. */
  action({ path, redirect }: ProcessingCall): string {
    return redirect === undefined ? path : `${path}?${new URLSearchParams({ redirect }).toString()}`;
  }

  /** What the language switch carries on. */
  keep({ redirect }: ProcessingCall): Record<string, string> {
    return redirect === undefined ? {} : { redirect };
  }

  /**
   * Goes on with a form that a browser sends only if we gave it to this browser. A script of an origin that may call needs
   * no value: no other site can send what it sends.
   *
   * @throws DomainError `form-not-valid`
   */
  requireOwn(call: ProcessingCall): void {
    if (!call.navigates) return;
    if (startedElsewhere(call.request)) throw new DomainError('form-not-valid', { detail: 'sent by another site' });
    const [value = ''] = call.form.all(CSRF_FIELD);
    if (this.csrf.accepts(call.pageSession, formOf(call), value)) return;
    throw new DomainError('form-not-valid', { detail: 'CSRF value of another session' });
  }

  /** Counts a submission. @throws DomainError `too-many-attempts` with `retryAfter` seconds */
  async countSubmission({ id }: Pick<OneTimeRequest, 'id'>): Promise<void> {
    await this.throttle.require(SUBMISSIONS, id);
  }
}

function formOf({ number }: ProcessingCall): string {
  return `user request ${number}`;
}
