import { Injectable } from '@nestjs/common';
import { plainSecret } from '../../core/crypto/secret-types.js';
import { DomainError } from '../../core/errors/domain-error.js';
import type { PasswordProblem } from '../../core/web/password/submission-problems.js';
import { PasswordReplacement } from '../../passwords/password-replacement.js';
import { typedTwice } from '../../passwords/typed-twice.js';
import { Sessions } from '../../sessions/sessions.js';
import type { BrowserSession } from '../../sessions/web/browser-sessions.js';

/** People who are signed in change their own password. The old one was proved a moment ago, when they were asked for it. */
@Injectable()
export class OwnPasswordSubmission {
  constructor(
    private readonly replacement: PasswordReplacement,
    private readonly sessions: Sessions,
  ) {}

  /**
   * Changes it, with everything that follows; of the person's sessions this one goes on.
   *
   * @returns the rules that the password breaks, or the directory's refusal; none when it is changed
   * @throws DomainError as {@link PasswordReplacement.replace}; `credentials-missing` when another change ended this
   *   session meanwhile
   */
  submit(browser: BrowserSession, password: string, repeated: string): Promise<readonly PasswordProblem[]> {
    const { found, client, session } = browser;
    return this.replacement.replace(
      { found, client, wanted: plainSecret(password), typed: typedTwice(password, repeated) },
      {
        prove: () => this.requireLive(browser),
        complete: (tx) => this.sessions.carryOver(tx, session, found.directory),
      },
    );
  }

  /** The old password was proved in this session, so a change since, in this session or another, was another answer to it. */
  private async requireLive({ session }: BrowserSession): Promise<void> {
    const live = await this.sessions.list(session.accountId);
    const { id: own, credentialGeneration: generation } = session;
    const stands = live.some(({ id, credentialGeneration }) => id === own && credentialGeneration === generation);
    if (!stands) throw new DomainError('credentials-missing');
  }
}
