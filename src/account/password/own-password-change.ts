import { Injectable } from '@nestjs/common';
import { equalSecrets } from '../../core/crypto/equal-secrets.js';
import { plainSecret } from '../../core/crypto/secret-types.js';
import { DomainError } from '../../core/errors/domain-error.js';
import type { PasswordProblem } from '../../core/web/password/submission-problems.js';
import { PasswordChange } from '../../passwords/password-change.js';
import { PasswordRequirements } from '../../passwords/password-requirements.js';
import type { PasswordTask } from '../../passwords/password-task.js';
import { PasswordTurns } from '../../passwords/password-turns.js';
import { Sessions } from '../../sessions/sessions.js';
import type { BrowserSession } from '../../sessions/web/browser-sessions.js';

/** People who are signed in change their own password. The old one was proved a moment ago, when they were asked for it. */
@Injectable()
export class OwnPasswordChange {
  constructor(
    private readonly requirements: PasswordRequirements,
    private readonly change: PasswordChange,
    private readonly sessions: Sessions,
    private readonly turns: PasswordTurns,
  ) {}

  /**
   * Changes it, with everything that follows; of the person's sessions this one goes on.
   *
   * @returns the rules that the password breaks, or the directory's refusal; none when it is changed
   * @throws DomainError of category `unavailable`; `too-many-attempts` while another change of theirs is under way;
   *   `credentials-missing` when one ended this session meanwhile
   */
  submit(browser: BrowserSession, password: string, repeated: string): Promise<readonly PasswordProblem[]> {
    return this.turns.take(browser.found, async () => {
      await this.requireLive(browser);
      return this.inTurn(browser, password, repeated);
    });
  }

  /** The old password was proved in this session, so a change that ended the session was another answer to it. */
  private async requireLive({ session }: BrowserSession): Promise<void> {
    const live = await this.sessions.list(session.accountId);
    if (!live.some(({ id }) => id === session.id)) throw new DomainError('credentials-missing');
  }

  private async inTurn(
    browser: BrowserSession,
    password: string,
    repeated: string,
  ): Promise<readonly PasswordProblem[]> {
    const { found, client, session } = browser;
    const task: PasswordTask = { found, event: 'own-password', actor: 'person', client };
    const broken = await this.requirements.problems(found, plainSecret(password));
    const same = equalSecrets(password, repeated);
    const problems = same ? broken : [{ code: 'password-mismatch' as const, params: {} }, ...broken];
    const [first] = problems;
    if (first) {
      await this.change.recordRefusal(task, first.code);
      return problems;
    }
    try {
      await this.change.carryOut(task, plainSecret(password), {
        complete: (tx) => this.sessions.carryOver(tx, session, found.directory),
      });
      return [];
    } catch (error) {
      if (DomainError.is(error) && error.category === 'refused') return [error];
      throw error;
    }
  }
}
