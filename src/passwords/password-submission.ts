import { Injectable } from '@nestjs/common';
import { plainSecret, type PlainSecret } from '../core/crypto/secret-types.js';
import { DomainError } from '../core/errors/domain-error.js';
import type { Client } from '../core/web/clients.js';
import type { PasswordProblem } from '../core/web/password/submission-problems.js';
import { Lockout } from './lockout.js';
import { PasswordRequirements } from './password-requirements.js';
import { type OpenedPasswordRequest, RequestedPasswordChange } from './requested-password-change.js';
import { typedTwice } from './typed-twice.js';

/** A new password as it came from a form. */
export interface SubmittedPassword {
  readonly password: string;
  readonly repeated: string;
}

export type SubmissionOutcome =
  | { readonly kind: 'done'; readonly stillLocked: boolean }
  | { readonly kind: 'refused'; readonly problems: readonly PasswordProblem[] }
  /** Another submission carries it out, or has done so. */
  | { readonly kind: 'overtaken' }
  /** The request or its person is gone. */
  | { readonly kind: 'ended' };

/** From a submitted form to the changed password of an opened request, with the refusals that a page can speak of. */
@Injectable()
export class PasswordSubmission {
  constructor(
    private readonly requirements: PasswordRequirements,
    private readonly change: RequestedPasswordChange,
    private readonly lockout: Lockout,
  ) {}

  /**
   * Of parallel submissions one carries it out.
   *
   * @param unlocks whether a lock after failed log-ons is lifted
   * @throws DomainError of category `unavailable`
   */
  async submit(
    opened: OpenedPasswordRequest,
    { password, repeated }: SubmittedPassword,
    client: Client,
    unlocks: boolean,
  ): Promise<SubmissionOutcome> {
    const problems = await this.problems(opened, password, repeated);
    const [first] = problems;
    if (first) {
      await this.change.recordRefusal(opened, first.code, client);
      return { kind: 'refused', problems };
    }
    const failed = await this.carryOut(opened, plainSecret(password), client);
    return failed ?? { kind: 'done', stillLocked: await this.lockout.settle(opened.found, unlocks) };
  }

  /** Carries it out, or says why not. */
  private async carryOut(
    opened: OpenedPasswordRequest,
    password: PlainSecret,
    client: Client,
  ): Promise<SubmissionOutcome | undefined> {
    try {
      return (await this.change.carryOut(opened, password, client)) ? undefined : { kind: 'overtaken' };
    } catch (error) {
      if (!DomainError.is(error)) throw error;
      if (error.category === 'refused') return { kind: 'refused', problems: [error] };
      if (DomainError.is(error, 'page-session-ended', 'account-not-found')) return { kind: 'ended' };
      throw error;
    }
  }

  private async problems(
    { found }: OpenedPasswordRequest,
    password: string,
    repeated: string,
  ): Promise<PasswordProblem[]> {
    const problems = await this.requirements.problems(found, plainSecret(password));
    const unusable = problems.some(({ code }) => code === 'password-refused');
    return unusable ? problems : [...typedTwice(password, repeated), ...problems];
  }
}
