import { Injectable } from '@nestjs/common';
import type { Page } from '../../../core/web/page/page.js';
import { newPasswordPage, type PasswordForm } from '../../../core/web/password/new-password-page.js';
import type { SubmissionProblems } from '../../../core/web/password/submission-problems.js';
import { PasswordForms } from '../../../passwords/password-forms.js';
import type { ProcessingCall } from '../processing-call.js';
import { RequestForms } from '../request-forms.js';
import type { ProvenRequest } from '../request-type.js';
import { REQUEST_TEXTS } from './texts/request-texts.js';

/** The form for a new password of a request. */
@Injectable()
export class PasswordPages {
  constructor(
    private readonly people: PasswordForms,
    private readonly forms: RequestForms,
  ) {}

  /** @throws DomainError `directory-unavailable`, `directory-misconfigured` */
  async ask(proven: ProvenRequest, call: ProcessingCall, problems?: SubmissionProblems): Promise<Page> {
    const form = await (problems ? this.people.ifReachable(proven.found) : this.people.of(proven.found));
    return this.page(proven, call, form, problems);
  }

  /** The form while the directory cannot be asked what it demands. */
  withoutRules(proven: ProvenRequest, call: ProcessingCall, problems: SubmissionProblems): Page {
    return this.page(proven, call, undefined, problems);
  }

  private page(
    { type }: ProvenRequest,
    call: ProcessingCall,
    form: PasswordForm | undefined,
    problems: SubmissionProblems | undefined,
  ): Page {
    const texts = REQUEST_TEXTS[call.visit.language];
    const { service, title, account, save } = type === 'PASSWORD_SET' ? texts.firstPassword : texts.newPassword;
    const page = newPasswordPage({
      visit: call.visit,
      action: this.forms.action(call),
      texts: { service, title, account, save },
      form,
      csrf: this.forms.csrfValue(call),
      problems,
    });
    return { ...page, keep: this.forms.keep(call) };
  }
}
