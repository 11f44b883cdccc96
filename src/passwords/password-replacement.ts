import { Injectable } from '@nestjs/common';
import type { PlainSecret } from '../core/crypto/secret-types.js';
import type { Tx } from '../core/database/database.js';
import type { FoundPerson } from '../core/directory/people.js';
import { DomainError } from '../core/errors/domain-error.js';
import type { Client } from '../core/web/clients.js';
import type { PasswordProblem } from '../core/web/password/submission-problems.js';
import { PasswordChange } from './password-change.js';
import { PasswordRequirements } from './password-requirements.js';
import type { PasswordTask } from './password-task.js';
import { PasswordTurns } from './password-turns.js';

/** Somebody who is logged in and wants another password of their own. */
export interface NewOwnPassword {
  readonly found: FoundPerson;
  readonly client: Client;
  readonly wanted: PlainSecret;
  /** What is wrong with how it was typed. */
  readonly typed?: readonly PasswordProblem[];
}

/** What the surface has to say to it. */
export interface ReplacementSteps {
  /**
   * Makes sure that the person has proved the old one, and throws when not. In the person's turn, so that of several
   * changes with one old password one passes (attack class 11).
   */
  readonly prove: () => Promise<void>;
  /** In the transaction of the change, before sessions end: keeps the one that asked. */
  readonly complete: (tx: Tx) => Promise<void>;
}

/**
 * People who are logged in replace their own password (iam-rest section 4.1, and the account page): turn, proof of the old
 * one, the directory's leave, the rules, the change. By way of an agent policies have a say besides; see
 * `src/auth/verification`.
 */
@Injectable()
export class PasswordReplacement {
  constructor(
    private readonly turns: PasswordTurns,
    private readonly requirements: PasswordRequirements,
    private readonly change: PasswordChange,
  ) {}

  /**
   * Replaces it, with everything that follows.
   *
   * @returns what is wrong with the new one, by our rules or the directory's; nothing when it is changed
   * @throws DomainError `too-many-attempts` while another change of theirs is under way, of category `unavailable`, and
   *   what the steps throw
   */
  replace(own: NewOwnPassword, steps: ReplacementSteps): Promise<readonly PasswordProblem[]> {
    return this.turns.take(own.found, async () => {
      await steps.prove();
      return this.inTurn(own, steps);
    });
  }

  private async inTurn(own: NewOwnPassword, { complete }: ReplacementSteps): Promise<readonly PasswordProblem[]> {
    const { found, client, wanted } = own;
    const task: PasswordTask = { found, event: 'own-password', actor: 'person', client };
    const problems = await this.problems(own);
    const [first] = problems;
    if (first) {
      await this.change.recordRefusal(task, first.code);
      return problems;
    }
    try {
      await this.change.carryOut(task, wanted, { complete });
      return [];
    } catch (error) {
      if (DomainError.is(error) && error.category === 'refused') return [error];
      throw error;
    }
  }

  private async problems({ found, wanted, typed = [] }: NewOwnPassword): Promise<readonly PasswordProblem[]> {
    if (!found.person.mayChangePassword) return [{ code: 'password-change-forbidden', params: {} }];
    return [...typed, ...(await this.requirements.problems(found, wanted))];
  }
}
