import { Injectable } from '@nestjs/common';
import { Configuration } from '../../core/domains/configuration.js';
import { LinkSessions } from '../../core/web/links/link-sessions.js';
import type { Page } from '../../core/web/page/page.js';
import { Pages } from '../../core/web/pages.js';
import { securityHeaders } from '../../core/web/security-headers.js';
import { sendText } from '../../surfaces/oauth1/api-answer.js';
import type { RequestType } from '../request-types.js';
import { notValid } from './not-valid.js';
import type { Outcome } from './outcome.js';
import { keepPageSession, REQUEST_SITE } from './page-session.js';
import { deadPage, receiptPage } from './pages/closed-pages.js';
import { pinPage } from './pages/pin-page.js';
import type { ProcessingCall } from './processing-call.js';
import { strictStatus } from './processing-settings.js';
import type { Refusal } from './proof/refusal.js';
import { RequestForms } from './request-forms.js';

/** Types that answer with text whoever asks (user-requests section 4). */
const TEXT_ONLY: ReadonlySet<RequestType> = new Set(['LOGIN_UNATTENDED', 'CUSTOM']);

/** How processing answers: a word to scripts, a page to people. */
@Injectable()
export class ProcessingAnswers {
  constructor(
    private readonly pages: Pages,
    private readonly sessions: LinkSessions,
    private readonly forms: RequestForms,
    private readonly configuration: Configuration,
  ) {}

  async refuse(call: ProcessingCall, { word, left, type }: Refusal): Promise<void> {
    const textOnly = type !== undefined && TEXT_ONLY.has(type);
    if (!call.navigates || textOnly) return sendText(call.reply, notValid(word));
    if (word === 'PIN_REQUIRED') return this.showForm(call, pinPage(call, this.forms, undefined));
    if (word === 'WRONG_PIN') return this.showForm(call, pinPage(call, this.forms, left ?? 0));
    if (word === 'DELIVERED_BY_MAIL') return this.show(call, receiptPage(call.visit.language));
    const strict = (await this.configuration.snapshot()).setting(strictStatus);
    this.show(call, deadPage(call.visit.language, strict ? 410 : 200));
  }

  async send(call: ProcessingCall, outcome: Outcome, type: RequestType): Promise<void> {
    switch (outcome.kind) {
      case 'text':
        return sendText(call.reply, outcome.text);
      case 'redirect':
        return this.lead(call, outcome.to);
      case 'page':
        return this.showForm(call, outcome.page);
      case 'refused':
        return this.refuse(call, { word: outcome.word, type });
      case 'done':
        if (!call.navigates) return sendText(call.reply, 'OK');
        if (outcome.to !== undefined) return this.lead(call, outcome.to);
        return this.sessions.finish(call.reply, call.visit, REQUEST_SITE, outcome.done);
    }
  }

  private showForm(call: ProcessingCall, page: Page): void {
    keepPageSession(call);
    this.show(call, page);
  }

  private show({ reply, visit }: ProcessingCall, page: Page): void {
    this.pages.send(reply, visit, {
      ...page,
      headers: { ...page.headers, vary: 'Accept, Accept-Language, Cookie, Origin' },
    });
  }

  /** 302, as the contract has it: browsers go on with a GET. */
  private lead({ reply, visit }: ProcessingCall, to: string): void {
    void reply
      .code(302)
      .headers({ ...securityHeaders(visit), location: to })
      .send();
  }
}
