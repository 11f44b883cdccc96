import { Injectable } from '@nestjs/common';
import { Redirects } from './redirects.js';
import type { Outcome } from '../outcome.js';
import { unlockPage } from '../pages/unlock-page.js';
import type { ProcessingCall } from '../processing-call.js';
import { RequestForms } from '../request-forms.js';
import type { ProcessedType, ProvenRequest } from '../request-type.js';
import { AccountUnlock } from './account-unlock.js';

/** `UNLOCK_ACCOUNT`: a page with one button, and what it does (user-requests section 6). */
@Injectable()
export class UnlockRequest implements ProcessedType {
  constructor(
    private readonly unlock: AccountUnlock,
    private readonly forms: RequestForms,
    private readonly targets: Redirects,
  ) {}

  async process(proven: ProvenRequest, call: ProcessingCall): Promise<Outcome> {
    // The form of a browser that has just shown the PIN; the button comes next.
    const beforeButton = !call.posted || (call.navigates && call.pin !== undefined);
    if (beforeButton) return { kind: 'page', page: unlockPage(call, proven.found, this.forms) };
    this.forms.requireOwn(call);
    await this.forms.countSubmission(proven.request);
    const unlocked = await this.unlock.carryOut(proven, call.client);
    if (!unlocked) return { kind: 'refused', word: 'NOT_FOUND' };
    const what = unlocked.closed ? 'closed' : 'unlocked';
    const done = { what, domainName: proven.found.domain.name, stillLocked: false } as const;
    return { kind: 'done', done, to: await this.targets.of(proven, call) };
  }
}
