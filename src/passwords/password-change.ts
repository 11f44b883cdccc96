import { Injectable, Logger } from '@nestjs/common';
import { Audit } from '../core/audit/audit.js';
import type { PlainSecret } from '../core/crypto/secret-types.js';
import { Database, type Tx } from '../core/database/database.js';
import { Accounts } from '../core/directory/accounts.js';
import type { Directory, PasswordWrite } from '../core/directory/directory.js';
import { DomainError, type DomainErrorCode } from '../core/errors/domain-error.js';
import { Clock } from '../core/time/clock.js';
import { PasswordConsequences } from './password-consequences.js';
import { passwordAuditEvent, type PasswordTask } from './password-task.js';

/** What belongs to a change besides, in its own transactions; see `RequestedPasswordChange`. */
export interface PasswordChangeSteps {
  /** After the password was written, before what follows from it. An error takes everything back. */
  readonly complete?: (tx: Tx) => Promise<void>;
  /** When a step has failed, and the directory does not hold the new password. */
  readonly giveBack?: (tx: Tx) => Promise<void>;
}

/**
 * Sets a person's password with everything that follows from it, whoever asked. What follows, and the password itself
 * where the directory is our own, is one transaction. A remote directory holds the new password before; when that
 * transaction fails, the audit says `not-completed`.
 */
@Injectable()
export class PasswordChange {
  private readonly logger = new Logger(PasswordChange.name);

  constructor(
    private readonly database: Database,
    private readonly accounts: Accounts,
    private readonly consequences: PasswordConsequences,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /**
   * Nothing of ours is looked at: that the caller may do it, and that the password meets the rules
   * (`PasswordRequirements`), was settled before.
   *
   * @throws DomainError as `Directory.setPassword`; nothing has changed then
   * @throws DomainError `account-not-found` when the person is gone, `change-not-completed` when a remote directory has
   *   the new password and the rest could not be written, and what `steps.complete` throws
   */
  async carryOut(task: PasswordTask, password: PlainSecret, steps: PasswordChangeSteps = {}): Promise<void> {
    const { directory, person } = task.found;
    const { giveBack } = steps;
    const write = await this.step('password-refused', task, giveBack, () => directory.setPassword(person, password));
    const ours = directory.kind === 'builtin';
    try {
      await this.step('not-completed', task, ours ? giveBack : undefined, () => this.complete(task, write, steps));
    } catch (error) {
      throw afterChange(error, directory);
    }
  }

  /** Writes down that our own rules have refused a password; nothing was begun. */
  async recordRefusal(task: PasswordTask, code: DomainErrorCode): Promise<void> {
    const event = passwordAuditEvent(task, 'password-refused', { outcome: 'refused', code });
    await this.audit.record(this.database.manager, event);
  }

  private complete(task: PasswordTask, write: PasswordWrite, { complete }: PasswordChangeSteps): Promise<void> {
    return this.database.transaction(async (tx) => {
      const account = await this.accounts.lock(tx, task.found.account.id);
      await write(tx);
      await complete?.(tx);
      await this.consequences.follow(tx, account, task, this.clock.now());
    });
  }

  /** Does a step; when it fails, what was reserved is given back and the audit says at which step. */
  private async step<T>(
    name: 'password-refused' | 'not-completed',
    task: PasswordTask,
    giveBack: PasswordChangeSteps['giveBack'],
    step: () => Promise<T>,
  ): Promise<T> {
    try {
      return await step();
    } catch (error) {
      const code = DomainError.is(error) ? error.code : 'internal';
      const outcome = DomainError.is(error) && error.category !== 'unavailable' ? 'refused' : 'failed';
      try {
        await this.database.transaction(async (tx) => {
          await giveBack?.(tx);
          await this.audit.record(tx, passwordAuditEvent(task, name, { outcome, code }));
        });
      } catch (failure) {
        // The first error is the one that the caller must hear of.
        const { found, requestId } = task;
        this.logger.error(
          { err: failure, accountId: found.account.id, requestId },
          'a failed step was not written down',
        );
      }
      throw error;
    }
  }
}

/** A remote directory has the new password by then, and nobody must be told that nothing was changed (attack class 54). */
function afterChange(error: unknown, { kind }: Directory): unknown {
  const written = DomainError.is(error) && error.category === 'unavailable' && kind !== 'builtin';
  return written ? new DomainError('change-not-completed', { cause: error }) : error;
}
