import { plainSecret, type PlainSecret } from '../../src/core/crypto/secret-types.js';
import type { DomainErrorCode } from '../../src/core/errors/domain-error.js';
import { DomainError } from '../../src/core/errors/domain-error.js';
import type { StepOutcome } from '../../src/core/requests/password-step.js';
import type { Landing } from '../../src/core/web/links/landing-page.js';
import type { AccountInQuestion } from '../../src/core/web/password/current-password-page.js';
import type { PasswordForm } from '../../src/core/web/password/new-password-page.js';
import {
  type ClientInfo,
  type OwedStep,
  PasswordResetPages,
  type SubmitResult,
} from '../../src/pwreset/password-reset-pages.js';

/** A link that works, as 43 base64url characters. */
export const GOOD_LINK = 'Zk3v9w0QmT6yH1b4cP8sXeLr2NdUaJfGoIhKqVtBwYs';

/** The secret of the page session that {@link GOOD_LINK} opens. */
export const GOOD_SESSION = plainSecret('pS1v9w0QmT6yH1b4cP8sXeLr2NdUaJfGoIhKqVtBwYs');

export const LANDING: Landing = {
  displayName: 'Jane Doe',
  domainName: 'RCDEVSDOCS',
  requestedBy: 'RCDEVSDOCS\\administrator',
  comments: 'Ticket 812',
  expiresAt: new Date('2026-05-14T14:30:00Z'),
};

export const FORM: PasswordForm = {
  login: 'jdoe',
  displayName: 'Jane Doe',
  domainName: 'RCDEVSDOCS',
  rules: {
    minLength: 8,
    maxLength: 256,
    classes: 3,
    passphraseLength: 20,
    notName: true,
    notCommon: true,
    history: 5,
    maxAge: 90 * 86_400,
  },
};

/**
 * The steps behind the pages as the pages see them: one link, one session, and switches for what can go wrong. Counts
 * what was changed, so that a test can say that nothing was.
 */
export class FakePasswordResetPages extends PasswordResetPages {
  landingShown: Landing = LANDING;
  formShown: PasswordForm = FORM;
  opened = false;
  submitted: string[] = [];
  /** What the next submissions get; `done` ends the session. */
  result: SubmitResult = { kind: 'done', domainName: 'RCDEVSDOCS', stillLocked: false };
  /** Set to let the old password be asked for first. */
  oldPasswordOwed = false;
  /** What was typed as the old password. */
  proved: string[] = [];
  /** What the next attempts at the old password get; `passed` leads on, `ended` ends the session. */
  proof: StepOutcome = { kind: 'passed' };
  /** Set to let every step fail. */
  failure: DomainErrorCode | Error | undefined = undefined;
  /** Set to let only the form fail, as when the directory goes down in between. */
  formFailure: DomainErrorCode | undefined = undefined;

  reset(): void {
    Object.assign(this, new FakePasswordResetPages());
  }

  async landing(link: string): Promise<Landing | undefined> {
    this.mayFail();
    return link === GOOD_LINK && !this.opened ? this.landingShown : undefined;
  }

  async open(link: string, _client: ClientInfo): Promise<PlainSecret | undefined> {
    this.mayFail();
    if (link !== GOOD_LINK || this.opened) return undefined;
    this.opened = true;
    return GOOD_SESSION;
  }

  async form(session: string): Promise<PasswordForm | OwedStep | undefined> {
    this.mayFail();
    if (this.formFailure) throw new DomainError(this.formFailure);
    if (!this.opened || session !== GOOD_SESSION) return undefined;
    return this.oldPasswordOwed ? { owed: 'password' } : this.formShown;
  }

  secondFactor(): Promise<'not-owed'> {
    return Promise.resolve('not-owed');
  }

  async oldPassword(session: string): Promise<AccountInQuestion | 'not-owed' | undefined> {
    this.mayFail();
    if (!this.opened || session !== GOOD_SESSION) return undefined;
    return this.oldPasswordOwed ? this.formShown : 'not-owed';
  }

  async proveOldPassword(_session: string, password: PlainSecret): Promise<StepOutcome> {
    this.mayFail();
    this.proved.push(password);
    if (this.proof.kind === 'passed') this.oldPasswordOwed = false;
    if (this.proof.kind === 'ended') this.opened = false;
    return this.proof;
  }

  async submit(session: string, password: string, repeated: string): Promise<SubmitResult> {
    this.mayFail();
    if (!this.opened || session !== GOOD_SESSION) return { kind: 'session-ended' };
    if (this.oldPasswordOwed) return { kind: 'step-owed', owed: 'password' };
    if (password !== repeated) return { kind: 'refused', problems: [{ code: 'password-mismatch', params: {} }] };
    if (this.result.kind === 'done') {
      this.submitted.push(password);
      this.opened = false;
    }
    return this.result;
  }

  private mayFail(): void {
    if (this.failure instanceof Error) throw this.failure;
    if (this.failure) throw new DomainError(this.failure);
  }
}
