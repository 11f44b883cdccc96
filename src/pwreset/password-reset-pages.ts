import type { PlainSecret } from '../core/crypto/secret-types.js';
import type { StepOutcome } from '../core/requests/password-step.js';
import type { HeldRequest } from '../core/requests/request-sessions.js';
import type { RequestStep } from '../core/requests/request-steps.js';
import type { Client } from '../core/web/clients.js';
import type { Landing } from '../core/web/links/landing-page.js';
import type { AccountInQuestion } from '../core/web/password/current-password-page.js';
import type { PasswordForm } from '../core/web/password/new-password-page.js';
import type { PasswordProblem } from '../core/web/password/submission-problems.js';

/** Who opened a page, for throttling and the audit. */
export type ClientInfo = Client;

/** What the last page says. */
export interface ResetOutcome {
  readonly domainName: string;
  /** The password is set, but the account could not be unlocked. */
  readonly stillLocked: boolean;
}

export type SubmitResult =
  | ({ readonly kind: 'done' } & ResetOutcome)
  | { readonly kind: 'refused'; readonly problems: readonly PasswordProblem[] }
  | ({ readonly kind: 'step-owed' } & OwedStep)
  | { readonly kind: 'session-ended' };

/** What has to be passed before a new password is asked for. */
export interface OwedStep {
  readonly owed: RequestStep;
}

/**
 * The steps of a person who follows a password reset link (manager-json-rpc section 10.2). `undefined` means: not valid,
 * for whatever reason; the page never tells which.
 *
 * Every step throws DomainError `directory-unavailable`, `directory-misconfigured` or `database-unavailable` when it
 * could not be carried out; nothing has changed then and the page session lives on.
 */
export abstract class PasswordResetPages {
  /** Looks at a link. Changes nothing, so that a mail scanner may look as often as it likes. */
  abstract landing(link: string): Promise<Landing | undefined>;

  /** Consumes a link; returns the secret of the page session. */
  abstract open(link: string, client: ClientInfo): Promise<PlainSecret | undefined>;

  /** The form of an opened request, or the step before it; keeps the page session awake. */
  abstract form(session: string): Promise<PasswordForm | OwedStep | undefined>;

  /** Whose old password is owed now; keeps the page session awake. */
  abstract oldPassword(session: string): Promise<AccountInQuestion | 'not-owed' | undefined>;

  /** Counts and judges an attempt at the old password. */
  abstract proveOldPassword(session: string, password: PlainSecret, client: ClientInfo): Promise<StepOutcome>;

  /** The request that owes a second factor now; keeps the page session awake. */
  abstract secondFactor(session: string): Promise<HeldRequest | 'not-owed' | undefined>;

  /** Sets the new password. Of parallel submissions one carries it out. */
  abstract submit(session: string, password: string, repeated: string, client: ClientInfo): Promise<SubmitResult>;
}
